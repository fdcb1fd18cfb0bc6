from conftest import PASSWORD
from onharu.accounts.tests.conftest import Script


def test_a_sign_in_answers_with_tokens_and_the_user(script, owner):
    answer = script.post("/auth/token/", {"username": "owner", "password": PASSWORD})
    assert answer.status_code == 200
    assert answer.json()["user"]["username"] == "owner"
    assert Script(answer.json()["access"]).get("/api/users/me/").json()["id"] == owner.pk
