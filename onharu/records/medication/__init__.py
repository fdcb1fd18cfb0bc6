"""A person's medicines: what was scrapped and why, tags of one's own, what was lately looked at.

This room keeps item_seqs and a person's own words. It refuses to know what a medicine is, which the shelf says, and it
never judges: what official notices say is quoted, and that none was found is not "safe".
"""
