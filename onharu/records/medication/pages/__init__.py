"""The HTML of a person's medicines."""
