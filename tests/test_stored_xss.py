"""What people write is words: two hundred hostile strings in every text of every body and every form, read wherever shown.

Each text is written in each turn with as many of them as it holds, other ones each time. With ONHARU_XSS_TURNS=222 each of
them stands first in each text once (about an hour); without it two turns show that each of them is kept, on a page and in
an answer.
"""

import json
import os
import re
from dataclasses import dataclass, field

import pytest

from conftest import signed_in
from onharu.kernel import rates
from tests import medicine_shelf, pharmacy_shelf, text_places
from tests.isolation import address_of, document
from tests.page_routes import ABSENT, THE_VIEWERS, filled, page_routes
from tests.test_strangers import rows_of
from tests.xss_corpus import CLASSES, CORPUS, numbers
from tests.xss_reading import all_whole, smuggled, texts
from tests.xss_writing import forms, typed, write_bodies, write_forms

pytestmark = [pytest.mark.slow, pytest.mark.django_db, pytest.mark.timeout(400)]
TURNS = int(os.environ.get("ONHARU_XSS_TURNS", "2"))
# Texts of bodies that none of the corpus gets into, and why.
NUMBER_OF_A_MEDICINE = "nine digits"
PASS = "a password, code or token: compared, never shown"
TICKET = "a ticket of ours that a ceremony with a device goes on with"
CLOCK = "a time of the day"
KNOWN = "one of a list"
REFUSED = {
    "post /api/medicines/interactions/ item_seqs.0": NUMBER_OF_A_MEDICINE,
    "post /api/medicines/recent/ item_seq": NUMBER_OF_A_MEDICINE,
    "post /api/regimens/ item_seq": NUMBER_OF_A_MEDICINE,
    "patch /api/regimens/{id}/ item_seq": NUMBER_OF_A_MEDICINE,
    "post /api/scraps/ item_seq": NUMBER_OF_A_MEDICINE,
    "put /api/movement/ places.0": KNOWN,
    "put /api/movement/ equipment.0": KNOWN,
    "put /api/movement/ spare.0": KNOWN,
    "put /api/movement/ avoid.0": KNOWN,
    "patch /api/users/me/ zone": KNOWN,
    "post /api/pharmacies/nearest/ open_at": CLOCK,
    "put /api/reminders/settings/ quiet_from": CLOCK,
    "put /api/reminders/settings/ quiet_to": CLOCK,
    **dict.fromkeys((f"put /api/routine/ {at}" for at in ("wake", "breakfast", "lunch", "dinner", "sleep")), CLOCK),
    "post /api/push/subscriptions/ keys.p256dh": "a key of a browser",
    "post /api/push/subscriptions/ keys.auth": "a key of a browser",
    "post /api/regimens/ sentence": "a sentence is understood to its last word",
    "patch /api/regimens/{id}/ sentence": "a sentence is understood to its last word",
    "post /api/workoutplans/{id}/generate-ai/ wish": "no language model here",
    "post /api/users/ username": "letters and digits",
    "post /auth/register/ username": "letters and digits",
    "post /api/users/ email": "an e-mail address",
    "post /auth/register/ email": "an e-mail address",
    "post /api/workoutlogs/ source": "six characters: shorter than any of the corpus",
    "post /api/me/passkeys/ name": "taken with a passkey of a device; written where it is changed",
    "post /api/me/passkeys/ ticket": TICKET,
    "post /api/me/passkeys/begin/ password": PASS,
    "post /api/me/security/password/ password": PASS,
    "post /api/me/security/password/ new_password": PASS,
    "post /api/me/security/recovery-codes/ password": PASS,
    "post /api/me/security/second-factor/ code": PASS,
    "post /api/me/security/second-factor/ ticket": TICKET,
    "post /api/me/security/second-factor/begin/ password": PASS,
    "post /api/reminders/answer/ token": PASS,
    "post /api/shares/accept/ code": PASS,
    "post /auth/exchange/ code": PASS,
    "post /auth/exchange/ verifier": PASS,
    "post /auth/exchange/ redirect_uri": PASS,
    "post /auth/logout/ refresh": PASS,
    "post /auth/token/ username": PASS,
    "post /auth/token/ password": PASS,
    "post /auth/token/refresh/ refresh": PASS,
    "post /auth/token/second/ ticket": PASS,
    "post /auth/token/second/ code": PASS,
    "post /auth/token/verify/ token": PASS,
    "post /auth/passkey/ ticket": TICKET,
    "post /auth/passkey/begin/ second_ticket": TICKET,
}
REFUSED_BY_FORMS = {
    "post /medicines/family/join/ code": PASS,
    "post /medicines/regimens/new/ sentence": "a sentence is understood to its last word",
    "post /medicines/regimens/N/edit/ sentence": "a sentence is understood to its last word",
    "post /meals/foods/recipes/new/ name": "a recipe has food in it; the name of one that has is written at its own form",
}

# Where a sentence is said back in pieces: what was understood of it, and what was not.
BY_WORD = ("post /medicines/regimens/new/ sentence", "post /medicines/regimens/N/edit/ sentence")


@dataclass
class Found:
    """What came of it."""

    tried: set[str] = field(default_factory=set)
    taken: set[str] = field(default_factory=set)
    kept: set[int] = field(default_factory=set)
    failed: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    untyped: list[str] = field(default_factory=list)
    on_pages: set[int] = field(default_factory=set)
    in_answers: set[int] = field(default_factory=set)
    typed: set[str] = field(default_factory=set)


