"""How much a body needs: the Korean dietary reference intakes (KDRI), by edition.

This shelf keeps published reference values and formulas with their source. It has no tables and refuses
to know any person: a body comes in as plain numbers.
"""
