"""Documents that stay true: their links lead somewhere, their commands exist, both READMEs say the same."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def documents():
    listed = subprocess.run(["git", "ls-files", "*.md"], cwd=ROOT, capture_output=True, text=True, check=True)
    return [ROOT / name for name in listed.stdout.splitlines() if (ROOT / name).exists()]


@pytest.mark.parametrize("path", documents(), ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_somewhere(path):
    text = re.sub(r"```.*?```", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", text):
        if not target.startswith(("http", "mailto:")):
            assert (path.parent / target).exists(), target


def test_the_words_of_the_makefile_are_in_both_readmes():
    for name in ("README.md", "README.ko.md"):
        text = (ROOT / name).read_text(encoding="utf-8")
        for word in ("make up", "make test", "onharu import foods"):
            assert word in text


def test_both_readmes_have_the_same_shape():
    shapes = [
        [line.split(" ")[0] for line in (ROOT / name).read_text(encoding="utf-8").splitlines() if line.startswith("#")]
        for name in ("README.md", "README.ko.md")
    ]
    assert shapes[0] == shapes[1]


def test_every_make_word_that_a_document_names_exists():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    words = set(re.findall(r"^([a-z-]+):", makefile, flags=re.MULTILINE))
    for path in documents():
        for word in re.findall(r"`make ([a-z-]+)", path.read_text(encoding="utf-8")):
            assert word in words, f"{path}: make {word}"


def test_every_decision_says_what_why_and_what_was_given_up():
    for path in (ROOT / "docs" / "decisions").glob("[0-9]*.md"):
        assert len(path.read_text(encoding="utf-8").split()) > 40, path


def test_every_variable_of_the_environment_is_documented():
    text = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    settings = "".join(
        (ROOT / "onharu" / "site" / name).read_text(encoding="utf-8")
        for name in ("settings.py", "upstreams.py", "env.py")
    )
    for name in set(re.findall(r'env\.(?:text|flag|number|words)\(\s*"([A-Z_]+)"', settings)):
        assert f"`{name}`" in text, name
