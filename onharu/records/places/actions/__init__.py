"""Keeps a pharmacy, and lets it go."""
