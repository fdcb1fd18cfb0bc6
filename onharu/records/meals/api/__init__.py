"""The meals room over HTTP."""
