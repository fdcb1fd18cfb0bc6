"""What a person is told of their account, where, and who is believed when they answer."""

import json
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client

from conftest import PASSWORD, signed_in
from onharu.accounts import principal, rules
from onharu.accounts.actions import letters
from onharu.accounts.alerted import Alert, SeenDevice
from onharu.accounts.belongings import BELONGINGS
from onharu.accounts.devices import network_of
from onharu.accounts.jobs import forget_alerts
from onharu.accounts.models import Outgoing, Profile, SignIn
from onharu.accounts.tests.authenticator import Authenticator
from onharu.accounts.tests.conftest import Script
from onharu.accounts.tests.social import who
from onharu.accounts.tests.test_passkeys import added
from onharu.accounts.tests.test_second_steps import AT, code_at
from onharu.kernel import clock, jobs
from onharu.kernel.access.tables import AccessRow

pytestmark = pytest.mark.usefixtures("noon")
KNOWN = {"username": "owner", "password": PASSWORD}
PHONE = "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/130.0 Mobile Safari/537.36"
LAPTOP = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:132.0) Gecko/20100101 Firefox/132.0"
HOME, ABROAD = "203.0.113.9", "198.51.100.7"


def browser_of(agent=PHONE, address=HOME):
    return Client(headers={"User-Agent": agent}, REMOTE_ADDR=address)


def come(agent=PHONE, address=HOME):
    client = browser_of(agent, address)
    assert client.post("/login/", KNOWN).status_code == 302
    return client


def app_on(agent=PHONE, address=HOME):
    """A script that signed in there, with its tokens."""
    found = Script()
    found.client = browser_of(agent, address)
    found.tokens = found.post("/auth/token/", KNOWN).json()
    found.headers = {"Authorization": f"Bearer {found.tokens['access']}"}
    return found


@pytest.fixture
def phone(owner):
    """Where the owner signed in first."""
    return come()


def kinds():
    return list(Alert.objects.order_by("pk").values_list("kind", flat=True))


def banner(client):
    return "처음 보는 기기에서 로그인했어요" in client.get("/today/").content.decode()


def answer(client, mine, row=None):
    row = row or Alert.objects.get()
    return client.post(f"/me/security/alerts/{row.pk}/", {"mine": mine})


def later(monkeypatch, **more):
    at = AT + timedelta(**more)
    monkeypatch.setattr(clock, "now", lambda: at)
    principal.reset()
    return at


# --- what is a device -------------------------------------------------------------------------------------------


def test_the_first_sign_in_of_all_is_told_to_nobody(phone):
    assert kinds() == []
    assert SeenDevice.objects.count() == 1


@pytest.mark.parametrize(
    ("agent", "address", "told"),
    [
        (PHONE, HOME, False),
        (PHONE.replace("130.0", "131.0"), HOME, False),  # a new edition of the same
        (PHONE, "203.0.200.1", False),  # a phone moves about in its network
        (PHONE, ABROAD, True),
        (LAPTOP, HOME, True),
    ],
)
def test_another_kind_of_device_or_another_network_is_told_of(phone, agent, address, told):
    come(agent, address)
    assert kinds() == ["new_device"] * told
    come(agent, address)
    assert kinds() == ["new_device"] * told  # the second time it is known


def test_an_app_is_a_device_too(phone):
    app_on("OnharuApp/1")
    assert kinds() == ["new_device"]


def test_two_people_on_one_device_do_not_know_it_for_each_other(phone, stranger):
    browser_of().post("/login/", {**KNOWN, "username": "stranger"})
    assert len(set(SeenDevice.objects.values_list("mark", flat=True))) == 2


def test_a_device_is_known_for_two_months_after_signing_out(phone, monkeypatch):
    phone.post("/logout/")
    later(monkeypatch, days=59)
    come().post("/logout/")
    assert kinds() == []
    later(monkeypatch, days=59 + 60)
    come()
    assert kinds() == ["new_device"]


