"""The Ministry's operations: which path answers for a table, under which versions, and how its rows are read.

Pages of 500 rows are what the services give at most; larger ones come back empty, and some years allow 100.
"""

from __future__ import annotations

from collections.abc import Mapping
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
from onharu.upstream.vendors import data_go_kr_tables as tables
from onharu.upstream.vendors.data_go_kr_tables import Table

ORGANISATION = "1471000"
# A row with whole documents is about 22 kB.
HEAVY_SIZES = (100, 50, 10)


def _paths(*paths: str) -> tuple[str, ...]:
    return tables.below(ORGANISATION, *paths)


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

TABLES: Mapping[str, Table[Row]] = {
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
