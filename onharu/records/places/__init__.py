"""Places of one's own, today the pharmacies one goes to, and the page that finds the nearest one that is open.

It refuses to know where a person is: a position is used for one answer and kept nowhere. It knows no medicine.
"""
