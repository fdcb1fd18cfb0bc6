"""What can be done with one's medicines; every action is atomic and safe to repeat."""
