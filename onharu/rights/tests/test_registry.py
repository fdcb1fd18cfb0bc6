"""Every table and every column is either taken along or named with a reason; every table of people is erased."""

import re

import pytest
from django.apps import apps
from django.conf import settings

from onharu.kernel.belongings import label_of
from onharu.kernel.belongings.tables import Column
from onharu.rights.rooms import NOBODYS, SHELVES, tables

TABLES = {table.label: table for table in tables()}


def models():
    """Every table; of the schedule of many processes, which is there only with them, there is nothing to say."""
    found = apps.get_models(include_auto_created=True)
    return {label_of(one): one for one in found if not one._meta.proxy and one._meta.app_label != "django_celery_beat"}


def of_a_shelf(label):
    return label.split(".")[0] in SHELVES


def test_every_table_of_the_product_is_somebodys_or_says_why_it_is_nobodys():
    known = TABLES.keys() | NOBODYS.keys()
    assert [label for label in models() if label not in known and not of_a_shelf(label)] == []


def test_nothing_is_named_that_does_not_exist():
    assert TABLES.keys() | NOBODYS.keys() <= models().keys()
    assert not TABLES.keys() & NOBODYS.keys()


@pytest.mark.parametrize("label", sorted(set(models()) - TABLES.keys()))
def test_a_table_that_is_nobodys_points_to_no_person(label):
    fields = models()[label]._meta.concrete_fields
    people = [f.name for f in fields if f.related_model and f.related_model._meta.label == settings.AUTH_USER_MODEL]
    assert people == []


@pytest.mark.parametrize("label", sorted(TABLES))
def test_every_column_goes_along_or_says_why_not(label):
    table = TABLES[label]
    names = {field.name for field in table.model._meta.concrete_fields}
    along = {column.name for column in table.columns()}
    whose = {table.owner} & names
    assert along | table.left_out.keys() | whose == names
    assert not along & table.left_out.keys()


@pytest.mark.parametrize("label", sorted(TABLES))
def test_every_reason_is_one_and_belongs_to_a_column(label):
    table = TABLES[label]
    names = {field.name for field in table.model._meta.concrete_fields}
    assert table.left_out.keys() | table.stay.keys() | table.by.keys() | table.refs.keys() <= names
    assert all(len(reason) > 8 for reason in (*table.left_out.values(), *table.stay.values()))


@pytest.mark.parametrize("label", sorted(TABLES))
def test_a_column_that_does_not_come_back_can_do_without(label):
    table = TABLES[label]
    if table.stays or table.onto:
        return
    for field in table.model._meta.concrete_fields:
        if field.name in (table.left_out.keys() | table.stay.keys()) - table.made.keys():
            assert field.null or field.has_default() or field.empty_strings_allowed, field.name


def test_a_row_hangs_only_on_rows_that_stand_before_it():
    seen = set()
    for table in tables():
        for column, kind in table.columns().items():
            assert kind is not Column.ROW or label_of(column.related_model) in seen, (table.label, column.name)
        seen.add(table.label)


SECRET = re.compile(
    r"password|secret|token|hash|session_key|session_data|endpoint|p256dh|^auth$|digest|code_hash|recovery"
)
HARMLESS = {
    "meals.photo.digest",
    "meals.analysis.digest",
    "accounts.consent.digest",
}  # marks of the person's own photographs and sentences


def test_nothing_that_opens_anything_goes_along():
    found = {
        f"{table.label}.{column.name}" for table in tables() for column in table.columns() if SECRET.search(column.name)
    }
    assert found <= HARMLESS


def test_only_the_access_record_outlives_a_person():
    assert [table.label for table in tables() if table.kept] == ["kernel.accessrow"]
