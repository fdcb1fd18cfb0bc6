"""The exercise shelf over HTTP."""
