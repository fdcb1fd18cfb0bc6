"""What delivers a version: the words of a release, the roll on a machine, and the servers' own files."""

import os
import re
import stat
import subprocess

import pytest
import yaml

from scripts.release_notes import notes_of
from tests.deploy.tools import DEPLOY, PACKAGES, ROOT

WORKFLOWS = ROOT / ".github" / "workflows"
TEXT = "# Changelog\n\n## Unreleased\n- later\n\n## 1.2.0: a name\n- **one**\n\n## 1.1.0\n\n## 1.0.0\n- first\n"

DOCKER = """#!/bin/sh
echo "$ONHARU_VERSION $*" | tr "\n" " " >> "$0.said"; echo >> "$0.said"
case "$*" in
    *"ps -q api") echo one; echo two ;;
    *"run --rm -T prepare") [ "$ONHARU_VERSION" != "$NO_PREPARE" ] ;;
    *"--wait"*" front") [ "$ONHARU_VERSION" != "$NO_FRONT" ] ;;
    *"--scale"*) [ "$ONHARU_VERSION" != "$NEVER_HEALTHY" ] ;;
    *"exec -T api"*) [ "$ONHARU_VERSION" != "$NO_ANSWER" ] ;;
    *"pull"*) [ "$ONHARU_VERSION" != "$NO_IMAGE" ] ;;
esac
"""


@pytest.fixture
def machine(tmp_path):
    """A machine with the files of deploy and a docker that notes what it is told."""
    (tmp_path / "deploy").mkdir()
    (tmp_path / "bin").mkdir()
    roll = tmp_path / "deploy" / "roll"
    roll.write_text((DEPLOY / "roll").read_text(encoding="utf-8"), encoding="utf-8")
    docker = tmp_path / "bin" / "docker"
    docker.write_text(DOCKER, encoding="utf-8")
    for one in (roll, docker):
        one.chmod(stat.S_IRWXU)
    (tmp_path / "deploy" / ".env").write_text("ONHARU_HOST=diary.example\nONHARU_VERSION=v1.0.0\n", encoding="utf-8")
    return tmp_path


def rolled(machine, version, **broken):
    environment = {**os.environ, "PATH": f"{machine / 'bin'}:{os.environ['PATH']}", **broken}
    words = ["sh", "deploy/roll", version]
    done = subprocess.run(words, cwd=machine, env=environment, capture_output=True, text=True, check=False)
    said = machine / "bin" / "docker.said"
    return done, said.read_text(encoding="utf-8").splitlines() if said.exists() else []


def version_of(machine):
    return re.search(
        r"^ONHARU_VERSION=(.*)$", (machine / "deploy" / ".env").read_text(encoding="utf-8"), re.MULTILINE
    ).group(1)


def test_a_version_that_is_well_takes_the_place_of_the_one_before(machine):
    done, said = rolled(machine, "v1.1.0")
    assert (done.returncode, version_of(machine)) == (0, "v1.1.0")
    assert all(line.startswith("v1.1.0 ") for line in said if " compose " in line)
    order = [next(n for n, line in enumerate(said) if word in line)
             for word in ("pull", "prepare", "--scale api=4", "stop one", "stop two", "exec -T api")]  # fmt: skip
    assert order == sorted(order)


def test_no_more_than_one_is_away_at_once_and_the_front_door_last(machine):
    _, said = rolled(machine, "v1.1.0")
    ups = [line.split(" up ")[1].strip() for line in said if " up " in line]
    assert [words.rsplit(" ", 1)[1] for words in ups[:-1]] == ["api", "events", "worker", "beat", "front"]
    assert all("--no-deps" in words and "--wait" in words for words in ups[:-1])
    assert said.index(next(line for line in said if "stop two" in line)) < said.index(
        next(line for line in said if line.rstrip().endswith(" front") and " up " in line)
    )


def test_the_file_of_settings_keeps_who_may_read_it(machine):
    settings = machine / "deploy" / ".env"
    settings.chmod(0o600)
    assert rolled(machine, "v1.1.0")[0].returncode == 0
    assert (stat.S_IMODE(settings.stat().st_mode), version_of(machine)) == (0o600, "v1.1.0")


def test_what_watches_reads_its_files_anew_where_it_runs(machine):
    _, said = rolled(machine, "v1.1.0")
    assert not any("HUP" in line for line in said)
    with (machine / "deploy" / ".env").open("a", encoding="utf-8") as settings:
        settings.write("CADVISOR_IMAGE=cadvisor:v1\n")
    _, said = rolled(machine, "v1.2.0")
    assert sum("kill -s HUP prometheus alertmanager blackbox" in line for line in said) == 1


@pytest.mark.parametrize("broken", ["NO_PREPARE", "NEVER_HEALTHY", "NO_FRONT", "NO_ANSWER"])
def test_a_version_that_is_not_well_is_given_up_for_the_one_before(machine, broken):
    done, said = rolled(machine, "v1.1.0", **{broken: "v1.1.0"})
    assert (done.returncode, version_of(machine)) == (1, "v1.0.0")
    assert "v1.0.0 runs again" in done.stderr
    assert said[-1].startswith("v1.0.0 ") and "exec -T api" in said[-1]
    if broken == "NEVER_HEALTHY":
        assert not any("stop one" in line for line in said)