def test_a_device_whose_session_goes_on_is_known_until_two_months_after_its_end(phone, monkeypatch):
    later(monkeypatch, days=119)
    come()
    assert kinds() == []
    later(monkeypatch, days=119 + 120)
    come()
    assert kinds() == ["new_device"]


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.9", "203.0.*.*"),
        ("2001:db8:7:1::/64", "2001:0db8:*"),
        ("", ""),
        ("unix:", ""),
    ],
)
def test_of_an_address_its_beginning_is_kept(address, network):
    assert network_of(address) == network


def test_the_database_tells_neither_device_nor_address_of_what_is_known(phone):
    row = SeenDevice.objects.get()
    assert all(part not in row.mark for part in ("203", "Chrome"))
    assert {one.name for one in SeenDevice._meta.concrete_fields} == {"id", "owner", "mark", "known_until"}


# --- where it is shown -------------------------------------------------------------------------------------------


def test_other_sessions_show_it_on_their_next_page_and_the_new_one_does_not(phone):
    thief = come(LAPTOP, ABROAD)
    assert banner(phone)
    assert not banner(thief)
    page = phone.get("/me/security/").content.decode()
    assert "Firefox · Windows" in page and "198.51.*.*" in page and ABROAD not in page
    assert "지금 이곳" in thief.get("/me/security/").content.decode()


def test_a_page_asks_nothing_more_where_nothing_happened(phone, django_assert_num_queries):
    phone.get("/me/consents/")
    with django_assert_num_queries(3):  # the profile's consents and two counts of its own
        phone.get("/me/consents/")
    come(LAPTOP)
    answer(phone, "yes")
    phone.get("/me/consents/")
    with django_assert_num_queries(3):
        phone.get("/me/consents/")


def test_it_was_me_and_the_word_is_gone_everywhere(phone):
    laptop = come(LAPTOP)
    assert answer(phone, "yes")["Location"] == "/me/security/"
    assert not banner(phone)
    assert who(laptop) == "owner"
    assert "나였어요" in laptop.get("/me/security/").content.decode()


def test_it_was_not_me_ends_that_session_and_leads_to_another_password(phone, owner):
    thief = come(LAPTOP, ABROAD)
    assert answer(phone, "no")["Location"] == "/me/security/#change"
    assert who(thief) is None
    assert who(phone) == "owner"
    assert SignIn.objects.filter(user=owner).count() == 1
    come(LAPTOP, ABROAD)
    assert kinds() == ["new_device", "new_device"]  # it is not known from having been there


def test_it_was_not_me_ends_the_tokens_of_an_app(phone):
    pair = app_on(address=ABROAD).tokens
    answer(phone, "no")
    assert Script(pair["access"]).get("/api/users/me/").status_code == 401
    assert Script().post("/auth/token/refresh/", {"refresh": pair["refresh"]}).status_code == 401


def test_the_last_word_counts(phone):
    thief = come(LAPTOP)
    answer(phone, "yes")
    answer(phone, "no")
    assert who(thief) is None
    assert Alert.objects.get().mine is False


# --- who is believed ---------------------------------------------------------------------------------------------


def test_a_session_vouches_for_itself_in_no_way(phone):
    thief = come(LAPTOP, ABROAD)
    answer(thief, "yes")
    answer(thief, "no")
    again = come(LAPTOP, ABROAD)  # known by now
    answer(again, "yes")
    third = come("curl/8", ABROAD)
    fourth = come("curl/8", ABROAD)
    for client in (third, fourth):
        for row in Alert.objects.all():
            answer(client, "yes", row)
    assert list(Alert.objects.values_list("mine", flat=True)) == [None, None]
    assert banner(phone)


def test_once_vouched_for_it_vouches_for_others(phone):
    laptop = come(LAPTOP)
    answer(phone, "yes")
    come(PHONE, ABROAD)
    newest = Alert.objects.latest("pk")
    answer(laptop, "yes", newest)
    newest.refresh_from_db()
    assert newest.mine is True


