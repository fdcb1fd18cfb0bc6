"""The day over HTTP."""