def test_an_image_that_is_not_there_changes_nothing(machine):
    done, said = rolled(machine, "v9.9.9", NO_IMAGE="v9.9.9")
    assert (done.returncode, "v9.9.9 are neither here nor there" in done.stderr) == (2, True)
    assert (version_of(machine), len(said)) == ("v1.0.0", 1)


def test_when_neither_is_well_it_is_said(machine):
    done, _ = rolled(machine, "v1.1.0", NO_PREPARE="v1.1.0", NO_ANSWER="v1.0.0")
    assert (done.returncode, version_of(machine)) == (3, "v1.0.0")


def test_the_words_of_a_release_are_the_changelogs():
    assert notes_of("v1.2.0", TEXT) == "- **one**\n"
    assert notes_of("1.0.0", TEXT) == "- first\n"


@pytest.mark.parametrize("version", ["v1.1.0", "v3.0.0", "v1.2", "Unreleased later"])
def test_a_version_without_words_is_not_released(version):
    with pytest.raises(LookupError, match="says nothing"):
        notes_of(version, TEXT)


def files():
    return [*sorted(WORKFLOWS.glob("*.yml")), ROOT / ".github" / "dependabot.yml"]


def steps(path):
    for job in yaml.safe_load(path.read_text(encoding="utf-8"))["jobs"].values():
        yield from job["steps"]


def test_there_are_servers_for_changes_releases_and_deployments():
    assert [path.name for path in files()] == ["ci.yml", "deploy.yml", "release.yml", "dependabot.yml"]
    matrix = yaml.safe_load((WORKFLOWS / "ci.yml").read_text(encoding="utf-8"))["jobs"]["test"]["strategy"]["matrix"]
    assert matrix == {"python": ["3.11", "3.12", "3.13"], "engine": ["sqlite", "postgres"]}


def test_every_word_of_make_and_every_file_that_a_server_calls_is_there():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for path in files()[:-1]:
        said = "\n".join(step.get("run", "") for step in steps(path)).replace("${{ matrix.engine }}", "postgres")
        for word in re.findall(r"\bmake ([a-z-]+)", said):
            assert re.search(rf"^{word}:", makefile, re.MULTILINE), f"{path.name}: make {word}"
        for name in re.findall(r"\b((?:deploy|scripts|tests)/[\w./-]+)", said):
            assert (ROOT / name).exists() or name in {"deploy/.env", "deploy/"}, f"{path.name}: {name}"


def test_a_server_that_runs_the_tests_has_what_they_ask_where_nothing_may_be_left_out():
    found = 0
    for path in files()[:-1]:
        for job in yaml.safe_load(path.read_text(encoding="utf-8"))["jobs"].values():
            said = [step.get("run", "") for step in job["steps"]]
            runs = [place for place, one in enumerate(said) if "make test-" in one and "not journey" in one]
            for place in runs:
                installed = " ".join(one for one in said[:place] if "apt-get install" in one).split()
                assert set(PACKAGES.values()) <= set(installed), path.name
            found += len(runs)
    assert found == 2


@pytest.fixture
def step_on(machine):
    """Do a step of deploy.yml beside a machine whose ssh runs what it is told here."""
    ssh = machine / "bin" / "ssh"
    ssh.write_text('#!/bin/sh\nfor last; do :; done\necho "$last" >>"$0.said"\nsh -c "$last"\n', encoding="utf-8")
    ssh.chmod(stat.S_IRWXU)
    written = machine / "outputs"
    there = {"PATH": f"{machine / 'bin'}:{os.environ['PATH']}", "FOLDER": str(machine), "THERE": "me@there"}

    def do(name, **words):
        script = next(one["run"] for one in steps(WORKFLOWS / "deploy.yml") if one.get("name") == name)
        known = {**os.environ, **there, "GITHUB_OUTPUT": str(written), **words}
        done = subprocess.run(["bash", "-e", "-c", script], env=known, capture_output=True, text=True, check=False)
        return done, written.read_text(encoding="utf-8") if written.exists() else ""

    return do


def test_a_version_that_nobody_outside_reaches_is_given_up_for_the_one_before(machine, step_on):
    assert step_on("Note which version runs")[1] == "version=v1.0.0\n"
    assert rolled(machine, "v1.1.0")[0].returncode == 0
    done, _ = step_on("Go back where nobody outside is answered", VERSION="v1.1.0", BEFORE="v1.0.0")
    assert (done.returncode, version_of(machine)) == (0, "v1.0.0")


def test_there_is_nothing_to_go_back_to_where_the_same_version_ran_before(machine, step_on):
    done, _ = step_on("Go back where nobody outside is answered", VERSION="v1.0.0", BEFORE="v1.0.0")
    assert (done.returncode, (machine / "bin" / "ssh.said").exists()) == (1, False)


def test_a_step_that_waits_for_another_names_one_that_is_there():
    for path in files()[:-1]:
        known = {step["id"] for step in steps(path) if "id" in step}
        assert set(re.findall(r"steps\.(\w+)\.", path.read_text(encoding="utf-8"))) == known, path.name


def test_no_word_of_a_stranger_is_run_as_a_command():
    for path in files()[:-1]:
        for step in steps(path):
            assert not re.search(r"\$\{\{\s*(inputs|github\.(event|head_ref|ref_name))", step.get("run", "")), path.name
