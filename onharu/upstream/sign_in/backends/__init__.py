"""Those who vouch for people, chosen by setting."""
