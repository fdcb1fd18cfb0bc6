"""Backups: everything of the house in one sealed file, read back before it counts, and put back whole or not at all.

It knows the two engines, the folder of pictures and the keys, and no table of any room. What rooms want done after a
backup was put back (erase again, trust the record anew) is said by the site.
"""
