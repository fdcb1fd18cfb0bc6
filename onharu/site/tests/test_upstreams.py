"""What the environment chooses: nothing by itself, and a backend with its options for what is named."""

import pytest

from onharu.site import upstreams

NAMES = ["HF_TOKEN", "FOOD_VISION_CLOUD", "FOOD_VISION_MODEL", "LLM_BASE_URL", "DATA_GO_KR_KEY", "DATA_GO_KR_URL",
         "DATA_GO_KR_PATHS", "DATA_GO_KR_KEY_FILE", "KAKAO_REST_KEY", "KAKAO_LOGIN", "KAKAO_LOGIN_SCOPES",
         "KAKAO_CLIENT_SECRET", "NAVER_CLIENT_ID", "NAVER_CLIENT_SECRET"]  # fmt: skip


@pytest.fixture
def environment(monkeypatch):
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)

    def named(**values):
        for name, value in values.items():
            monkeypatch.setenv(name, value)
        return upstreams.chosen()

    return named


def test_nothing_named_means_nothing_leaves(environment):
    assert environment() == {}


@pytest.mark.parametrize(
    "values",
    [{"HF_TOKEN": "t"}, {"FOOD_VISION_CLOUD": "1"}, {"DATA_GO_KR_URL": "https://a.example"}, {"DATA_GO_KR_KEY": ""}],
)
def test_half_of_what_is_needed_chooses_nothing(environment, values):
    assert environment(**values) == {}


def test_a_token_and_a_yes_choose_the_cloud_over_a_file(environment):
    chosen = environment(HF_TOKEN="t", FOOD_VISION_CLOUD="yes", FOOD_VISION_MODEL="/m.onnx")
    assert chosen["food_vision"]["BACKEND"].endswith("hugging_face.Backend")
    assert chosen["food_vision"]["OPTIONS"]["token"] == "t"


def test_a_model_file_and_a_chat_address_choose_theirs(environment):
    chosen = environment(FOOD_VISION_MODEL="/m.onnx", LLM_BASE_URL="http://localhost:11434/v1")
    assert chosen["food_vision"]["OPTIONS"]["path"] == "/m.onnx"
    assert chosen["plain_words"]["OPTIONS"]["base_url"] == "http://localhost:11434/v1"


def test_a_key_of_data_go_kr_may_come_from_a_file_with_paths_beside_it(environment, tmp_path):
    (tmp_path / "key").write_text("a%2Bb\n", encoding="utf-8")
    chosen = environment(
        DATA_GO_KR_KEY_FILE=str(tmp_path / "key"), DATA_GO_KR_PATHS="permits=A09/b09, substances=A09/c09"
    )
    assert chosen["medicine_facts"]["OPTIONS"] == {
        "key": "a%2Bb",
        "base_url": "",
        "paths": {"permits": "A09/b09", "substances": "A09/c09"},
    }


def test_kakao_and_naver_are_offered_by_their_keys(environment):
    chosen = environment(KAKAO_REST_KEY="k", NAVER_CLIENT_ID="n", NAVER_CLIENT_SECRET="s")["sign_in"]
    assert chosen["BACKEND"] == "onharu.upstream.sign_in.backends.companies.Backend"
    assert set(chosen["OPTIONS"]) == {"kakao", "naver"}
    assert chosen["OPTIONS"]["kakao"]["scopes"] == ["openid", "profile_nickname"]


@pytest.mark.parametrize(
    "values",
    [
        {"NAVER_CLIENT_ID": "n"},
        {"NAVER_CLIENT_SECRET": "s"},
        {"KAKAO_CLIENT_SECRET": "s"},
        {"KAKAO_REST_KEY": "k", "KAKAO_LOGIN": "off"},
    ],
)
def test_half_of_the_keys_or_a_no_offers_nobody(environment, values):
    assert "sign_in" not in environment(**values)


def test_the_same_key_asks_for_pharmacies_and_each_has_its_own_paths(environment):
    chosen = environment(DATA_GO_KR_KEY="k", DATA_GO_KR_PATHS="permits=A09/b09, pharmacies.directory=B/full")
    assert chosen["pharmacy_directory"] == {
        "BACKEND": "onharu.upstream.pharmacy_directory.backends.data_go_kr.Backend",
        "OPTIONS": {"key": "k", "base_url": "", "paths": {"directory": "B/full"}},
    }
    assert chosen["medicine_facts"]["OPTIONS"]["paths"] == {"permits": "A09/b09"}