def test_where_it_cannot_be_vouched_for_the_word_goes_after_a_week(phone, monkeypatch):
    come(LAPTOP)
    tablet = come("Mozilla/5.0 (iPad; CPU OS 18_0) Version/18.0 Safari/604.1")
    Alert.objects.filter(device__contains="iPad").update(at=AT - timedelta(days=1))
    assert banner(tablet)
    later(monkeypatch, days=7)
    assert not banner(tablet)
    assert banner(phone)


def test_the_alert_of_another_is_a_missing_one(phone, stranger):
    come(LAPTOP)
    other = signed_in(stranger)
    for number in (Alert.objects.get().pk, 987654321):
        assert other.post(f"/me/security/alerts/{number}/", {"mine": "no"}).status_code == 404
        said = other.post(f"/api/me/alerts/{number}/answer/", {"mine": False}, content_type="application/json")
        assert said.status_code == 404
    assert Alert.objects.get().mine is None


def test_an_app_reads_and_answers(phone):
    come(LAPTOP, ABROAD)
    app = app_on()
    rows = app.get("/api/me/alerts/").json()["results"]
    row = next(one for one in rows if one["device"].startswith("Firefox"))
    assert (row["kind"], row["address"], row["here"], row["answer"]) == ("new_device", "198.51.*.*", False, None)
    said = app.post(f"/api/me/alerts/{row['id']}/answer/", {"mine": False})
    assert (said.status_code, said.json()["answer"]) == (200, False)
    there = app_on(address=ABROAD)
    own = next(one for one in there.get("/api/me/alerts/").json()["results"] if one["here"])
    refused = there.post(f"/api/me/alerts/{own['id']}/answer/", {"mine": True})
    assert (refused.status_code, refused.json()["code"]) == (409, "alert_of_this_device")


# --- what else is told -------------------------------------------------------------------------------------------


def test_every_change_to_how_one_signs_in_is_told_and_recorded(phone, owner):
    laptop = come(LAPTOP)
    app = app_on(LAPTOP)
    begun = app.post("/api/me/security/second-factor/begin/", {"password": PASSWORD}).json()
    app.post("/api/me/security/second-factor/", {"ticket": begun["ticket"], "code": code_at(begun["secret"])})
    app.post("/api/me/security/recovery-codes/", {"password": PASSWORD})
    app.delete("/api/me/security/second-factor/", {"password": PASSWORD})
    made = added(app, Authenticator()).json()
    app.delete(f"/api/me/passkeys/{made['id']}/", {"password": PASSWORD})
    assert kinds() == ["new_device", "second_on", "codes", "second_off", "passkey_added", "passkey_removed"]
    assert "2단계 인증이 꺼졌어요" in phone.get("/me/security/").content.decode()
    assert "패스키가 지워졌어요" in phone.get("/today/").content.decode()
    assert "패스키가 지워졌어요" not in laptop.get("/today/").content.decode()  # the device that did it
    written = AccessRow.objects.filter(whose=owner.pk, kind="secure").order_by("sequence")
    assert list(written.values_list("what", flat=True)) == [
        "POST my-second-factor",
        "POST my-recovery-codes",
        "DELETE my-second-factor",
        "POST my-passkeys",
        "DELETE my-passkey",
    ]
    page = phone.get("/me/access/").content.decode()
    assert "로그인 방법을 바꿨어요" in page
    assert "POST my-" not in page  # the words say all


def test_another_password_is_told(phone):
    said = {"password": PASSWORD, "new_password": "another-long-one-3"}
    assert phone.post("/me/security/password/", said)["Location"] == "/me/security/"
    row = Alert.objects.get()
    assert (row.kind, row.device) == ("password", "Chrome · Android")


def test_a_token_that_came_twice_is_told(phone):
    first = app_on().tokens["refresh"]
    assert Script().post("/auth/token/refresh/", {"refresh": first}).status_code == 200
    assert Script().post("/auth/token/refresh/", {"refresh": first}).status_code == 401
    assert Script().post("/auth/token/refresh/", {"refresh": first}).status_code == 401
    row = Alert.objects.get()
    assert (row.kind, row.device) == ("token_reused", "Chrome · Android")
    assert "앱의 로그인이 복사된 것 같아" in phone.get("/today/").content.decode()


