"""The accounts room over HTTP."""
