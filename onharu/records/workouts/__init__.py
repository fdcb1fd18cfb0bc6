"""How a person moves: the profile of movement, day plans and their tasks, workouts with their sets, personal records.

This room keeps what was planned and what was done, with the MET and the body weight as they were on that day. It
refuses to know meals, goals, the journal and every other record; a body weight comes through its port.
"""
