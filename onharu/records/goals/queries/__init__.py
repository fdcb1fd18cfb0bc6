"""Asks of the goals room: a day, targets in force, goals, measurements and where they go."""
