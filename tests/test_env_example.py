"""deploy/.env.example explains every variable, and says what is so."""

import re

from onharu.site.refusals import FLAGS, NUMBERS, TOGETHER
from onharu.site.stores import NUMBERS as OF_STORES
from scripts import write_env_example as example

READ = re.compile(r'env\.(?:text|flag|number|words|origins)\(\s*"([A-Z_]+)"')


def read_by_the_house():
    sources = "".join(path.read_text(encoding="utf-8") for path in (example.ROOT / "onharu").glob("**/*.py"))
    return set(READ.findall(sources))


def explained():
    return set(re.findall(r"^#?([A-Z_]+)=", example.TARGET.read_text(encoding="utf-8"), re.MULTILINE))


def test_the_file_is_what_the_documents_say():
    assert example.TARGET.read_text(encoding="utf-8") == example.written()


def test_every_variable_that_compose_asks_for_is_explained_and_none_besides():
    assert set(example.compose_names()) == set(example.FOR_COMPOSE)


def test_every_variable_that_the_house_reads_is_explained():
    read = read_by_the_house()
    assert len(read) > 50
    assert read - explained() == set()


def test_every_variable_with_a_rule_at_the_start_is_explained():
    assert {*FLAGS, *NUMBERS, *OF_STORES, *(name for pair in TOGETHER for name in pair)} - explained() == set()


def test_only_what_compose_cannot_do_without_is_not_behind_a_mark():
    given = set(re.findall(r"^([A-Z_]+)=", example.TARGET.read_text(encoding="utf-8"), re.MULTILINE))
    assert given == {name for name, (needed, _) in example.compose_names().items() if needed}
