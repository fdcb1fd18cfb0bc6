"""`onharu refresh pharmacies` over a local server: what it prints, how it stops, and how it goes on."""

import io

import pytest
import stamina
from django.apps import apps
from django.core.cache import cache
from django.core.management import CommandError, call_command
from werkzeug import Response

from onharu.catalog.pharmacies.public import facts_of
from onharu.upstream import registry
from onharu.upstream.pharmacy_directory.tests.answers import ROW, rows
from onharu.upstream.tests.data_go_kr import KEY, as_json, as_xml

pytestmark = pytest.mark.django_db
OFFICIAL = "onharu.upstream.pharmacy_directory.backends.data_go_kr.Backend"
BELOW = "/B552657/ErmctInsttInfoInqireService/"
FULL, LIST = "getParmacyFullDown", "getParmacyListInfoInqire"


def standing(**which):
    return apps.get_model("pharmacies", "Pharmacy").objects.filter(gone_on__isnull=True, **which)


class Center:
    """Plays data.go.kr: both tables in pages, in XML or JSON; a fault at a page where a test wants one."""

    def __init__(self):
        self.rows = rows(1234)
        self.wrap = as_xml
        self.faults = {}
        self.asked = []

    def answer(self, request):
        operation = request.path.removeprefix(BELOW)
        page, size = int(request.args["pageNo"]), int(request.args["numOfRows"])
        self.asked.append((operation, page))
        if fault := self.faults.get((operation, page)):
            return Response(fault[0], status=fault[1])
        part = self.rows[(page - 1) * size : page * size]
        return Response(self.wrap(part, total=len(self.rows), page=page, size=size))


@pytest.fixture
def center(httpserver, settings):
    center = Center()
    for operation in (FULL, LIST):
        httpserver.expect_request(BELOW + operation).respond_with_handler(center.answer)
    options = {"key": KEY, "base_url": httpserver.url_for("")}
    settings.UPSTREAM = {"pharmacy_directory": {"BACKEND": OFFICIAL, "OPTIONS": options}}
    registry.reset()
    with stamina.set_testing(testing=True, attempts=3, cap=True):  # never wait between attempts
        yield center
    registry.reset()


def refresh(**more):
    out = io.StringIO()
    call_command("refresh", "pharmacies", stdout=out, **more)
    return out.getvalue().splitlines()


def stopped(**more):
    out = io.StringIO()
    with pytest.raises(CommandError) as error:
        call_command("refresh", "pharmacies", stdout=out, **more)
    return error.value.returncode, str(error.value), out.getvalue().splitlines()


@pytest.mark.parametrize("wrap", [as_xml, as_json], ids=["XML", "JSON"])
def test_pharmacies_are_refreshed_in_pages_of_a_thousand(center, wrap):
    center.wrap = wrap
    assert refresh() == [
        "전국 약국 전체: 1,234줄 가운데 1,234줄 옴 · 새로 1,234 · 바뀜 0 · 그대로 0 · 건너뜀 0 · 거절 0"
    ]
    assert center.asked == [(FULL, 1), (FULL, 2)]
    pk = standing(hpid="C2000000").get().pk
    week = facts_of([pk])[pk].week
    assert (week[0], week[3], week[6], week[7]) == (((540, 1140),), ((540, 1560),), None, ((0, 1440),))
    assert refresh()[0].endswith("새로 0 · 바뀜 0 · 그대로 1,234 · 건너뜀 0 · 거절 0")


def test_what_is_listed_no_more_is_counted(center):
    refresh()
    center.rows = center.rows[:1200]
    assert refresh()[0].endswith("그대로 1,200 · 건너뜀 0 · 거절 0 · 목록에서 빠짐 34")
    assert standing().count() == 1200


def test_a_used_up_quota_says_when_to_go_on_and_the_next_run_does(center, noon):
    center.faults[FULL, 2] = ("API token quota exceeded", 429)
    code, said, _ = stopped()
    assert code == 75
    assert "전국 약국 전체 1,001번째 줄에서 멈췄어요" in said
    assert "11월 23일 0시(한국 시각)" in said
    assert "onharu refresh pharmacies" in said
    center.faults.clear()
    cache.clear()
    registry.reset()
    assert refresh()[0].startswith("전국 약국 전체: 1,001번째 줄부터 이어서 1,234줄 가운데 234줄 옴 · 새로 234")


def test_where_the_directory_is_gone_the_list_is_read_and_told(center):
    center.faults[FULL, 1] = ("API not found", 404)
    assert refresh() == [
        "전국 약국 전체: 0줄 가운데 0줄 옴 · 새로 0 · 바뀜 0 · 그대로 0 · 건너뜀 0 · 거절 0",
        "  다 오지 않아서 다음 표로 채워요.",
        "전국 약국 목록: 1,234줄 가운데 1,234줄 옴 · 새로 1,234 · 바뀜 0 · 그대로 0 · 건너뜀 0 · 거절 0",
    ]


@pytest.mark.parametrize(
    ("fault", "code", "words"),
    [
        (("Forbidden", 403), 1, "활용신청"),
        (("Unauthorized", 401), 1, "등록되지 않은 인증키"),
        (("<html>502</html>", 502), 75, "status_502"),
        (('{"response":{"header":', 200), 75, "garbled"),
    ],
)
def test_a_fault_says_what_to_do_and_leaves_the_shelf(center, fault, code, words):
    refresh()
    center.faults[FULL, 1] = fault
    returned, said, _ = stopped()
    assert (returned, KEY in repr(said)) == (code, False)
    assert words in said
    assert standing().count() == 1234


def test_a_directory_that_came_too_small_is_kept_and_told(center):
    refresh()
    center.rows = center.rows[:3]
    code, said, _ = stopped()
    assert code == 75
    assert said.startswith("전국 약국 목록: 알려 온 줄의 90 %가 오지 않아서 있던 것을 그대로 두었어요")
    assert standing().count() == 1234


def test_rows_that_were_refused_are_listed(center):
    center.rows = [*rows(30), {**ROW, "hpid": "12"}]
    assert refresh()[1] == "  31번째 줄 하루약국: 약국ID는 영문자 하나와 숫자 일곱 자리여야 해요 ('12')"


def test_without_a_key_it_says_what_is_missing(settings):
    settings.UPSTREAM = {}
    registry.reset()
    code, said, lines = stopped()
    assert (code, lines) == (1, [])
    assert "DATA_GO_KR_KEY" in said
