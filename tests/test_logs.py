"""What a log line may hold. Logging belongs to a whole process, so each test asks a process of its own."""

import json
import logging
import os
import re
import subprocess
import sys

import pytest
from django.http import HttpResponse
from structlog.testing import capture_logs

from onharu.kernel.trace import RequestIdMiddleware, hashed, onward
from onharu.site.log_files import SharedFile

SECRET = "고혈압약 이름"
START = "import logging, structlog\nfrom onharu.site.logs import logging_of\nlogging_of(debug=False)\n"
FAIL = f"""
try:
    try:
        raise KeyError({SECRET!r})
    except KeyError as error:
        raise ValueError({SECRET!r}) from error
except ValueError:
    log.error("it failed", exc_info=True)
"""


def line_of(code):
    done = subprocess.run([sys.executable, "-c", START + code], capture_output=True, text=True, check=True)
    return json.loads(done.stderr.strip().splitlines()[-1])


@pytest.mark.parametrize("log", ["structlog.get_logger('a.room')", "logging.getLogger('django.request')"])
def test_an_error_is_logged_by_place_and_type_without_its_message(log):
    found = line_of(f"log = {log}\n{FAIL}")
    assert SECRET not in json.dumps(found, ensure_ascii=False)
    assert [part for part in found["error"] if " " not in part] == ["KeyError", "ValueError"]


def test_a_line_names_level_time_logger_and_request():
    asked = "from onharu.kernel.trace import request_id\nrequest_id.set('abcdefgh-1')\n"
    found = line_of(f"{asked}structlog.get_logger('a.room').info('said')")
    assert [found[key] for key in ("level", "logger", "event", "request_id")] == [
        "info",
        "a.room",
        "said",
        "abcdefgh-1",
    ]
    assert found["timestamp"].endswith("Z")


SECRET_PATH = "/calendar/x7Qk-3Vb_9aT0ZpYlM2eRwD5sHcUoNfGiJ4tKvBnE8.ics"


@pytest.mark.parametrize(
    "said",
    [
        f"logging.getLogger('django.request').error('%s: %s', 'Internal Server Error', {SECRET_PATH!r})",
        f"logging.getLogger('a.server').warning('GET {SECRET_PATH} 200')",
        f"structlog.get_logger('a.room').info('asked', path={SECRET_PATH!r})",
    ],
)
def test_the_secret_of_a_calendars_address_is_in_no_line(said):
    found = json.dumps(line_of(said), ensure_ascii=False)
    assert "x7Qk" not in found
    assert "/calendar/….ics" in found


def test_other_addresses_stay_whole():
    found = line_of("structlog.get_logger('a.room').info('asked', path='/medicines/calendar/make/')")
    assert found["path"] == "/medicines/calendar/make/"


@pytest.mark.parametrize("log", ["fontTools.subset", "fpdf.output"])
def test_the_letters_of_a_page_are_in_no_line(log):
    code = f"logging.getLogger({log!r}).info('Glyph names: ...')\nlogging.getLogger('a.room').info('last')\n"
    done = subprocess.run([sys.executable, "-c", START + code], capture_output=True, text=True, check=True)
    assert [json.loads(line)["event"] for line in done.stderr.strip().splitlines()] == ["last"]


WITHIN = """
from types import SimpleNamespace
from django.conf import settings
settings.configure(SECRET_KEY="k" * 50, LOG_REQUESTS=False)
from django.http import HttpRequest
from onharu.kernel import trace
def within(route="api/meals/<int:pk>/", person=None, **headers):
    request = HttpRequest()
    request.path = "/api/meals/4711/"
    request.META.update({f"HTTP_{name.upper()}": value for name, value in headers.items()})
    request.resolver_match = SimpleNamespace(route=route)
    if person is not None:
        request.user = SimpleNamespace(pk=person)
    trace._trace.set(trace.Trace(request))
"""
CAME = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"


def within(said):
    return line_of(f"{WITHIN}\n{said}\nstructlog.get_logger('a.room').info('said')")


def test_a_line_names_the_template_of_the_route_and_never_the_address():
    found = within("within()")
    assert found["route"] == "/api/meals/<int:pk>/"
    assert "4711" not in json.dumps(found)


def test_a_line_names_whose_it_is_by_a_hash_that_only_the_house_can_make():
    found = within("within(person=5)")
    assert re.fullmatch(r"[0-9a-f]{16}", found["user"])
    assert found["user"] == within("within(person=5)")["user"]
    assert found["user"] != within("within(person=6)")["user"]
    assert found["user"] != within("settings.SECRET_KEY = 'o' * 50; within(person=5)")["user"]


def test_the_hash_of_a_person_changes_with_the_month(settings):
    assert hashed(5, "2026-11") == hashed(5, "2026-11")
    assert hashed(5, "2026-11") != hashed(5, "2026-12")


def test_nobody_is_looked_up_for_a_line():
    lazy = "from django.utils.functional import SimpleLazyObject\n"
    asks = "trace._trace.get().request.user = SimpleLazyObject(lambda: 1 / 0)"
    assert "user" not in within(f"within()\n{lazy}{asks}")


def test_a_trace_that_comes_in_is_carried_on():
    found = within(f"within(traceparent={CAME!r})")
    version, name, span, flags = found["traceparent"].split("-")
    assert (version, name, flags) == ("00", "4bf92f3577b34da6a3ce929d0e0e4736", "01")
    assert span != "00f067aa0ba902b7"


