"""The medicine shelf over HTTP."""
