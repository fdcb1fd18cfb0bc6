"""How a day went: one report a day, notes on the day or its plan, and tags of one's own.

This room keeps what a person wrote and set, and draws no conclusions. It refuses to know meals, workouts, goals and
every other record: whether a plan exists it asks through a port.
"""
