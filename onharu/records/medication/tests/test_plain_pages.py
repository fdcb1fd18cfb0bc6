"""The pages without scripts: every form is a form, every answer a page, and what was taken away can come back."""

import re
from html import unescape

import pytest

from onharu.records.medication import rules
from onharu.records.medication.actions import looking, scraps
from onharu.records.medication.models import Scrap, Tag, Viewed
from tests.medicine_shelf import PARTNER, TABLET, put_on_the_shelf
from tests.sealed_rows import row_where

pytestmark = pytest.mark.django_db
MINE = f"/medicines/{TABLET}/mine/"


def html_of(response, status=200):
    assert response.status_code == status, response.content[:300]
    return unescape(response.content.decode())


def page(client, path):
    return html_of(client.get(path))


def sent(client, html, button):
    """Send the form that a button stands in, as a browser without scripts does."""
    form = next(one for one in re.findall(r"<form.*?</form>", html, re.DOTALL) if f'id="{button}"' in one)
    action = re.search(r'<form[^>]* action="([^"]+)"', form)[1]
    fields = dict(re.findall(r'<input[^>]* name="([^"]+)"[^>]* value="([^"]*)"', form))
    pressed = re.search(rf'<button[^>]*id="{button}"[^>]*>', form)[0]
    if named := re.search(r' name="([^"]+)" value="([^"]*)"', pressed):
        fields[named[1]] = named[2]
    return client.post(action, fields)


def test_every_form_of_every_page_has_an_address_and_a_token(browser, owner, scrap, partner):
    scraps.set_scrap(owner_id=owner.pk, item_seq=PARTNER, said={})
    looking.note_view(owner_id=owner.pk, item_seq=TABLET)
    for path in ("/medicines/", "/medicines/scraps/", f"/medicines/{TABLET}/", "/medicines/?gone=recent"):
        for form in re.findall(r"<form.*?</form>", page(browser, path), re.DOTALL):
            assert ' action="/' in form, path
            assert 'method="get"' in form or "csrfmiddlewaretoken" in form, form[:200]


def test_a_medicine_is_kept_marked_and_let_go_by_pressing_buttons(browser, tablet):
    path = f"/medicines/{TABLET}/"
    sent(browser, page(browser, path), "mine-GOOD")
    assert Scrap.objects.get().category == "GOOD"
    sent(browser, page(browser, path), "mine-BAD")
    assert Scrap.objects.get().category == "BAD"
    answer = sent(browser, page(browser, path), "mine-delete")
    assert not Scrap.objects.alive().exists()
    after = page(browser, answer["Location"])
    assert "뺐어요" in after
    assert sent(browser, after, "way-back")["Location"] == path
    assert Scrap.objects.alive().get().category == "BAD"


def test_a_tag_that_was_taken_away_comes_back_by_pressing_a_button(browser, scrap):
    tag = row_where(Tag.objects, name="두통")
    answer = sent(browser, page(browser, "/medicines/scraps/"), f"tag-delete-{tag.pk}")
    assert answer["Location"] == f"/medicines/scraps/?gone=tag-{tag.pk}"
    assert sent(browser, page(browser, answer["Location"]), "way-back").status_code == 302
    assert Tag.objects.alive().count() == 2


def test_what_was_looked_at_comes_back_by_pressing_a_button(browser, owner, tablet):
    looking.note_view(owner_id=owner.pk, item_seq=TABLET)
    answer = sent(browser, page(browser, "/medicines/"), "recent-forget")
    assert not Viewed.objects.alive().exists()
    sent(browser, page(browser, answer["Location"]), "way-back")
    assert Viewed.objects.alive().count() == 1


@pytest.mark.parametrize(
    "gone",
    ["", "scrap", "scrap-", "scrap-x", "tag-1-2", "meal-1", "recent-1", "scrap-１", f"scrap-{'1' * 19}", "<b>", "//x"],
)
def test_a_way_back_is_offered_only_to_what_this_room_takes_away(browser, tablet, gone):
    assert "way-back" not in page(browser, f"/medicines/scraps/?gone={gone}")


def test_a_way_back_to_somebody_elses_row_leads_nowhere(stranger_browser, scrap):
    scraps.delete_scrap(owner_id=scrap.owner_id, scrap_id=scrap.pk)
    offered = page(stranger_browser, f"/medicines/scraps/?gone=scrap-{scrap.pk}")
    assert sent(stranger_browser, offered, "way-back").status_code == 404
    assert not Scrap.objects.alive().exists()


