from datetime import date

import pytest
from django.db import transaction

from onharu.kernel import days
from onharu.kernel.days import changed_since, day_touched, touch, version_of

DAY = date(2026, 11, 22)


@pytest.fixture
def heard():
    found = []

    def listen(touched, **_):
        found.append(touched)

    day_touched.connect(listen)
    yield found
    day_touched.disconnect(listen)


def test_a_day_nobody_wrote_on_has_version_zero(owner):
    assert version_of(owner.pk, DAY) == 0


def test_versions_only_grow_even_when_the_clock_stands_still(owner, noon):
    touch(owner.pk, DAY)
    first = version_of(owner.pk, DAY)
    touch(owner.pk, DAY)
    assert version_of(owner.pk, DAY) == first + 1


def test_screens_hear_of_a_change_only_after_it_is_committed(owner, heard, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        touch(owner.pk, DAY, DAY)
        assert heard == []
    assert [(one.owner_id, one.day) for one in heard] == [(owner.pk, DAY)]
    assert heard[0].version == version_of(owner.pk, DAY)


@pytest.mark.django_db(transaction=True)
def test_a_change_that_is_rolled_back_is_never_heard_of(heard, django_user_model):
    owner = django_user_model.objects.create_user("somebody", "s@example.com", "x")

    def write_and_fail():
        touch(owner.pk, DAY)
        raise RuntimeError

    with pytest.raises(RuntimeError), transaction.atomic():
        write_and_fail()
    assert heard == []
    assert version_of(owner.pk, DAY) == 0


def test_a_broken_stream_resumes_from_what_it_missed(owner, stranger, noon):
    touch(owner.pk, date(2026, 11, 20))
    seen = version_of(owner.pk, date(2026, 11, 20))
    touch(owner.pk, DAY)
    touch(stranger.pk, DAY)
    missed = list(changed_since(owner.pk, seen - 1))
    assert [one.day for one in missed] == [date(2026, 11, 20), DAY]
    assert all(isinstance(one, days.Touched) and one.owner_id == owner.pk for one in missed)
