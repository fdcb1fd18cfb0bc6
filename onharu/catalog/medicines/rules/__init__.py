"""Arithmetic and reading of medicines in plain Python: rows of official tables, names of salts, rules of DUR."""
