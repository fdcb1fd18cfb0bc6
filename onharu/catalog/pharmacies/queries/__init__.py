"""Asks the shelf of pharmacies: which are near, which are open, where a neighbourhood lies."""
