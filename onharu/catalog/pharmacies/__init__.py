"""Where pharmacies are and when they are open: one row a pharmacy, its hours as intervals, each with source and date.

This shelf refuses to know who looks for one, or from where: a position comes in as an argument and is kept nowhere.
"""
