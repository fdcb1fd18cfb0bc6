"""The HTML of pharmacies: list first, map beside."""
