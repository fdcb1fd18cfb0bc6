"""The access record: who saw or changed whose what, when and from where; every row seals the one before.

It only grows. It holds numbers of people and names of routes, never what was read or written. Rooms say whom a
request is about (`of`), what happened beyond that (`done`) and what people call what their routes show (`call`); the
middleware of `watching` writes it once, when the answer is known.
"""

from onharu.kernel.access.notes import done, of
from onharu.kernel.access.tables import Kind
from onharu.kernel.access.words import call

__all__ = ["Kind", "call", "done", "of"]
