"""What is drawn and said of places, in plain Python."""
