import threading
from datetime import timedelta

import pytest
from django.db import connection

from onharu.kernel import clock, idempotency
from onharu.kernel.idempotency import KeyReused, Reply, SavedReply, once
from onharu.kernel.problems import Invalid

MARK = idempotency.fingerprint("POST", "/api/things/", b"{}")


def test_the_first_reply_is_given_again_byte_for_byte(owner):
    calls = []

    def run():
        calls.append(1)
        return Reply(status=201, body=b'{"id":1}')

    first = once(owner_id=owner.pk, key="k", mark=MARK, run=run)
    again = once(owner_id=owner.pk, key="k", mark=MARK, run=run)
    assert (again.status, again.body) == (first.status, first.body)
    assert again.replayed
    assert len(calls) == 1


def test_a_key_for_another_request_is_refused(owner):
    once(owner_id=owner.pk, key="k", mark=MARK, run=lambda: Reply(201, b"1"))
    with pytest.raises(KeyReused):
        once(owner_id=owner.pk, key="k", mark=idempotency.fingerprint("POST", "/x", b""), run=lambda: Reply(201, b"2"))


def test_two_people_may_choose_the_same_key(owner, stranger):
    once(owner_id=owner.pk, key="k", mark=MARK, run=lambda: Reply(201, b"mine"))
    assert once(owner_id=stranger.pk, key="k", mark=MARK, run=lambda: Reply(201, b"theirs")).body == b"theirs"


def test_a_refusal_is_not_remembered(owner):
    def refuse():
        raise Invalid

    with pytest.raises(Invalid):
        once(owner_id=owner.pk, key="k", mark=MARK, run=refuse)
    assert once(owner_id=owner.pk, key="k", mark=MARK, run=lambda: Reply(201, b"now")).body == b"now"


@pytest.mark.parametrize("key", ["", "k" * 256])
def test_a_key_has_1_to_255_characters(owner, key):
    with pytest.raises(Invalid):
        once(owner_id=owner.pk, key=key, mark=MARK, run=lambda: Reply(201, b""))


def test_parts_of_a_fingerprint_cannot_run_into_each_other():
    assert idempotency.fingerprint("ab", "c") != idempotency.fingerprint("a", "bc")


@pytest.mark.django_db(transaction=True)
def test_a_hundred_at_once_do_it_once(django_user_model):
    owner_id = django_user_model.objects.create_user("somebody", "s@example.com", "x").pk
    calls, bodies = [], []

    def run():
        calls.append(1)
        return Reply(status=201, body=b"once")

    def ask():
        try:
            for _ in range(10):
                bodies.append(once(owner_id=owner_id, key="k", mark=MARK, run=run).body)
        finally:
            connection.close()

    askers = [threading.Thread(target=ask) for _ in range(10)]
    for asker in askers:
        asker.start()
    for asker in askers:
        asker.join(60)
    assert bodies == [b"once"] * 100
    assert SavedReply.objects.count() == 1
    assert len(calls) == 1


def test_old_replies_are_forgotten(owner):
    once(owner_id=owner.pk, key="k", mark=MARK, run=lambda: Reply(201, b"1"))
    SavedReply.objects.update(created_at=clock.now() - idempotency.KEPT - timedelta(minutes=1))
    assert idempotency.forget_old() == 1
