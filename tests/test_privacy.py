"""docs/privacy.md leaves no table of a person out, and SECURITY.md promises nothing whose page is not there."""

import re
from pathlib import Path

from django.apps import apps

from onharu.rights.rooms import NOBODYS, tables

ROOT = Path(__file__).resolve().parent.parent
PRIVACY = (ROOT / "docs" / "privacy.md").read_text(encoding="utf-8")
LISTED = PRIVACY.partition("## Every table")[2].partition("\n## ")[0]
NAMED = set(re.findall(r"`([a-z]+\.[a-z_]+)`", LISTED))


def test_every_table_of_a_person_is_named():
    assert {table.label for table in tables()} - NAMED == set()


def test_every_model_with_an_owner_is_named_whatever_the_rooms_say():
    for model in apps.get_models(include_auto_created=True):
        names = {field.name for field in model._meta.concrete_fields}
        if model.__module__.startswith("onharu.") and names & {"owner", "user", "person", "recipe"}:
            assert model._meta.label_lower in NAMED | NOBODYS.keys(), model


def test_nothing_is_named_that_does_not_exist():
    assert NAMED - {model._meta.label_lower for model in apps.get_models(include_auto_created=True)} == set()


def test_the_articles_of_the_law_and_what_onharu_is_not_are_told():
    for article in ("23", "29", "35", "35-2", "36", "37"):
        assert re.search(rf"^\| {article},", PRIVACY, flags=re.MULTILINE), article
    assert "not a medical device" in PRIVACY


def test_both_readmes_lead_to_both_pages():
    for name in ("README.md", "README.ko.md"):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert "(docs/privacy.md)" in text
        assert "(SECURITY.md)" in text


def test_every_promise_of_security_names_what_is_covered_and_what_is_not():
    text = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
    for heading in ("## Reporting", "## Supported versions", "## What we promise", "## What is not covered"):
        assert heading in text
