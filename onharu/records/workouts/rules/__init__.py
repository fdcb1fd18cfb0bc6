"""Sums and timetables of movement: today's plan, energy, overlaps, personal records and weeks. Plain Python."""
