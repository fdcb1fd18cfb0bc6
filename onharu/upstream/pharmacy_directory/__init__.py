"""The official directory of pharmacies: the door. It knows no person and no position, and stores nothing."""
