"""What a person ate and drank: meals, items, photographs, own foods, favourites, water.

This room keeps what was eaten with the nutrients as they were when it was written down. It refuses to
know targets, goals and every other record.
"""
