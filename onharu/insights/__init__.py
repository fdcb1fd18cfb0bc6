"""What only a united day-book can say: cards by rules over what was written, achievements, the day in words.

Everything is worked out from the records' doors whenever it is asked. The room keeps two small tables: which cards
somebody put away, and the sentences a language model found for a day. It refuses to judge, to diagnose, and to say
anything when there is nothing to say.
"""
