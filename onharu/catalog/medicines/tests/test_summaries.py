"""Sentences on what a medicine is for: made once for a label, anew when it changes, and asked about as rarely as can be."""

import json
from io import StringIO

import pytest
import stamina
from django.core.management import call_command

from onharu.catalog.medicines import jobs
from onharu.catalog.medicines.actions import asking
from onharu.catalog.medicines.models import (
    Ingredient,
    LabelSection,
    Loaded,
    Mention,
    PlainWords,
    Product,
    ProductIngredient,
)
from onharu.catalog.medicines.public import brief_of, improve_summaries, summarise
from onharu.catalog.medicines.queries.remembered import STAMP
from onharu.catalog.medicines.rules.plain_words import Calls, label_mark
from onharu.upstream import registry

pytestmark = pytest.mark.django_db
MODEL = "onharu.upstream.plain_words.backends.openai_compatible.Backend"
WHERE = "/v1/chat/completions"
PAIN = "이 약은 두통, 치통, 생리통, 근육통에 사용합니다."
COLD = "이 약은 감기의 여러 증상(콧물, 재채기, 인후통, 두통)의 완화에 사용합니다."
STOMACH = "이 약은 위산과다, 속쓰림에 사용합니다."


def product(number, efficacy, *, ingredient="아세트아미노펜", symptoms=()):
    made = Product.objects.create(item_seq=f"{number:09d}", name=f"하루{number}정", source="시험")
    if efficacy:
        LabelSection.objects.create(product=made, kind="efficacy", text=efficacy, source="시험")
    held, _ = Ingredient.objects.get_or_create(key=ingredient, defaults={"name": ingredient})
    ProductIngredient.objects.create(product=made, ingredient=held, place=0)
    Mention.objects.bulk_create(Mention(product=made, symptom=one, weight=1) for one in symptoms)
    return made


def words_of(made, symptom=""):
    return PlainWords.objects.get(product=made, symptom=symptom)


@pytest.fixture
def model(settings, httpserver):
    """A model over a real socket that says what the test lets it say; its log counts the calls."""
    options = {"base_url": httpserver.url_for("/v1"), "model": "tiny", "seconds": 3}
    settings.UPSTREAM = {"plain_words": {"BACKEND": MODEL, "OPTIONS": options}}
    registry.reset()

    def says(text):
        message = {"role": "assistant", "content": json.dumps({"text": text}, ensure_ascii=False)}
        choice = {"index": 0, "message": message, "finish_reason": "stop"}
        httpserver.clear()
        httpserver.expect_request(WHERE).respond_with_json({"model": "tiny-7b", "choices": [choice]})

    yield says
    registry.reset()


def test_a_label_is_told_in_its_own_words_and_marked_as_such():
    made = product(1, PAIN)
    assert summarise([made.pk]) == 1
    row = words_of(made)
    assert (row.text, row.source, row.get_source_display()) == (
        "두통, 치통, 생리통 등에 써요.", "extract", "원문에서 뽑음",
    )  # fmt: skip
    assert brief_of([made.item_seq])[made.item_seq].summary == row.text
    assert row.label_mark == label_mark(PAIN, ["아세트아미노펜"])


def test_a_second_time_nothing_is_written():
    summarise([product(1, PAIN).pk, product(2, COLD).pk])
    stamp = Loaded.objects.get(table=STAMP).edition
    assert summarise() == 0
    assert Loaded.objects.get(table=STAMP).edition == stamp


def test_a_changed_label_is_told_anew_with_its_symptoms():
    made = product(1, PAIN, symptoms=["두통"])
    summarise(symptoms=True)
    LabelSection.objects.filter(product=made).update(text=COLD)
    assert summarise([made.pk]) == 2
    assert words_of(made).text == "감기의 여러 증상(콧물, 재채기, 인후통 등)의 완화에 써요."
    assert words_of(made, "두통").text == "감기의 여러 증상(두통, 콧물, 재채기 등)의 완화에 써요."


def test_changed_ingredients_make_another_mark():
    made = product(1, PAIN)
    summarise()
    ProductIngredient.objects.filter(product=made).delete()
    assert summarise() == 1
    assert words_of(made).label_mark == label_mark(PAIN, [])


def test_a_label_that_says_nothing_has_no_summary():
    silent, odd = product(1, ""), product(2, "하루 세 번 드세요.")
    summarise()
    assert not PlainWords.objects.filter(product__in=[silent, odd]).exists()


def test_a_label_that_is_taken_away_takes_its_summary_along():
    made = product(1, PAIN)
    summarise()
    LabelSection.objects.filter(product=made).delete()
    assert summarise([made.pk]) == 0
    assert not PlainWords.objects.exists()


def test_a_symptom_is_told_first():
    made = product(1, PAIN, symptoms=["근육통", "두통"])
    assert summarise(symptoms=True) == 3
    assert words_of(made, "근육통").text == "근육통, 두통, 치통 등에 써요."


def test_telling_costs_the_same_for_three_or_thirty(django_assert_max_num_queries):
    for number in range(3):
        product(number, f"이 약은 두통, 치통{number}에 사용합니다.")
    with django_assert_max_num_queries(14):
        summarise()
    for number in range(3, 33):
        product(number, f"이 약은 두통, 치통{number}에 사용합니다.")
    with django_assert_max_num_queries(14):
        assert summarise() == 30


def test_without_a_model_nothing_is_asked_and_all_is_saved(settings):
    settings.UPSTREAM = {}
    product(1, PAIN)
    summarise()
    calls = improve_summaries()
    assert (calls.made, calls.saved, calls.share_saved) == (0, 1, 1.0)


