"""Fills the shelf of pharmacies from official files and from the wire."""
