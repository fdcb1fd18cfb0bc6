"""One's own pharmacies over HTTP."""
