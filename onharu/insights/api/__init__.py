"""The insights over HTTP."""
