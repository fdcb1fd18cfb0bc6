"""The 오늘 page: what to do next, how the day stands, and the day in clock order."""
