"""`onharu refresh` over a local server: what it prints, how it stops, and how it goes on."""

import io

import pytest
import stamina
from django.core.cache import cache
from django.core.management import CommandError, call_command
from werkzeug import Response

from onharu.catalog.medicines.public import brief_of, facts_of, interactions
from onharu.upstream import registry
from onharu.upstream.medicine_facts.tests.answers import ROWS, items_of
from onharu.upstream.tests.data_go_kr import KEY, as_json, as_xml

pytestmark = pytest.mark.django_db
OFFICIAL = "onharu.upstream.medicine_facts.backends.data_go_kr.Backend"
PATHS = {
    "labels": "DrbEasyDrugInfoService/getDrbEasyDrugList",
    "pills": "MdcinGrnIdntfcInfoService03/getMdcinGrnIdntfcInfoList03",
    "permits": "DrugPrdtPrmsnInfoService08/getDrugPrdtPrmsnInq08",
    "substances": "DrugPrdtPrmsnInfoService08/getDrugPrdtMcpnDtlInq08",
    "notices.pair": "DURIrdntInfoService03/getUsjntTabooInfoList02",
    "notices.age": "DURIrdntInfoService03/getSpcifyAgrdeTabooInfoList02",
    "notices.pregnancy": "DURIrdntInfoService03/getPwnmTabooInfoList02",
    "notices.dose": "DURIrdntInfoService03/getCpctyAtentInfoList02",
    "notices.duration": "DURIrdntInfoService03/getMdctnPdAtentInfoList02",
    "notices.elderly": "DURIrdntInfoService03/getOdsnAtentInfoList02",
    "notices.duplicate": "DURIrdntInfoService03/getEfcyDplctInfoList02",
    "product_notices.age": "DURPrdlstInfoService03/getSpcifyAgrdeTabooInfoList03",
    "product_notices.pregnancy": "DURPrdlstInfoService03/getPwnmTabooInfoList03",
    "product_notices.dose": "DURPrdlstInfoService03/getCpctyAtentInfoList03",
    "product_notices.duration": "DURPrdlstInfoService03/getMdctnPdAtentInfoList03",
    "product_notices.elderly": "DURPrdlstInfoService03/getOdsnAtentInfoList03",
    "product_notices.duplicate": "DURPrdlstInfoService03/getEfcyDplctInfoList03",
    "product_notices.split": "DURPrdlstInfoService03/getSeobangjeongPartitnAtentInfoList03",
}


class Ministry:
    """Plays data.go.kr: whole tables in pages, every second table in XML; a fault at a page where a test wants one."""

    def __init__(self):
        self.tables = {table: [ROWS[table]] for table in PATHS}
        self.faults = {}
        self.asked = []

    def answer(self, request):
        below = request.path.removeprefix("/1471000/")
        table = next(table for table, path in PATHS.items() if path == below)
        page, size = int(request.args["pageNo"]), int(request.args["numOfRows"])
        self.asked.append((table, page, size))
        if request.args["serviceKey"] != KEY:
            return Response("Unauthorized", status=401)
        if (table, page) in self.faults:
            body, status = self.faults[table, page]
            return Response(body, status=status)
        rows = self.tables[table]
        part = rows[(page - 1) * size : page * size]
        if list(PATHS).index(table) % 2:
            return Response(as_xml(part, total=len(rows), page=page, size=size), content_type="text/xml;charset=UTF-8")
        said = as_json(items_of(table, part), total=len(rows), page=page, size=size)
        return Response(said, content_type="application/json;charset=UTF-8")


@pytest.fixture
def ministry(httpserver, settings):
    ministry = Ministry()
    for path in PATHS.values():
        httpserver.expect_request(f"/1471000/{path}").respond_with_handler(ministry.answer)
    options = {"key": KEY, "base_url": httpserver.url_for("")}
    settings.UPSTREAM = {"medicine_facts": {"BACKEND": OFFICIAL, "OPTIONS": options}}
    registry.reset()
    with stamina.set_testing(testing=True, attempts=3, cap=True):  # never wait between attempts
        yield ministry
    registry.reset()


def refresh(kind, **more):
    out = io.StringIO()
    call_command("refresh", kind, stdout=out, **more)
    return out.getvalue().splitlines()


def stopped(kind, **more):
    out = io.StringIO()
    with pytest.raises(CommandError) as error:
        call_command("refresh", kind, stdout=out, **more)
    return error.value.returncode, str(error.value), out.getvalue().splitlines()


def midnight_passes():
    """Forget the holds, in this process and in Redis where the run has one."""
    cache.clear()
    registry.reset()


def pills(number):
    return [{**ROWS["pills"], "ITEM_SEQ": f"{200000000 + n}", "ITEM_NAME": f"하루{n}정"} for n in range(number)]


def test_medicines_are_refreshed_table_by_table(ministry):
    ministry.tables["permits"] = [{**ROWS["permits"], "ITEM_SEQ": "202000001", "ITEM_NAME": "하루정"}]
    assert refresh("medicines") == [
        "e약은요: 1줄 가운데 1줄 옴 · 새로 1 · 바뀜 0 · 그대로 0 · 건너뜀 0 · 거절 0",
        "허가 목록: 1줄 가운데 1줄 옴 · 새로 1 · 바뀜 0 · 그대로 0 · 건너뜀 0 · 거절 0",
        "주성분: 1줄 가운데 1줄 옴 · 새로 0 · 바뀜 1 · 그대로 0 · 건너뜀 0 · 거절 0",
    ]
    (held,) = facts_of(["202000001"])["202000001"].ingredients
    assert (held.name, held.code, held.amount, held.unit) == ("에페드린염산염", "M040133", 6, "mg")
    assert [line.split("·")[1:3] for line in refresh("medicines")] == [[" 새로 0 ", " 바뀜 0 "]] * 3


