"""A person's medicines over HTTP."""
