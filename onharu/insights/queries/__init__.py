"""Asks: five weeks of a person, cards with their words, achievements, the day in words."""