def test_pills_are_refreshed_in_pages_of_five_hundred(ministry):
    ministry.tables["pills"] = pills(1234)
    assert refresh("pills") == [
        "낱알식별: 1,234줄 가운데 1,234줄 옴 · 새로 1,234 · 바뀜 0 · 그대로 0 · 건너뜀 0 · 거절 0"
    ]
    assert ministry.asked == [("pills", page, 500) for page in (1, 2, 3)]
    assert len(brief_of(["200000000", "200001233"])) == 2


def test_contraindications_are_refreshed_and_warn(ministry):
    ministry.tables["notices.pair"] = [{**ROWS["notices.pair"], "MIXTURE_MIX": None}]
    lines = refresh("contraindications")
    assert len(lines) == 14
    assert lines[0].startswith("DUR 성분 병용금기: 1줄 가운데 1줄 옴 · 새로 1")
    assert lines[-1].startswith("DUR 품목 서방정 분할주의: 1줄 가운데 1줄 옴 · 새로 0 · 바뀜 0 · 그대로 0 · 건너뜀 1")
    ministry.tables["permits"] = [
        {**ROWS["permits"], "ITEM_SEQ": f"20200000{n}", "ITEM_NAME": f"하루{n}정"} for n in (1, 2)
    ]
    ministry.tables["substances"] = [
        {**ROWS["substances"], "ITEM_SEQ": "202000001", "MTRAL_NM": "염산파록세틴", "MTRAL_CODE": "M050607"},
        {**ROWS["substances"], "ITEM_SEQ": "202000002", "MTRAL_NM": "셀레길린염산염", "MTRAL_CODE": "M222864"},
    ]
    refresh("medicines")
    kinds = {finding.kind for finding in interactions(["202000001", "202000002"]).findings}
    assert "pair" in kinds


def test_a_used_up_quota_says_when_to_go_on_and_the_next_run_does(ministry, noon):
    ministry.tables["pills"] = pills(1234)
    ministry.faults["pills", 2] = ("API token quota exceeded", 429)
    code, said, lines = stopped("pills")
    assert code == 75
    assert "낱알식별 501번째 줄에서 멈췄어요" in said
    assert "11월 23일 0시(한국 시각)" in said
    assert lines == ["낱알식별: 1,234줄 가운데 500줄 옴 · 새로 500 · 바뀜 0 · 그대로 0 · 건너뜀 0 · 거절 0"]
    ministry.faults.clear()
    ministry.asked.clear()
    assert stopped("pills")[0] == 75  # the house remembers, and asks nobody
    assert ministry.asked == []
    midnight_passes()
    (line,) = refresh("pills")
    assert line.startswith("낱알식별: 501번째 줄부터 이어서 1,234줄 가운데 734줄 옴 · 새로 734")
    assert ministry.asked == [("pills", 2, 500), ("pills", 3, 500)]


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (("Forbidden", 403), "활용신청"),
        (("Unauthorized", 401), "등록되지 않은 인증키"),
        (('{"header":{"resultCode":"31","resultMsg":"X"},"body":{}}', 200), "활용 기간이 끝났어요"),
        (('{"header":{"resultCode":"10","resultMsg":"X"},"body":{}}', 200), "bad_request"),
    ],
)
def test_a_refusal_says_what_to_do(ministry, fault, words):
    ministry.faults["pills", 1] = fault
    code, said, _ = stopped("pills")
    assert code == 1
    assert words in said
    assert "onharu refresh pills" in said


def test_a_server_that_is_down_says_so_and_keeps_what_came(ministry):
    ministry.tables["pills"] = pills(600)
    ministry.faults["pills", 2] = ("<html>502 Bad Gateway</html>", 502)
    code, said, _ = stopped("pills")
    assert code == 75
    assert "status_502" in said
    assert len(brief_of(["200000000"])) == 1


def test_rows_that_were_refused_are_listed(ministry):
    ministry.tables["pills"] = [*pills(30), *({**ROWS["pills"], "ITEM_SEQ": "1"} for _ in range(25))]
    lines = refresh("pills")
    assert "거절 25" in lines[0]
    assert lines[1] == "  31번째 줄 디페인정(디클로페낙나트륨): 품목기준코드는 아홉 자리 숫자여야 해요 ('1')"
    assert lines[-1] == "  … 그 밖에 5줄"


def test_a_kind_that_came_too_small_is_kept_and_told(ministry):
    refresh("contraindications")
    ministry.tables["notices.age"] = []
    code, said, _ = stopped("contraindications")
    assert code == 75
    assert said.startswith("DUR 성분 특정연령대금기: 알려 온 줄의 90 %가 오지 않아서")


def test_without_a_key_it_says_what_is_missing(settings):
    settings.UPSTREAM = {}
    registry.reset()
    code, said, lines = stopped("pills")
    assert code == 1
    assert "DATA_GO_KR_KEY" in said
    assert lines == []


def test_the_key_is_nowhere_in_what_is_printed(ministry):
    ministry.faults["pills", 1] = ("Forbidden", 403)
    assert KEY not in repr(stopped("pills"))