def written_and_read(owner, relative, rice, walking):
    owner.is_staff = True  # registers others
    owner.save()
    browser, seen = signed_in(owner), Found()
    browser.defaults["HTTP_USER_AGENT"] = CORPUS[10]  # what a browser says of itself is shown among the sign-ins
    rows = world(browser, relative, rice, walking)
    found = forms(browser, rows)
    seen.typed = typed(found)
    for turn in range(TURNS):
        offset = turn * len(CORPUS) // TURNS
        for one in (*write_bodies(browser, rows, offset), *write_forms(browser, found, offset)):
            note(seen, one)
        read_pages(signed_in(owner), rows, seen)
        read_answers(signed_in(owner), rows, seen)
    return seen


def world(browser, relative, rice, walking):
    return {
        **rows_of(browser, relative, rice),
        "rice": rice.pk,
        "walking": walking.pk,
        "tablet": medicine_shelf.TABLET,
        "pharmacy": pharmacy_shelf.put("온하루약국").pk,
        "secret": "nobody",
        "receipt": "nobody",
    }


def note(seen, one):
    seen.tried.add(one.where)
    if one.taken:
        seen.taken.add(one.where)
        seen.kept |= numbers(one.said)
    if one.answer.status_code >= 500:
        seen.failed.append(f"{one.where} {one.said!r} → {one.answer.status_code}")
    look(seen, one.answer, f"{one.where} {one.said!r}")


def look(seen, answer, where):
    """Read an answer, whichever kind it is."""
    kind = answer.headers.get("Content-Type", "")
    if answer.streaming or not (kind or answer.content):
        return
    if numbers(" ".join(f"{name}: {value}" for name, value in answer.headers.items() if name not in SAID_IN_HEADERS)):
        seen.wrong.append(f"{where}: in a header {dict(answer.headers)}")
    if kind.startswith("text/html"):
        text = answer.content.decode()
        seen.on_pages |= numbers(text)
        seen.wrong += [f"{where}: {one}" for one in smuggled(text, by_word=where.startswith(BY_WORD))]
    elif numbers(answer.content.decode(errors="replace")):
        if "json" not in kind or answer["X-Content-Type-Options"] != "nosniff":
            seen.untyped.append(f"{where}: {kind}")
        else:
            seen.in_answers |= set().union(*map(all_whole, texts(json.loads(answer.content))))


SAID_IN_HEADERS = {"HX-Trigger", "Location", "HX-Location", "HX-Push-Url", "Set-Cookie"}


def read_pages(browser, rows, seen):
    for route in page_routes():
        if route in ABSENT or route.startswith(THE_VIEWERS):
            continue
        rates.forget()
        path = filled(route, rows)
        look(seen, browser.get(path), path)
        look(seen, browser.get(path, headers={"HX-Request": "true"}), f"{path} as a part")


def read_answers(browser, rows, seen):
    for path, by_method in document()["paths"].items():
        if "get" in by_method and not path.startswith("/auth/"):
            rates.forget()
            asked = path.replace("{day}", text_places.DAY).replace("{item_seq}", rows["tablet"])
            asked = asked.replace("{pharmacy_id}", str(rows["pharmacy"]))
            look(seen, browser.get(asked if "{" not in asked else address_of(path, rows)), asked)


def test_there_are_two_hundred_strings_of_every_kind():
    assert len(CORPUS) == len(set(CORPUS)) >= 200
    assert all(numbers(said) == {number} for number, said in enumerate(CORPUS, start=1))
    assert min(map(len, CLASSES.values())) >= 10


def test_a_text_that_became_markup_is_found():
    """So that the reading below cannot pass by seeing nothing."""
    for said in CORPUS:
        if re.search(r"<[a-zA-Z/!]", said):
            assert smuggled(f"<p>{said}</p>"), said
    for broken in ('<a href="javascript:xss_053()">', "<p title='' onfocus='xss_039()'>", '<script>"xss_010"</script>',
                   "<b hx-vals='js:{x:xss_108()}'>", "<p>49xss_085</p>", '<form action="//xss_063.example">'):  # fmt: skip
        assert smuggled(broken), broken
    assert smuggled("<p>&lt;b id=xss_010&gt;</p><input value='&lt;b id=xss_010&gt;'>") == []


def test_what_people_write_is_words_wherever_it_is_shown(owner, relative, rice, walking, noon):
    """One test, as one house full of it takes half a minute to write and to read."""
    found = written_and_read(owner, relative, rice, walking)
    assert found.failed == []  # nothing breaks
    assert found.wrong == []  # no element, attribute, address or header came out of a word
    assert found.untyped == []  # any other answer says that it is JSON, and is not guessed at
    # Every text of every body and form is written, or refused for a reason that stands above.
    refused = {place.key for place in text_places.places()} - found.taken
    assert (sorted(refused - set(REFUSED)), sorted(set(REFUSED) - refused)) == ([], [])
    refused = found.typed - found.taken
    assert (sorted(refused - set(REFUSED_BY_FORMS)), sorted(set(REFUSED_BY_FORMS) - refused)) == ([], [])
    # Nothing of this could pass by not being shown.
    everything = set(range(1, len(CORPUS) + 1))
    assert (everything - found.kept, everything - found.on_pages, everything - found.in_answers) == (
        set(),
        set(),
        set(),
    )