def test_a_model_is_asked_once_for_a_label_and_its_twins_share_the_answer(model, httpserver):
    twins = [product(number, PAIN) for number in range(1, 21)]
    summarise()
    model("두통, 치통, 생리통에 쓰는 약이에요.")
    calls = improve_summaries(a_minute=0)
    assert (calls.made, calls.saved, calls.kept, len(httpserver.log)) == (1, 19, 20, 1)
    assert calls.share_saved == 0.95
    row = words_of(twins[7])
    assert (row.text, row.source, row.model, row.get_source_display()) == (
        "두통, 치통, 생리통에 쓰는 약이에요.", "model", "tiny", "AI 요약",
    )  # fmt: skip
    again = improve_summaries(a_minute=0)
    assert (again.made, again.saved, again.left) == (0, 20, 0)


def test_a_twin_that_comes_later_costs_no_call(model, httpserver):
    product(1, PAIN)
    summarise()
    model("두통, 치통에 쓰는 약이에요.")
    improve_summaries(a_minute=0)
    late = product(2, PAIN)
    summarise()
    calls = improve_summaries(a_minute=0)
    assert (calls.made, calls.saved) == (0, 2)
    assert words_of(late).source == "model"


def test_another_ingredient_is_another_question(model, httpserver):
    product(1, PAIN)
    product(2, PAIN, ingredient="이부프로펜")
    summarise()
    model("두통, 치통에 쓰는 약이에요.")
    assert improve_summaries(a_minute=0).made == 2


def test_a_refused_answer_leaves_the_labels_words_and_is_not_asked_for_again(model):
    made = product(1, PAIN)
    summarise()
    before = words_of(made).text
    model("두통에 하루 세 번 두 알씩 드세요.")
    calls = improve_summaries(a_minute=0)
    assert (calls.made, calls.kept, calls.refused) == (1, 0, {"dose": 1})
    assert (words_of(made).text, words_of(made).source) == (before, "extract")
    assert improve_summaries(a_minute=0).made == 0


def test_a_changed_label_is_asked_about_again(model):
    made = product(1, PAIN)
    summarise()
    model("두통, 치통에 쓰는 약이에요.")
    improve_summaries(a_minute=0)
    LabelSection.objects.filter(product=made).update(text=STOMACH)
    summarise([made.pk])
    assert (words_of(made).text, words_of(made).source) == ("위산과다, 속쓰림에 써요.", "extract")
    model("위산과다, 속쓰림에 쓰는 약이에요.")
    assert improve_summaries(a_minute=0).kept == 1


def test_a_run_stops_at_its_limit_and_goes_on_later(model):
    for number, efficacy in enumerate((PAIN, COLD, STOMACH)):
        product(number, efficacy)
    summarise()
    model("약이에요. 두통에 써요.")
    heard = []
    first = improve_summaries(limit=2, a_minute=0, progress=lambda done, total: heard.append((done, total)))
    assert (first.made, first.left, heard) == (2, 1, [(1, 3), (2, 3)])
    second = improve_summaries(a_minute=0)
    assert (second.made, second.left) == (1, 0)


def test_a_model_that_is_down_is_left_alone_and_the_rest_is_still_owed(model, httpserver):
    for number in range(8):
        product(number, f"이 약은 두통, 치통{number}에 사용합니다.")
    summarise()
    httpserver.expect_request(WHERE).respond_with_data("no", status=500)
    with stamina.set_testing(testing=True, attempts=1, cap=True):
        calls = improve_summaries(a_minute=0)
    assert (calls.made, calls.failed, calls.left) == (3, 3, 5)
    assert not PlainWords.objects.exclude(model="").exists()


def test_the_general_summaries_are_asked_about_first(model, httpserver):
    product(1, PAIN, symptoms=["두통"])
    product(2, STOMACH)
    summarise(symptoms=True)
    model("두통에 쓰는 약이에요.")
    improve_summaries(symptoms=True, a_minute=0)
    asked = [json.loads(json.loads(request.data)["messages"][1]["content"]) for request, _ in httpserver.log]
    assert [one.get("symptom", "") for one in asked] == ["", "", "두통"]
    assert all(set(one) <= {"efficacy", "ingredients", "symptom"} for one in asked)


def test_calls_keep_their_distance(model, monkeypatch):
    waits = []
    monkeypatch.setattr(asking.time, "sleep", waits.append)
    product(1, PAIN)
    product(2, COLD)
    summarise()
    model("두통에 쓰는 약이에요.")
    improve_summaries(a_minute=30)
    assert waits[0] == 0.0
    assert 1.5 < waits[1] <= 2.0


def test_a_run_ends_when_its_time_is_up(model):
    product(1, PAIN)
    summarise()
    assert improve_summaries(seconds=0, a_minute=0).left == 1


def test_the_job_tells_new_labels(settings):
    settings.UPSTREAM = {}
    made = product(1, PAIN)
    jobs.summaries()
    assert words_of(made).source == "extract"


def test_the_command_fills_the_shelf_and_closes_with_counts(model):
    product(1, PAIN, symptoms=["두통"])
    model("두통을 완치하는 약이에요.")
    out = StringIO()
    call_command("summaries", "--symptoms", "--limit", "1", "--a-minute", "0", stdout=out)
    assert out.getvalue().strip() == (
        "원문에서 새로 뽑음 2 · 모델에 물음 1 · 묻지 않고 해결 0 (0.0%) · AI 요약으로 바꿈 0 · "
        "쓰지 않은 답 1 (advice 1) · 실패 0 · 남음 1"
    )


def test_nothing_to_make_is_all_saved():
    assert Calls().share_saved == 1.0
