"""Who can put a day into words. Chosen by `settings.UPSTREAM`, never imported by name."""
