"""Asks the medicine shelf: facts, searches, findings."""
