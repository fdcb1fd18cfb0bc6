"""Fills the medicine shelf from official files and from the wire."""
