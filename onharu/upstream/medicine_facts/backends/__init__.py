"""Those who can be asked about medicines, chosen by setting."""
