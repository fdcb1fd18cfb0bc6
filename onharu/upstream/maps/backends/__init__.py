"""Those who can show a map, chosen by setting."""
