"""Sums of the goals room: which target is in force, what may be aimed at, how far it is, where measurements go."""
