import pytest
from django.test import Client

from conftest import PASSWORD
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


def test_staff_change_neither_names_nor_profiles_and_delete_nobody(office, owner):
    office.post(page_of(owner), {"username": "other", "is_active": "on", "profile-0-nickname": "other"})
    kept = User.objects.get(pk=owner.pk)
    assert (kept.username, kept.profile.nickname) == ("owner", "owner")
    assert office.get(f"/admin/accounts/user/{owner.pk}/delete/").status_code == 403
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
