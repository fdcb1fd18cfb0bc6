"""Who you are: the user, the profile, signing in and out, the setup.

This room keeps identity and the facts of a body that targets are computed from. It refuses to know
what anybody eats, does or takes.
"""
