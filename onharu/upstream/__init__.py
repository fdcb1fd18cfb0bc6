"""Other companies' servers, cut by what they can do and never by who they are.

This room keeps the one wire (`http`), the one reader of `settings.UPSTREAM` (`registry`) and one package for each
capability with its door, its port and its backends. It refuses to know a person, a meal or a catalogue.
"""
