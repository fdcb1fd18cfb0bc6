"""Official files that want to do harm: refused in words of two languages, in little time and memory, and nothing kept."""

import os
import secrets
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command

from onharu.kernel import workbooks
from tests.hostile_tables import ALL, CORPUS, EITHER, EVERY, REFUSED_AS, SHELVES, TAKEN, with_parts

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parent.parent
MOST_SECONDS = 4.0
MOST_GROWN = 200


@pytest.fixture(scope="session")
def made(tmp_path_factory):
    """Everything made once, when it is first asked for."""
    folder = tmp_path_factory.mktemp("tables")
    files = {}

    def make(name, kind):
        if (name, kind) not in files:
            path = folder / f"{len(files)}" / CORPUS[name].name
            path.parent.mkdir()
            path.write_bytes(CORPUS[name].make(SHELVES[kind]))
            files[name, kind] = path
        return files[name, kind]

    return make


def rows():
    """How many rows every table of the catalogue and of its names has."""
    models = [one for label in (*ALL, "names") for one in apps.get_app_config(label).get_models()]
    return {one._meta.label: one._base_manager.count() for one in models}


def test_there_are_many_of_them_and_each_shelf_meets_most():
    assert len(CORPUS) >= 120
    assert all(sum(kind == wanted for _, kind in EVERY) >= 80 for wanted in ALL)
    assert {one.wanted for one in CORPUS.values()} == {TAKEN, REFUSED_AS, EITHER}


@pytest.mark.parametrize("kind", ALL)
def test_the_good_line_of_each_shelf_is_taken(kind, tmp_path):
    """Without it a refusal would say nothing."""
    path = tmp_path / "table.csv"
    path.write_text(SHELVES[kind].whole)
    before = rows()
    call_command("import", kind, str(path), verbosity=0)
    assert sum(rows().values()) > sum(before.values())


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(("name", "kind"), EVERY, ids=lambda word: word.replace(" ", "-"))
def test_it_is_refused_in_words_and_nothing_is_kept(made, name, kind, capsys):
    path, before = made(name, kind), rows()
    started = time.process_time()
    try:
        call_command("import", kind, str(path), verbosity=0)
        refused = ""
    except CommandError as error:
        refused = str(error)
    assert time.process_time() - started <= MOST_SECONDS
    if refused:
        assert CORPUS[name].wanted in {REFUSED_AS, EITHER}
        ko, en = refused.split("\n", 1)
        assert any("가" <= letter <= "힣" for letter in ko) and en
        assert len(refused) < 3000, "a refusal does not repeat what was sent"
        assert rows() == before
    else:
        assert CORPUS[name].wanted in {TAKEN, EITHER}
        assert sum(rows().values()) >= sum(before.values())
    assert "Traceback" not in "".join(capsys.readouterr())


def test_sheets_that_are_each_small_enough_are_too_much_together(made, tmp_path, monkeypatch):
    raw = with_parts(*((f"xl/worksheets/sheet{n}.xml", secrets.token_bytes(30_000)) for n in range(2, 6)))(
        SHELVES["foods"]
    )
    path = tmp_path / "table.xlsx"
    path.write_bytes(raw)
    monkeypatch.setattr(workbooks, "MOST_UNPACKED", 100_000)
    with pytest.raises(CommandError, match="too much"):
        call_command("import", "foods", str(path), verbosity=0)


@pytest.mark.parametrize("kind", ALL)
def test_what_is_no_file_is_not_opened(kind, tmp_path):
    os.mkfifo(tmp_path / "pipe.csv")
    (tmp_path / "link.csv").symlink_to("/etc/passwd")
    for path in ("pipe.csv", "link.csv", "none.csv", "", "/dev/zero", "x" * 300):
        with pytest.raises(CommandError):
            call_command("import", kind, str(tmp_path / path), verbosity=0)


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_all_of_them_in_one_process_take_little_memory(made, tmp_path):
    """A process of its own: what making the files took is not in it."""
    good = tmp_path / "table.csv"
    good.write_text(SHELVES["foods"].whole)
    lines = [f"foods\t{good}", *(f"{kind}\t{made(name, kind)}" for name, kind in EVERY)]
    told = subprocess.run(
        [sys.executable, "-m", "tests.hostile_tables"],
        input="\n".join(lines), capture_output=True, text=True, check=True, cwd=ROOT,
        env={"PYTHONPATH": str(ROOT), "DJANGO_SETTINGS_MODULE": "tests.settings", "PATH": "/usr/bin:/bin"},
    )  # fmt: skip
    assert int(told.stdout.strip()) <= MOST_GROWN