def test_letting_go_in_a_list_stays_in_the_list(browser, scrap):
    answer = sent(browser, page(browser, "/medicines/scraps/"), f"scrap-delete-{scrap.pk}")
    assert answer["Location"] == f"/medicines/scraps/?gone=scrap-{scrap.pk}"


def test_a_second_press_changes_nothing(browser, scrap):
    html = page(browser, "/medicines/scraps/")
    first, second = (sent(browser, html, f"scrap-delete-{scrap.pk}") for _ in range(2))
    assert first["Location"] == second["Location"]
    once, twice = (browser.post(f"/medicines/scraps/{scrap.pk}/restore/") for _ in range(2))
    assert once["Location"] == twice["Location"] == f"/medicines/{TABLET}/"
    assert Scrap.objects.alive().count() == 1


@pytest.mark.parametrize("name", ["#", "가" * 31, "비상 약"])
def test_a_name_of_a_tag_that_is_refused_stays_in_its_field(browser, scrap, name):
    tag = row_where(Tag.objects, name="두통")
    html = html_of(browser.post(f"/medicines/scraps/tags/{tag.pk}/", {"name": name}), 422)
    field = re.search(rf'<input[^>]*id="tag-name-{tag.pk}"[^>]*>', html)[0]
    assert f'value="{name}"' in field and 'aria-invalid="true"' in field and "tag-problem" in field
    assert 'id="tags-edit" open' in html and "<h1>" in html
    assert Tag.objects.get(pk=tag.pk).name == "두통"


def test_a_name_of_a_tag_is_changed_by_its_form(browser, scrap):
    tag = row_where(Tag.objects, name="두통")
    assert browser.post(f"/medicines/scraps/tags/{tag.pk}/", {"name": "머리"})["Location"] == "/medicines/scraps/"
    assert "#머리" in page(browser, "/medicines/scraps/")


@pytest.mark.parametrize(
    "form",
    [
        {"category": "BEST"},
        {"notes": "가" * 1001},
        {"notes": "새 메모", "tags": ",".join(f"t{n}" for n in range(11))},
        {"notes": "새 메모", "tags": "가" * 31},
    ],
)
def test_what_is_refused_is_shown_on_a_page_with_what_was_typed(browser, scrap, form):
    html = html_of(browser.post(MINE, form), 422)
    assert "field-error" in html and "<h1" in html
    for typed in (form.get("notes", ""), form.get("tags", "")):
        assert typed in html
    assert Scrap.objects.get().notes == "두통에 한 알."


def test_more_than_can_be_kept_is_said_on_the_page(browser, owner, tablet, monkeypatch):
    monkeypatch.setattr(rules, "MOST_SCRAPS", 1)
    put_on_the_shelf("300000001", "다른 약")
    scraps.set_scrap(owner_id=owner.pk, item_seq="300000001", said={})
    assert "까지 담아 둘 수 있어요" in html_of(browser.post(MINE, {"category": "GOOD", "notes": "메모"}), 422)


def test_what_is_said_of_no_medicine_is_missing(browser, tablet):
    assert browser.post("/medicines/202000009/mine/", {"category": "GOOD"}).status_code == 404
    assert not Scrap.objects.exists()


@pytest.mark.parametrize("path", ["/medicines/understood/", "/medicines/recent/forget/", "/medicines/recent/restore/"])
def test_what_changes_something_is_never_done_by_reading(browser, tablet, path):
    assert browser.get(path).status_code == 405


def test_pages_lead_to_one_another_and_say_where_one_is(browser, tablet):
    for path in ("/medicines/", "/medicines/identify/", "/medicines/scraps/"):
        html = page(browser, path)
        assert len(re.findall(r'class="segment" href="[^"]+" aria-current="page"', html)) == 1
        assert f'href="{path}" aria-current="page"' in html
        assert len(re.findall(r"<h1", html)) == 1


@pytest.mark.parametrize(
    "query", ["", "   ", "%00", "%EF%BF%BD", "a" * 300, "'; DROP TABLE", "<script>", "(", "%25", "\\"]
)
def test_whatever_is_asked_for_there_is_a_page(browser, tablet, query):
    assert "<script>alert" not in page(browser, f"/medicines/?q={query}")
    page(browser, f"/medicines/identify/?front={query}&shape={query}&color={query}")
    page(browser, f"/medicines/scraps/?tag={query}&category={query}&page={query}")


def test_a_korean_query_may_come_as_it_is(browser, tablet):
    answer = browser.get("/medicines/", QUERY_STRING="q=하루정".encode().decode("latin-1"))
    assert f"/medicines/{TABLET}/" in html_of(answer)
