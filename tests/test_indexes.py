"""Every index is named and has a reason (docs/operations/indexes.md)."""

import pytest

from scripts import list_indexes


def test_every_index_is_in_the_document_with_a_reason():
    assert list_indexes.faults() == []
    assert len(list_indexes.indexes()) > 200


def test_an_index_without_a_reason_is_told(monkeypatch):
    monkeypatch.setattr(list_indexes, "WHY", {**list_indexes.WHY, "job_due": "", "no_index": "of nothing"})
    found = list_indexes.faults()
    assert "job_due has no reason in WHY" in found
    assert "WHY tells of no_index, which is no index" in found


@pytest.mark.parametrize(
    "name", ["meal_of_day", "doses_of_day", "job_due", "one_water_a_day", "kernel_allowance.ends_at"]
)
def test_the_list_holds_indexes_of_every_kind(name):
    assert name in {one.name for one in list_indexes.indexes()}
