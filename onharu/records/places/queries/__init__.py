"""Asks for the pharmacies one keeps, with their hours."""
