"""How people move: exercises with what they train, need and strain, and the energy that tables say they take.

This shelf keeps facts with their source and edition. It refuses to know who moves, and never guesses a MET.
"""
