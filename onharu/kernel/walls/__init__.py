"""The second wall: PostgreSQL itself shows a request only the rows of the person it is from.

The first wall is that every query starts from its owner. This one holds where a query forgets to. Whoever works says
for whom: a request for its person (the middleware of accounts), a job or a tick for the house. In the server nothing
said means nobody, and nobody has no rows; every other process (commands, tests) works for the house.
On SQLite, and where `ROW_SECURITY` is off, all of this costs and does nothing.
"""

from onharu.kernel.walls.asking import as_person, become, finding_out, for_house, for_nobody, trust_nobody

__all__ = ["as_person", "become", "finding_out", "for_house", "for_nobody", "trust_nobody"]
