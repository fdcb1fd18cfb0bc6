"""The list of mutants fits the code, and the command that tries them tells what was noticed from what was not."""

import subprocess
from pathlib import Path

import pytest

from scripts import mutants
from scripts.mutants_list import Mutant, Wrong, listed, misfit
from scripts.mutants_report import is_assertion
from scripts.mutants_worker import copy_tree, workers_in

ROOT = Path(__file__).resolve().parent.parent
LIST = ROOT / "tests" / "mutants"
HALF = "return number / 2"
EVEN = "return number % 2 == 0"
PLANTED = {
    "pytest.ini": "[pytest]\n",
    "onharu/__init__.py": "",
    "onharu/sums.py": f"def half(number):\n    {HALF}\n\n\ndef is_even(number):\n    {EVEN}\n",
    "tests/test_sums.py": """
import pytest
from onharu.sums import half, is_even


def test_half():
    assert half(8) == 4


@pytest.mark.parametrize("number", [2, 4])
def test_even(number):
    assert is_even(number)


def test_that_never_passes():
    assert half(8) == 5
""",
}


def mutant(name="one", before=HALF, after="return number * 2", test="test_half", **more):
    return Mutant(name, "It is wrong.", "onharu/sums.py", before, after, (f"tests/test_sums.py::{test}",), **more)


@pytest.fixture
def planted(tmp_path):
    root = tmp_path / "planted"
    for name, text in PLANTED.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    subprocess.run(["git", "init", "-q"], cwd=root, check=True)
    return root


def tried(root, home, *wanted, package="onharu"):
    said: list[str] = []
    with workers_in(root, home, 1, package=package, first="") as workers:
        failed = mutants.try_all(workers, wanted, say=said.append)
    return failed, {line.split()[1]: line for line in said}


def test_every_mutant_of_the_list_fits_the_code_and_names_tests_that_exist():
    faults = {one.name: misfit(ROOT, one) for one in listed(LIST)}
    assert {name: fault for name, fault in faults.items() if fault} == {}


def test_every_subject_has_at_least_two_mutants_and_each_says_what_it_breaks():
    counted = {path.name: path.read_text(encoding="utf-8").count("[[mutant]]") for path in LIST.glob("*.toml")}
    assert counted and min(counted.values()) >= 2
    assert all(one.breaks.endswith(".") and len(one.breaks.split()) > 3 for one in listed(LIST))


def test_the_test_that_makes_the_tables_exists():
    assert misfit(ROOT, Mutant("first", "", "README.md", "# ", "", (mutants.FIRST,))).startswith("its text")
    file, _, name = mutants.FIRST.partition("::")
    assert f"def {name}(" in (ROOT / file).read_text()


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_what_is_noticed_passes_and_nothing_else_does(planted, tmp_path):
    failed, said = tried(
        planted,
        tmp_path / "home",
        mutant("noticed"),
        mutant("survivor", EVEN, "return number % 2 != 1", "test_even"),
        mutant("one-of-several", EVEN, "return number == 2", "test_even"),
        mutant("broken", HALF, "return nummer / 2"),
        mutant("told-by-its-error", HALF, "return nummer / 2", raises="NameError"),
        mutant("unfit", "return number / 3"),
        mutant("no-such-test", test="test_third"),
        mutant("fails-anyway", test="test_that_never_passes"),
    )
    assert failed == ["broken", "fails-anyway", "no-such-test", "survivor", "unfit"]
    assert said["noticed"].startswith("passed") and said["noticed"].endswith("It is wrong.")
    assert said["one-of-several"].startswith("passed") and said["told-by-its-error"].startswith("passed")
    assert "SURVIVED tests/test_sums.py::test_even" in said["survivor"]
    assert "BROKE, NOT NOTICED" in said["broken"] and "NameError" in said["broken"]
    assert "stands 0 times" in said["unfit"]
    assert "there is no test" in said["no-such-test"]
    assert "does not pass" in said["fails-anyway"]
    assert (planted / "onharu" / "sums.py").read_text() == PLANTED["onharu/sums.py"]


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_a_tree_whose_tests_import_another_package_proves_nothing(planted, tmp_path):
    failed, said = tried(planted, tmp_path / "home", mutant(), package="json")
    assert failed == ["one"]
    assert "not the copy" in said["one"]


def test_a_text_that_stands_twice_or_makes_no_python_is_told(planted):
    assert "2 times" in misfit(planted, mutant(before="return number"))
    assert "no Python" in misfit(planted, mutant(after="return ("))
    assert misfit(planted, mutant()) == ""


def test_what_is_copied_is_the_working_tree_without_what_is_ignored(planted, tmp_path):
    (planted / ".gitignore").write_text("secret.key\n")
    (planted / "secret.key").write_text("s")
    (planted / "new.py").write_text("new = True\n")
    copy_tree(planted, tmp_path / "copy")
    assert (tmp_path / "copy" / "new.py").exists()
    assert not (tmp_path / "copy" / "secret.key").exists()


@pytest.mark.parametrize(
    "said",
    [
        'other = 1\n[[mutant]]\nname = "a"',
        '[[mutant]]\nname = "a"\ntests = []\nbreaks = ""\nfile = ""\nbefore = "x"\nafter = "y"',
        '[[mutant]]\nname = "a"\ntests = ["t"]\nbreaks = ""\nfile = ""\nbefore = "x"\nafter = "x"',
        '[[mutant]]\nname = "a"\ntests = ["t"]\nbreaks = ""\nfile = ""\nbefore = "x"\nafter = "y"\nengine = "oracle"',
        '[[mutant]]\nname = "a"\ntests = ["t"]\ncolour = "red"',
    ],
)
def test_a_list_that_cannot_be_meant_is_refused(tmp_path, said):
    (tmp_path / "one.toml").write_text(said)
    with pytest.raises(Wrong, match=r"one\.toml"):
        listed(tmp_path)


def test_a_name_stands_once(tmp_path):
    entry = '[[mutant]]\nname = "a"\ntests = ["t"]\nbreaks = ""\nfile = ""\nbefore = "x"\nafter = "y"\n'
    (tmp_path / "one.toml").write_text(entry)
    (tmp_path / "two.toml").write_text(entry)
    with pytest.raises(Wrong, match="twice: a"):
        listed(tmp_path)


def test_only_a_tests_own_word_is_an_assertion():
    with pytest.raises(pytest.fail.Exception) as did_not_raise, pytest.raises(ValueError):
        pass
    assert is_assertion(did_not_raise.value)
    assert is_assertion(AssertionError())
    assert is_assertion(ExceptionGroup("several", [AssertionError(), AssertionError()]))
    assert not is_assertion(ExceptionGroup("several", [AssertionError(), NameError()]))
    assert not is_assertion(pytest.fail.Exception("Timeout (>120.0s) from pytest-timeout."))
    assert not is_assertion(KeyError("x"))


def test_a_name_that_is_not_on_the_list_is_told(capsys):
    with pytest.raises(SystemExit) as ended:
        mutants.main(["--only", "nobody"])
    assert ended.value.code == 2
    assert "there is no mutant nobody" in capsys.readouterr().err
