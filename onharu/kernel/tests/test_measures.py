"""What is counted: under which names and labels, how many of them there can be, and nothing while it is off."""

import ast
import subprocess
from pathlib import Path

import pytest

from onharu.kernel import measures, milestones
from onharu.kernel.measures.names import ASKED_WHEN_TOLD, BY_NAME, COUNTER, METHODS, METRICS
from onharu.kernel.measures.page import page

ROOT = Path(__file__).resolve().parents[3]
CANARY = "kim.haru@example.com"


@pytest.fixture
def counting():
    measures.switch_on()
    yield
    measures.switch_off()


def told():
    return page({}).decode()


def amount(line_begins):
    return next(float(line.rpartition(" ")[2]) for line in told().splitlines() if line.startswith(line_begins))


def test_nothing_is_counted_and_nothing_raised_while_it_is_off():
    measures.count("no_such_metric", never="asked")
    measures.observe("no_such_metric", 1.0)
    measures.put("no_such_metric", 1.0)
    assert not measures.is_on()
    with pytest.raises(LookupError):
        measures.standing()


def test_a_process_that_counts_nothing_loads_nothing_of_prometheus():
    code = "import sys, onharu.kernel.measures as m; m.count('x'); print('prometheus_client' in sys.modules)"
    said = subprocess.run([".venv/bin/python", "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert said.stdout.strip() == "False"


def test_what_was_counted_is_told(counting):
    measures.count("cache_requests_total", cache="days", result="hit")
    measures.count("cache_requests_total", result="hit", cache="days")
    measures.put("upstream_breaker_state", 2, upstream="kakao")
    with measures.timed("celery_task_duration_seconds", task="kernel.forget_jobs", state="done"):
        pass
    assert amount('cache_requests_total{cache="days",result="hit"}') == 2
    assert amount('upstream_breaker_state{upstream="kakao"}') == 2
    assert amount('celery_task_duration_seconds_count{state="done",task="kernel.forget_jobs"}') == 1


def test_a_counter_whose_labels_are_known_begins_at_nought(counting):
    """What first appears as 1 is no increase, and an alert on it never fires."""
    for spec in METRICS:
        if spec.kind == COUNTER and all(spec.labels.values()):
            assert f"\n{spec.name}" in told(), spec.name
    assert amount("auth_refresh_reuse_total") == 0
    assert amount('authz_denied_total{reason="object_owner"}') == 0


@pytest.mark.parametrize(
    "said", [CANARY, "고혈압", "a word with spaces", "x" * 200, "1234567", "/people/1/", "a\nb", ""]
)
def test_free_text_is_counted_as_other(counting, said):
    measures.count("upstream_requests_total", upstream=said, outcome="ok")
    measures.count("rate_limited_total", scope=said)
    measures.count("http_requests_total", route=said, method=said, code=said)
    assert said.strip() == "" or said == "/people/1/" or said not in told()
    assert amount('upstream_requests_total{outcome="ok",upstream="other"}') == 1
    assert amount('rate_limited_total{scope="other"}') == 1


def test_a_label_never_has_more_values_than_its_bound(counting):
    for number in range(2000):
        measures.count("rate_limited_total", scope=f"s{number}")
        measures.count("upstream_requests_total", upstream="kakao", outcome=f"status_{number}")
    lines = told().splitlines()
    for name in ("rate_limited_total", "upstream_requests_total"):
        mine = [line for line in lines if line.startswith(f"{name}{{")]
        assert BY_NAME[name].most < len(mine) + 1 <= BY_NAME[name].most + 2
    assert amount('rate_limited_total{scope="other"}') == 2000 - BY_NAME["rate_limited_total"].most


def test_a_label_that_is_missing_or_unknown_is_a_fault_of_ours(counting):
    with pytest.raises(KeyError):
        measures.count("cache_requests_total", cache="days")
    with pytest.raises(KeyError):
        measures.count("rate_limited_total", scope="costly", owner="5")
    with pytest.raises(KeyError):
        measures.count("no_such_metric")


def test_no_label_is_for_a_person():
    labels = {label for spec in METRICS for label in spec.labels}
    assert labels == {
        "cache", "code", "error", "method", "operation", "outcome", "part", "provider", "reason", "result", "revision",
        "route", "scope", "state", "target", "task", "upstream", "version",
    }  # fmt: skip


def sources():
    words = ["git", "ls-files", "-co", "--exclude-standard", "onharu/*.py"]
    listed = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True)
    return [name for name in listed.stdout.splitlines() if "/tests/" not in name and (ROOT / name).exists()]


def counts(node):
    """Whether a call is one of `measures.count(…)`, `measures.observe(…)` and so on."""
    match node:
        case ast.Call(func=ast.Attribute(value=ast.Name(id="measures"), attr="count" | "observe" | "put" | "timed")):
            return True
    return False


def calls():
    for name in sources():
        for node in ast.walk(ast.parse((ROOT / name).read_text(encoding="utf-8"))):
            if counts(node):
                yield f"{name}:{node.lineno}", node


def test_every_place_that_counts_names_a_metric_and_its_labels():
    found = dict(calls())
    assert len(found) > 20
    for place, node in found.items():
        if isinstance(node.args[0], ast.Constant):
            spec = BY_NAME[node.args[0].value]
            assert {keyword.arg for keyword in node.keywords} - {"by"} == set(spec.labels), place


def test_every_metric_is_counted_or_told_somewhere():
    text = "".join(
        path.read_text(encoding="utf-8")
        for path in (ROOT / "onharu").rglob("*.py")
        if "tests" not in path.parts and path.name != "names.py"
    )
    assert [spec.name for spec in METRICS if f'"{spec.name}"' not in text] == []


def test_names_follow_the_customs_of_prometheus():
    for spec in METRICS:
        assert spec.about.endswith(".")
        assert (spec.kind == COUNTER) == spec.name.endswith("_total"), spec.name
        assert not spec.name.endswith(("_ms", "_milliseconds", "_minutes", "_kb")), spec.name
    assert set(BY_NAME) >= ASKED_WHEN_TOLD
    assert "OTHER" in METHODS


def test_a_part_that_fails_is_left_out_and_said_so(counting):
    def broken():
        raise OSError(CANARY)
        yield

    text = page({"jobs": broken, "build": lambda: [("app_build_info", ("1", "x"), 1.0)]}).decode()
    assert 'measures_part_failed{part="jobs"} 1.0' in text
    assert 'measures_part_failed{part="build"} 0.0' in text
    assert 'app_build_info{revision="x",version="1"} 1.0' in text
    assert CANARY not in text


def test_what_was_reached_is_found_again_and_the_newest_counts(settings, tmp_path, noon):
    settings.ONHARU_DATA = tmp_path
    milestones.reached("backup.database", at=noon, bytes=100)
    milestones.reached("backup.database", at=noon.replace(hour=13), bytes=200)
    milestones.reached("restore.database", at=noon)
    (tmp_path / "milestones" / "backup.torn.json").write_text('{"at": "20')
    (tmp_path / "milestones" / "Own Notes.json").write_text("{}")
    found = {one.name: one for one in milestones.all_reached()}
    assert set(found) == {"backup.database", "restore.database"}
    assert found["backup.database"].figures == {"bytes": 200}
    assert found["backup.database"].at == noon.replace(hour=13)


@pytest.mark.parametrize("name", ["", "../x", "Backup", "a.b.c", "a b"])
def test_a_milestone_has_a_plain_name(settings, tmp_path, noon, name):
    settings.ONHARU_DATA = tmp_path
    with pytest.raises(ValueError):
        milestones.reached(name, at=noon)


def test_a_folder_that_cannot_be_written_stops_nothing(settings, tmp_path, noon):
    (tmp_path / "milestones").write_text("a file where the folder should be")
    settings.ONHARU_DATA = tmp_path
    milestones.reached("backup.database", at=noon)
    assert milestones.all_reached() == []
