"""Sums about food, in plain Python: household units, portions, sentences, plausibility."""
