"""Which backend answers, and what the operator is told about it."""

from threading import Thread

import pytest
from django.core.checks import run_checks

from onharu.upstream import registry
from onharu.upstream.checks import chosen_backends

FACE = "onharu.upstream.food_vision.backends.hugging_face.Backend"
FILE = "onharu.upstream.food_vision.backends.onnx_file.Backend"


def choose(settings, backend, **options):
    settings.UPSTREAM = {"food_vision": {"BACKEND": backend, "OPTIONS": options}}
    registry.reset()


def test_an_absent_setting_means_embedded(settings):
    settings.UPSTREAM = {}
    assert registry.backend_of("food_vision").source == "embedded"
    assert registry.backend_of("food_vision") is registry.embedded_of("food_vision")


def test_the_setting_chooses_and_its_options_are_handed_over(settings):
    choose(settings, FACE, token="t", model="a/b")
    backend = registry.backend_of("food_vision")
    assert (backend.source, backend.model) == ("hugging_face", "a/b")


def test_options_may_be_absent(settings):
    settings.UPSTREAM = {"food_vision": {"BACKEND": FACE}}
    assert registry.backend_of("food_vision").model == "nateraw/food"


def test_a_backend_is_made_once_even_when_many_threads_ask(settings):
    choose(settings, FACE, token="t")
    found = []
    threads = [Thread(target=lambda: found.append(registry.backend_of("food_vision"))) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({id(one) for one in found}) == 1


def test_changed_settings_are_read_after_a_reset(settings):
    choose(settings, FACE, token="t", model="a/b")
    assert registry.backend_of("food_vision").model == "a/b"
    choose(settings, FACE, token="t", model="c/d")
    assert registry.backend_of("food_vision").model == "c/d"


def test_nothing_is_said_about_the_embedded_default(settings):
    settings.UPSTREAM = {}
    assert chosen_backends(None) == []


def test_a_backend_that_sends_photographs_out_is_pointed_at(settings):
    choose(settings, FACE, token="t")
    (message,) = chosen_backends(None)
    assert message.id == "onharu.W101"
    assert "hugging_face" in message.msg
    assert message.hint


def test_a_missing_key_is_pointed_at(settings):
    choose(settings, FACE)
    assert [message.id for message in chosen_backends(None)] == ["onharu.W101", "onharu.W102"]
    assert "HF_TOKEN" in chosen_backends(None)[1].msg


def test_a_missing_model_file_is_pointed_at_and_nothing_leaves_home(settings, tmp_path):
    choose(settings, FILE, path=str(tmp_path / "none.onnx"))
    assert [message.id for message in chosen_backends(None)] == ["onharu.W102"]


@pytest.mark.parametrize(("backend", "options"), [("no.such.Backend", {}), (FACE, {"tokn": "t"}), ("nonsense", {})])
def test_settings_that_cannot_work_are_an_error(settings, backend, options):
    choose(settings, backend, **options)
    assert [message.id for message in chosen_backends(None)] == ["onharu.E101"]


def test_the_key_is_in_no_message(settings):
    choose(settings, FACE, token="CANARY", model="a/b")
    assert "CANARY" not in repr(chosen_backends(None))


def test_django_asks_these_checks(settings):
    choose(settings, FACE, token="t")
    assert "onharu.W101" in {message.id for message in run_checks()}


def test_a_backend_says_itself_what_it_sends(settings):
    backend = "onharu.upstream.medicine_facts.backends.data_go_kr.Backend"
    settings.UPSTREAM = {"medicine_facts": {"BACKEND": backend, "OPTIONS": {"key": "CANARY"}}}
    registry.reset()
    (message,) = chosen_backends(None)
    assert message.id == "onharu.W101"
    assert "names of medicines that this house does not know" in message.msg
    assert "Never who asked" in message.hint
    assert "CANARY" not in repr(message)


def test_a_path_for_no_table_is_an_error(settings):
    backend = "onharu.upstream.medicine_facts.backends.data_go_kr.Backend"
    options = {"key": "k", "paths": {"nonsense": "a/b"}}
    settings.UPSTREAM = {"medicine_facts": {"BACKEND": backend, "OPTIONS": options}}
    registry.reset()
    assert [message.id for message in chosen_backends(None)] == ["onharu.E101"]
