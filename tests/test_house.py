"""What no import contract sees: foreign keys point down, modules and functions stay small, commands are documented."""

import ast
import subprocess
from pathlib import Path

import pytest
from django.apps import apps

ROOT = Path(__file__).resolve().parent.parent
FLOORS = {
    "kernel": 0,
    "names": 1,
    "upstream": 1,
    "accounts": 2,
    "catalog": 2,
    "records": 3,
    "day": 4,
    "insights": 4,
    "rights": 5,
    "site": 6,
}


def room(model):
    return model.__module__.split(".models")[0].split(".")[1:]


def our_models():
    return [model for model in apps.get_models() if model.__module__.startswith("onharu.")]


def foreign_keys():
    for model in our_models():
        for field in model._meta.get_fields(include_hidden=False):
            if field.concrete and field.is_relation:
                yield pytest.param(model, field, id=f"{model.__name__}.{field.name}")


@pytest.mark.parametrize(("model", "field"), foreign_keys())
def test_a_foreign_key_points_to_a_lower_floor_or_its_own_room(model, field):
    target = field.related_model
    if not target.__module__.startswith("onharu."):
        return
    here, there = room(model), room(target)
    if target._meta.label == "accounts.User":
        assert field.remote_field.related_name in ("+", "profile") or here[0] == "accounts"
        return
    same_room = here[:2] == there[:2] if here[0] in ("records", "catalog") else here[0] == there[0]
    if not same_room:
        assert FLOORS[there[0]] < FLOORS[here[0]]
        assert field.remote_field.related_name == "+"


def test_catalogue_rows_have_no_owner():
    for model in our_models():
        if room(model)[0] == "catalog":
            assert "owner" not in {field.name for field in model._meta.get_fields()}


def test_every_record_has_an_owner_or_belongs_to_a_row_that_has():
    for model in our_models():
        if room(model)[0] == "records":
            names = {field.name for field in model._meta.get_fields()}
            assert names & {"owner", "recipe"}, model


def modules():
    listed = subprocess.run(["git", "ls-files", "onharu/*.py"], cwd=ROOT, capture_output=True, text=True, check=True)
    return [
        ROOT / name
        for name in listed.stdout.splitlines()
        if "/migrations/" not in name and "/tests/" not in name and (ROOT / name).exists()
    ]


def functions():
    for path in modules():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                assert node.end_lineno is not None
                yield f"{path.relative_to(ROOT)}:{node.lineno} {node.name}", node.end_lineno - node.lineno + 1


def test_no_module_is_longer_than_three_hundred_lines():
    long = {str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines()) for path in modules()}
    assert {name: lines for name, lines in long.items() if lines > 300} == {}


def test_functions_are_short():
    lengths = dict(functions())
    assert {name: lines for name, lines in lengths.items() if lines > 60} == {}
    short = sum(lines <= 30 for lines in lengths.values())
    assert short / len(lengths) >= 0.9


def test_every_room_says_what_it_keeps():
    for path in modules():
        if path.name == "__init__.py" and path.read_text(encoding="utf-8").strip():
            assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))), path


def test_tests_keep_up_with_the_source():
    source = sum(len(path.read_text(encoding="utf-8").splitlines()) for path in modules())
    tests = sum(
        len(path.read_text(encoding="utf-8").splitlines())
        for folder in ("onharu", "tests")
        for path in (ROOT / folder).rglob("*.py")
        if "tests" in path.parts
    )
    assert tests >= 0.7 * source


def test_the_one_signal_is_the_only_signal():
    used = [path for path in modules() if "import Signal" in path.read_text(encoding="utf-8")]
    assert [path.relative_to(ROOT).as_posix() for path in used] == ["onharu/kernel/days.py"]
    receivers = [path for path in modules() if "post_save" in path.read_text(encoding="utf-8")]
    assert receivers == []
