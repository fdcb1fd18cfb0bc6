"""Nothing of a person leaves the house unnamed: every door whose backend may lead outside, and every caller of one."""

import ast
import pkgutil
from importlib import import_module
from pathlib import Path

import onharu.upstream

PACKAGE = Path(onharu.upstream.__file__).resolve().parent
ONHARU = PACKAGE.parent
# Functions of a capability through which something of one person goes out.
PERSONAL = {
    "food_vision": {"look"},
    "plain_words": {"say_day", "propose_plan"},
    "web_push": {"send"},
    "maps": {"pharmacies_near"},
    "sign_in": {"identity_of"},
    "mail": {"send"},
}
# Capabilities that go out without anything of a person, and why.
IMPERSONAL = {
    "medicine_facts": "the register of all medicines, and a name that resembles nothing, once for everybody",
    "pharmacy_directory": "the register of all pharmacies",
}
# Functions that wrap such a call and are wrapped themselves by whoever calls them.
PASSED_ON = {("sign_in", "onharu/accounts/actions/social.py"): "identity_behind"}


def may_leave(capability):
    """Whether any backend says that it leaves home, or computes it."""
    texts = [path.read_text() for path in (PACKAGE / capability / "backends").glob("*.py")]
    return any("leaves_home = True" in text or "self.leaves_home = " in text for text in texts)


def capabilities():
    found = [one.name for one in pkgutil.iter_modules([str(PACKAGE)]) if one.ispkg]
    return [name for name in found if (PACKAGE / name / "backends").is_dir()]


def test_every_capability_that_may_leave_is_known_to_be_about_people_or_not():
    leaving = {name for name in capabilities() if may_leave(name)}
    assert leaving == (PERSONAL.keys() | IMPERSONAL.keys()) - {"mail"}


def test_the_doors_named_here_exist():
    for capability, names in PERSONAL.items():
        door = import_module(f"onharu.upstream.{capability}")
        assert all(callable(getattr(door, name)) for name in names), capability


def callers():
    """Every call of a personal door in the product, with whether it stands in a `with leaving(...)`."""
    for path in ONHARU.rglob("*.py"):
        if PACKAGE in path.parents or "tests" in path.parts:
            continue
        yield from calls_in(path, ast.parse(path.read_text()), "", named=False)


def calls_in(path, node, function, *, named):
    if isinstance(node, ast.FunctionDef):
        function, named = node.name, False
    if isinstance(node, ast.With):
        named = named or any(
            isinstance(item.context_expr, ast.Call) and getattr(item.context_expr.func, "id", "") == "leaving"
            for item in node.items
        )
    if isinstance(node, ast.Call) and (door := door_of(node.func)):
        yield door, path.relative_to(ONHARU.parent).as_posix(), function, named
    for child in ast.iter_child_nodes(node):
        yield from calls_in(path, child, function, named=named)


def door_of(called):
    if isinstance(called, ast.Attribute) and isinstance(called.value, ast.Name):
        if called.attr in PERSONAL.get(called.value.id, ()):
            return called.value.id
        if called.attr in PASSED_ON.values():
            return called.attr
    return ""


def test_every_call_that_sends_something_of_a_person_says_whose_and_why():
    found = list(callers())
    assert {door for door, *_ in found} >= {
        "food_vision",
        "plain_words",
        "web_push",
        "sign_in",
        "mail",
        "identity_behind",
    }
    unnamed = [
        (door, path, function)
        for door, path, function, named in found
        if not named and PASSED_ON.get((door, path)) != function
    ]
    assert unnamed == []


def test_nobody_takes_a_personal_door_by_another_name():
    for path in ONHARU.rglob("*.py"):
        if PACKAGE in path.parents or "tests" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("onharu.upstream."):
                capability = node.module.split(".")[2]
                taken = {alias.name for alias in node.names} & PERSONAL.get(capability, set())
                assert not taken, f"{path}: {taken}"
