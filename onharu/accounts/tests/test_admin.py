import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.auth.models import Permission
from django.test import Client

from conftest import PASSWORD
from onharu.accounts.alerted import Alert
from onharu.accounts.models import SignIn, User
from onharu.accounts.tests.conftest import Script


@pytest.fixture
def office(db, django_user_model):
    """The browser of a superuser."""
    boss = django_user_model.objects.create_superuser("boss", None, PASSWORD)
    client = Client()
    client.force_login(boss, backend="onharu.accounts.backends.AccountBackend")
    return client


def page_of(user):
    return f"/admin/accounts/user/{user.pk}/change/"


def test_staff_find_people_but_not_what_they_say_about_their_bodies(office, owner):
    page = office.get(page_of(owner)).content.decode()
    assert "owner@example.com" in page
    assert "Asia/Seoul" in page
    assert "1986" not in page
    assert "160" not in page


def test_staff_change_neither_names_nor_profiles_and_add_nobody(office, owner):
    office.post(page_of(owner), {"username": "other", "is_active": "on", "profile-0-nickname": "other"})
    kept = User.objects.get(pk=owner.pk)
    assert (kept.username, kept.profile.nickname) == ("owner", "owner")
    assert office.get("/admin/accounts/user/add/").status_code == 403


def test_keeping_somebody_out_ends_their_access(office, owner, tokens, django_capture_on_commit_callbacks):
    inline = {f"profile-{name}_FORMS": "0" for name in ("TOTAL", "INITIAL")}
    with django_capture_on_commit_callbacks(execute=True):
        assert office.post(page_of(owner), inline).status_code == 302
    assert not User.objects.get(pk=owner.pk).is_active
    assert Script(tokens["access"]).get("/api/users/me/").status_code == 401


def test_the_office_has_no_door_of_its_own(db, owner, browser):
    assert Client().get("/admin/", follow=True).redirect_chain[-1][0].startswith("/login/?next=/admin/")
    assert Client().post("/admin/login/", {"username": "boss", "password": PASSWORD}).status_code == 302
    assert not SignIn.objects.filter(user__username="boss").exists()
    assert browser.get("/admin/", follow=True).status_code == 403


def test_the_office_changes_a_password_where_everybody_does(office):
    for answer in (
        office.get("/admin/password_change/"),
        office.post("/admin/password_change/", {"old_password": "x"}),
    ):
        assert (answer.status_code, answer["Location"]) == (302, "/me/security/")


def end_second_step(office, *people):
    chosen = {"action": "end_second_step", "_selected_action": [one.pk for one in people]}
    return office.post("/admin/accounts/user/", chosen, follow=True).content.decode()


@pytest.fixture
def app(owner):
    """The owner's authenticator app and recovery codes."""
    TOTP.activate(owner, generate_totp_secret())
    RecoveryCodes.activate(owner)


def test_who_lost_app_and_codes_is_let_in_by_the_office_and_is_told(office, owner, app, browser):
    assert "2단계 인증을 껐어요: owner" in end_second_step(office, owner)
    assert not Authenticator.objects.exists()
    assert Script().post("/auth/token/", {"username": "owner", "password": PASSWORD}).status_code == 200
    told = Alert.objects.filter(owner=owner, kind="second_off").values_list("device", "address")
    assert list(told) == [("관리자 (admin)", "")]
    seen = browser.get("/api/me/access/").json()["results"]
    (row,) = [one for one in seen if one["kind"] == "secure"]
    assert (row["by_me"], row["address"]) == (False, None)
    assert row["who"].startswith("관리자")
    assert "2단계 인증이 꺼져 있었어요: owner" in end_second_step(office, owner)
    assert Alert.objects.filter(kind="second_off").count() == 1


def test_nobody_but_a_superuser_switches_it_off_and_nobody_their_own(office, owner, app, django_user_model):
    boss = django_user_model.objects.get(username="boss")
    TOTP.activate(boss, generate_totp_secret())
    end_second_step(office, boss)
    clerk = django_user_model.objects.create_user("clerk", None, PASSWORD, is_staff=True)
    clerk.user_permissions.set(Permission.objects.filter(codename__in=("view_user", "change_user")))
    desk = Client()
    desk.force_login(clerk, backend="onharu.accounts.backends.AccountBackend")
    assert "end_second_step" not in end_second_step(desk, owner)
    assert set(Authenticator.objects.filter(type="totp").values_list("user", flat=True)) == {boss.pk, owner.pk}


@pytest.mark.parametrize("path", ["mfa/authenticator/", "account/emailaddress/", "socialaccount/socialtoken/"])
def test_how_people_sign_in_is_no_table_of_the_office(office, path):
    assert office.get(f"/admin/{path}").status_code == 404
