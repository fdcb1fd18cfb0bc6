"""What can be done with the journal; every action is atomic, safe to repeat, and announces the day."""
