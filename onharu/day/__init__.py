"""The read model: one person's day. The summary, the live stream and the 오늘 page.

It keeps no table of its own: everything is computed from the records' doors. It refuses to write.
"""