# --- letters -----------------------------------------------------------------------------------------------------


@pytest.fixture
def posted(settings):
    """A house that sends letters."""
    settings.MAIL_OFFERED, settings.PUBLIC_URL = True, "https://haru.example"
    return mail.outbox


def test_a_letter_tells_when_what_and_about_where_and_nothing_of_the_person(phone, posted, owner):
    come(LAPTOP, ABROAD)
    jobs.run_due()
    (letter,) = posted
    whole = f"{letter.subject}\n{letter.body}"
    assert letter.to == ["owner@example.com"]
    for part in ("처음 보는 기기에서 로그인했어요", "2026-11-22 12:00", "Firefox · Windows · 198.51.*.*"):
        assert part in whole
    assert whole.count("http") == 1 and "https://haru.example/me/security/\n" in f"{whole}\n"
    assert ABROAD not in whole and owner.username not in whole
    assert [(one.purpose, one.ok) for one in Outgoing.objects.of(owner.pk)] == [("mail", True)]
    row = Alert.objects.get()
    letters.send_alert(alert_id=row.pk)
    assert len(posted) == 1  # owed twice, sent once


def test_a_letter_is_in_the_persons_language(phone, posted):
    Profile.objects.update(language="en")
    principal.reset()
    come(LAPTOP)
    jobs.run_due()
    assert "A sign-in from a device not seen before" in posted[0].body


def test_what_a_browser_calls_itself_is_in_no_letter(phone, posted):
    come("pay-now.example please", ABROAD)
    jobs.run_due()
    assert "pay-now" not in posted[0].body
    assert "알 수 없는 기기" in posted[0].body
    assert not rules.is_known_device("")


@pytest.mark.parametrize("why", ["switched off", "no address", "no mail server"])
def test_no_letter_is_sent(phone, posted, settings, owner, why):
    if why == "switched off":
        assert phone.post("/me/security/alerts/mail/", {"wanted": "no"}).status_code == 302
    elif why == "no address":
        type(owner).objects.update(email=None)
    else:
        settings.MAIL_OFFERED = False
    principal.reset()
    come(LAPTOP)
    jobs.run_due()
    assert posted == []
    assert banner(phone)  # shown all the same


def test_letters_are_switched_by_an_app_too(phone, posted):
    app = app_on()
    assert app.get("/api/me/security/").json()["alert_mail"] is True
    assert app.patch("/api/me/security/", {"alert_mail": False}).json()["alert_mail"] is False
    assert app.get("/api/me/security/").json()["alert_mail"] is False
    assert "이메일로도 받기" in phone.get("/me/security/").content.decode()


def test_nobodys_letter_box_is_filled(phone, posted):
    for number in range(8):
        come(f"robot{number}")
    jobs.run_due()
    assert len(posted) == letters.MOST_A_DAY


# --- keeping -----------------------------------------------------------------------------------------------------


def test_all_of_it_is_forgotten_after_two_months(phone, owner, monkeypatch):
    come(LAPTOP)
    later(monkeypatch, days=59)
    forget_alerts()
    assert (Alert.objects.count(), Profile.objects.get(pk=owner.pk).alerted) == (1, True)
    later(monkeypatch, days=121)
    forget_alerts()
    assert (Alert.objects.count(), SeenDevice.objects.count()) == (0, 0)
    assert Profile.objects.get(pk=owner.pk).alerted is False


def test_it_is_in_ones_archive_without_the_marks(phone, owner):
    come(LAPTOP)
    written = {table.label: {column.name for column in table.columns()} for table in BELONGINGS.tables}
    assert {"kind", "at", "device", "address"} <= written["accounts.alert"]
    assert "mark" not in written["accounts.alert"] | written["accounts.seendevice"]
    assert not {"credential", "public_key"} & written["accounts.passkey"]
    assert json.dumps(sorted(written["accounts.passkey"]))
