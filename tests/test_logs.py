"""What a log line may hold. Logging belongs to a whole process, so each test asks a process of its own."""

import json
import subprocess
import sys

import pytest

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
