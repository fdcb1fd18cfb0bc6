"""People who use a running house: who they are (people.py), and how they spend a day (locustfile.py, day.k6.js)."""
