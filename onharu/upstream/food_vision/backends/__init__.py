"""Who can look at a photograph. Chosen by `settings.UPSTREAM`, never imported by name."""
