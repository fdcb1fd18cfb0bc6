"""Hours, distances and the reading of official tables in plain Python."""