@pytest.mark.parametrize(
    "wrong",
    [
        "",
        "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
        "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
        "kim.haru@example.com",
    ],
)
def test_a_trace_that_is_missing_or_wrong_begins_here(wrong):
    found = within(f"within(traceparent={wrong!r})")
    assert re.fullmatch(r"00-[0-9a-f]{32}-[0-9a-f]{16}-00", found["traceparent"])
    assert "4bf92f3577b34da6" not in found["traceparent"].lower()


def test_a_call_to_another_server_is_of_the_same_trace_with_a_place_of_its_own():
    found = within("within()\nstructlog.get_logger('b').info('x')\nprint(trace.onward())")
    assert found["traceparent"]
    code = f"{WITHIN}\nwithin(traceparent={CAME!r})\nprint(trace.onward(), trace.onward(), trace.trace_now().here())"
    done = subprocess.run([sys.executable, "-c", START + code], capture_output=True, text=True, check=True)
    one, other, here = done.stdout.split()
    assert {part.split("-")[1] for part in (one, other, here)} == {"4bf92f3577b34da6a3ce929d0e0e4736"}
    assert len({part.split("-")[2] for part in (one, other, here)}) == 3


def test_outside_of_a_request_each_call_is_a_trace_of_its_own():
    assert re.fullmatch(r"00-[0-9a-f]{32}-[0-9a-f]{16}-00", onward())
    assert onward() != onward()


@pytest.mark.parametrize(("said", "stream"), [("", "stderr"), ("-", "stdout")])
def test_lines_go_where_the_environment_says(said, stream):
    code = f"{START}logging.getLogger('a.room').info('said')"
    environment = {**os.environ, "LOG_FILE": said}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment)
    assert json.loads(getattr(done, stream))["event"] == "said"
    assert {"stdout": done.stderr, "stderr": done.stdout}[stream] == ""


WRITE = """
import logging, sys
from onharu.site.log_files import SharedFile
log = logging.getLogger("many")
log.addHandler(SharedFile(sys.argv[1], most_bytes=20_000, kept=50))
log.setLevel("INFO")
for number in range(500):
    log.info("%s", f"{sys.argv[2]}-{number} " + "고혈압" * 10)
"""


def test_four_processes_write_one_file_and_no_line_is_lost_torn_or_doubled(tmp_path):
    path = tmp_path / "onharu.log"
    words = [sys.executable, "-c", WRITE, str(path)]
    running = [subprocess.Popen([*words, name]) for name in "abcd"]
    assert [process.wait() for process in running] == [0, 0, 0, 0]
    files = [one for one in tmp_path.iterdir() if one.suffix != ".lock"]
    lines = [line for one in files for line in one.read_text(encoding="utf-8").splitlines()]
    assert sorted(line.split()[0] for line in lines) == sorted(
        f"{name}-{number}" for name in "abcd" for number in range(500)
    )
    assert {line.split()[1] for line in lines} == {"고혈압" * 10}
    assert len(files) > 5
    assert max(one.stat().st_size for one in files) <= 20_000


def record_of(text):
    return logging.LogRecord("a", logging.INFO, "", 1, text, None, None)


def test_a_file_turns_over_and_only_so_many_are_kept(tmp_path):
    handler = SharedFile(str(tmp_path / "logs" / "onharu.log"), most_bytes=100, kept=2)
    for number in range(10):
        handler.emit(record_of(f"{number}" * 60))
    found = {one.name: one.read_text()[0] for one in (tmp_path / "logs").iterdir() if one.suffix != ".lock"}
    assert found == {"onharu.log": "9", "onharu.log.1": "8", "onharu.log.2": "7"}


def test_a_file_that_somebody_put_away_is_made_anew(tmp_path):
    path = tmp_path / "onharu.log"
    handler = SharedFile(str(path), most_bytes=1000, kept=2)
    handler.emit(record_of("before"))
    path.rename(tmp_path / "away")
    handler.emit(record_of("after"))
    assert path.read_text() == "after\n"


def test_a_log_that_cannot_be_written_breaks_nothing(tmp_path, monkeypatch, capsys):
    handler = SharedFile(str(tmp_path / "onharu.log"), most_bytes=1000, kept=2)
    monkeypatch.setattr("os.write", lambda *_: 1 / 0)
    handler.emit(record_of("said"))
    assert "ZeroDivisionError" in capsys.readouterr().err


@pytest.mark.parametrize(("all_of_them", "status", "lines"), [(False, 200, 0), (True, 200, 1), (False, 500, 1)])
def test_an_answer_is_a_line_where_it_failed_or_every_answer_is(settings, rf, all_of_them, status, lines):
    settings.LOG_REQUESTS = all_of_them
    with capture_logs() as said:
        RequestIdMiddleware(lambda _request: HttpResponse(status=status))(rf.get("/today/?q=secret"))
    assert len(said) == lines
    for line in said:
        assert (line["event"], line["method"], line["status"]) == ("request", "GET", status)
        assert line["duration"] >= 0
        assert "secret" not in str(line)


def test_a_request_that_failed_is_named_by_its_route():
    asked = (
        "import types\n"
        "match = types.SimpleNamespace(route='photos/<int:pk>/')\n"
        "request = types.SimpleNamespace(path='/photos/4711/', resolver_match=match)\n"
        "logging.getLogger('django.request').error('%s: %s', 'Internal Server Error', request.path,"
        " extra={'request': request})\n"
    )
    found = line_of(asked)
    assert found["event"] == "Internal Server Error: /photos/<int:pk>/"
    assert "4711" not in json.dumps(found)
