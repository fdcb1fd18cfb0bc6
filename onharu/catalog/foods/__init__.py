"""What foods are made of: the official tables and the starter catalogue, with household units.

This shelf keeps facts with their source and edition. It refuses to know who eats what.
"""
