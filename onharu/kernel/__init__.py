"""What every room stands on: clock, quantities, ownership, days, problems, web, jobs, idempotency, images.

This room keeps the few mechanisms that make all others safe. It refuses to know any feature:
no food, no medicine, no meal is named here.
"""
