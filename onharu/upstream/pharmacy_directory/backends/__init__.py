"""Those who can be asked for the directory, chosen by setting."""
