"""The journal's HTML."""
