"""The shelf of pharmacies over HTTP, for everybody."""
