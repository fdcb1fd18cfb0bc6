"""What the tables hold of a person: written out as plain rows, read back, and removed; by fields, knowing no room.

A room names its tables once (`Table`, `Belongings`), with a reason for whatever does not go along. A field that
nobody named goes along: forgetting to think of it gives a person too much of their own, never too little.
"""

from onharu.kernel.belongings.erasing import erase
from onharu.kernel.belongings.giving import count_of, files_of, rows_of
from onharu.kernel.belongings.tables import Belongings, Ids, Row, Table, label_of
from onharu.kernel.belongings.taking import ArchiveRefused, Written, restore

__all__ = [
    "ArchiveRefused",
    "Belongings",
    "Ids",
    "Row",
    "Table",
    "Written",
    "count_of",
    "erase",
    "files_of",
    "label_of",
    "restore",
    "rows_of",
]
