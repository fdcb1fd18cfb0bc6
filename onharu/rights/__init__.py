"""What a person may ask of a house that keeps their life: everything to take along, and everything gone.

It stands above all rooms and asks each for its `BELONGINGS`; it keeps archives for a day, and receipts of what was
erased. It refuses to know what a meal or a dose is: that is in the rooms' tables, and for FHIR in their doors.
"""
