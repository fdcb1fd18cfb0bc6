"""The Ministry's operations: which path answers for a table, under which versions, and how its rows are read.

Services and operations carry version numbers that drift by themselves, so each table lists the paths that are known to
have worked, newest first; the first that exists is asked, and an operator can put a newer one before them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from onharu.upstream.medicine_facts.backends import data_go_kr_notices as of_dur
from onharu.upstream.medicine_facts.backends import data_go_kr_rows as of_products
from onharu.upstream.medicine_facts.port import (
    DUR_KINDS,
    LABELS,
    PERMIT_DETAILS,
    PERMITS,
    PILLS,
    SUBSTANCES,
    Row,
    notices,
    product_notices,
)

Line = Mapping[str, str]
ORGANISATION = "1471000"
# Pages of 500 rows are what the services give at most; larger ones come back empty, and some years allow 100.
SIZES = (500, 100, 50, 10)
# A row with whole documents is about 22 kB.
HEAVY_SIZES = (100, 50, 10)


@dataclass(frozen=True, slots=True)
class Table:
    """One table: paths below the base URL, the filter that takes a name, sizes of pages, the reader of a row."""

    paths: tuple[str, ...]
    read: Callable[[Line], Row | None]
    name_filter: str = ""
    sizes: tuple[int, ...] = SIZES
    called: str = "ITEM_NAME"


def _paths(*paths: str) -> tuple[str, ...]:
    return tuple(f"{ORGANISATION}/{path}" for path in paths)


_SUBSTANCE_OPERATIONS = {
    "pair": "getUsjntTabooInfoList", "age": "getSpcifyAgrdeTabooInfoList", "pregnancy": "getPwnmTabooInfoList",
    "dose": "getCpctyAtentInfoList", "duration": "getMdctnPdAtentInfoList", "elderly": "getOdsnAtentInfoList",
    "duplicate": "getEfcyDplctInfoList",
}  # fmt: skip
_PRODUCT_OPERATIONS = {
    **_SUBSTANCE_OPERATIONS,
    "split": "getSeobangjeongPartitnAtentInfoList",
    "any": "getDurPrdlstInfoList",
}

TABLES: Mapping[str, Table] = {
    LABELS: Table(
        _paths("DrbEasyDrugInfoService/getDrbEasyDrugList"), of_products.label, "itemName", called="itemName"
    ),
    PILLS: Table(
        _paths(
            "MdcinGrnIdntfcInfoService03/getMdcinGrnIdntfcInfoList03",
            "MdcinGrnIdntfcInfoService02/getMdcinGrnIdntfcInfoList02",
            "MdcinGrnIdntfcInfoService01/getMdcinGrnIdntfcInfoList01",
        ),
        of_products.pill,
        "item_name",
    ),
    PERMITS: Table(
        _paths(*(f"DrugPrdtPrmsnInfoService{n}/getDrugPrdtPrmsnInq{n}" for n in ("08", "07", "06", "05"))),
        of_products.permit,
        "item_name",
    ),
    PERMIT_DETAILS: Table(
        _paths(
            "DrugPrdtPrmsnInfoService08/getDrugPrdtPrmsnDtlInq08",
            "DrugPrdtPrmsnInfoService07/getDrugPrdtPrmsnDtlInq06",
            "DrugPrdtPrmsnInfoService06/getDrugPrdtPrmsnDtlInq05",
            "DrugPrdtPrmsnInfoService05/getDrugPrdtPrmsnDtlInq04",
        ),
        of_products.permit_detail,
        "item_name",
        HEAVY_SIZES,
    ),
    SUBSTANCES: Table(
        _paths(
            "DrugPrdtPrmsnInfoService08/getDrugPrdtMcpnDtlInq08",
            "DrugPrdtPrmsnInfoService07/getDrugPrdtMcpnDtlInq07",
            "DrugPrdtPrmsnInfoService06/getDrugPrdtMcpnDtlInq06",
            "DrugPrdtPrmsnInfoService05/getDrugPrdtMcpnDtlInq04",
        ),
        of_products.substance,
        "Prduct",
        called="PRDUCT",
    ),
    **{
        notices(kind): Table(
            _paths(f"DURIrdntInfoService03/{_SUBSTANCE_OPERATIONS[kind]}02"),
            partial(of_dur.notice, kind),
            called="INGR_KOR_NAME" if kind == "pair" else "INGR_NAME",
        )
        for kind in DUR_KINDS
    },
    **{
        product_notices(kind): Table(
            _paths(f"DURPrdlstInfoService03/{operation}03"), partial(of_dur.product_notice, kind), "itemName"
        )
        for kind, operation in _PRODUCT_OPERATIONS.items()
    },
}


def with_paths(said: Mapping[str, str]) -> Mapping[str, Table]:
    """Put an operator's own paths (table to path below the organisation) before the known ones.

    Raises ValueError for a table that is none.
    """
    if unknown := sorted(set(said) - set(TABLES)):
        raise ValueError(f"no such table: {', '.join(unknown)}")
    return {
        name: Table((*_paths(said[name]), *table.paths), table.read, table.name_filter, table.sizes, table.called)
        if name in said
        else table
        for name, table in TABLES.items()
    }
