"""The rights' HTML: everything to take along, leaving, and the receipt."""
