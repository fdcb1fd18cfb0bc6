"""Either key of Kakao's, from the environment or from a file, chooses Kakao's maps."""

import pytest

from onharu.site import upstreams

KAKAO = "onharu.upstream.maps.backends.kakao.Backend"
NAMES = ("KAKAO_REST_KEY", "KAKAO_JS_KEY", "KAKAO_URL")


@pytest.fixture(autouse=True)
def _nothing_named(monkeypatch):
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(f"{name}_FILE", raising=False)


@pytest.mark.parametrize("named", [{}, {"KAKAO_URL": "http://127.0.0.1:9"}, {"KAKAO_JS_KEY": ""}])
def test_without_a_key_no_map_is_chosen(monkeypatch, named):
    for name, value in named.items():
        monkeypatch.setenv(name, value)
    assert "maps" not in upstreams.chosen()


@pytest.mark.parametrize(("name", "option"), [("KAKAO_REST_KEY", "rest_key"), ("KAKAO_JS_KEY", "js_key")])
def test_each_key_alone_chooses_kakao(monkeypatch, name, option):
    monkeypatch.setenv(name, "k")
    entry = upstreams.chosen()["maps"]
    assert entry["BACKEND"] == KAKAO
    assert {key: value for key, value in entry["OPTIONS"].items() if value} == {option: "k"}


def test_a_key_may_come_from_a_file_and_another_address_may_answer(monkeypatch, tmp_path):
    (tmp_path / "key").write_text("secret\n", encoding="utf-8")
    monkeypatch.setenv("KAKAO_REST_KEY_FILE", str(tmp_path / "key"))
    monkeypatch.setenv("KAKAO_URL", "http://127.0.0.1:9")
    assert upstreams.chosen()["maps"]["OPTIONS"] == {
        "rest_key": "secret",
        "js_key": "",
        "base_url": "http://127.0.0.1:9",
    }
