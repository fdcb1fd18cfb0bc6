"""Sums and readings of the exercise shelf, in plain Python."""
