"""What can be done with meals; every action is atomic, safe to repeat, and announces the day."""
