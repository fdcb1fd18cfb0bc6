"""Which outside servers the environment chooses, for `settings.UPSTREAM`. Absent means embedded: no network, no key."""

from __future__ import annotations

from typing import Any

from onharu.site import env

Chosen = dict[str, dict[str, Any]]
OFF = frozenset({"off", "0", "no", "false"})


def chosen() -> Chosen:
    """Read the environment into the entries of the capabilities that it names."""
    entries = {
        "food_vision": _food_vision(),
        "plain_words": _plain_words(),
        "medicine_facts": _official("medicine_facts"),
        "pharmacy_directory": _official("pharmacy_directory", "pharmacies."),
        "web_push": _web_push(),
        "maps": _maps(),
        "sign_in": _sign_in(),
    }
    return {capability: entry for capability, entry in entries.items() if entry is not None}


def _food_vision() -> dict[str, Any] | None:
    if env.text("HF_TOKEN") and env.flag("FOOD_VISION_CLOUD"):
        return {
            "BACKEND": "onharu.upstream.food_vision.backends.hugging_face.Backend",
            "OPTIONS": {
                "token": env.text("HF_TOKEN"),
                "model": env.text("FOOD_VISION_HF_MODEL", "nateraw/food"),
                "base_url": env.text("FOOD_VISION_HF_URL"),
            },
        }
    if env.text("FOOD_VISION_MODEL"):
        return {
            "BACKEND": "onharu.upstream.food_vision.backends.onnx_file.Backend",
            "OPTIONS": {"path": env.text("FOOD_VISION_MODEL"), "labels": env.text("FOOD_VISION_LABELS")},
        }
    return None


def _plain_words() -> dict[str, Any] | None:
    if not env.text("LLM_BASE_URL"):
        return None
    return {
        "BACKEND": "onharu.upstream.plain_words.backends.openai_compatible.Backend",
        "OPTIONS": {
            "base_url": env.text("LLM_BASE_URL"),
            "model": env.text("LLM_MODEL"),
            "key": env.text("LLM_API_KEY"),
            "seconds": env.number("LLM_SECONDS", 45),
            "at_home": env.flag("LLM_AT_HOME"),
        },
    }


def _official(capability: str, family: str = "") -> dict[str, Any] | None:
    """Choose data.go.kr for a capability; the paths of its tables are those that begin with its family."""
    if not env.text("DATA_GO_KR_KEY"):
        return None
    said = dict(word.partition("=")[::2] for word in env.words("DATA_GO_KR_PATHS"))
    return {
        "BACKEND": f"onharu.upstream.{capability}.backends.data_go_kr.Backend",
        "OPTIONS": {
            "key": env.text("DATA_GO_KR_KEY"),
            "base_url": env.text("DATA_GO_KR_URL"),
            "paths": {
                table.removeprefix(family): path
                for table, path in said.items()
                if table.startswith("pharmacies.") == bool(family)
            },
        },
    }


def _maps() -> dict[str, Any] | None:
    options = {"rest_key": env.text("KAKAO_REST_KEY"), "js_key": env.text("KAKAO_JS_KEY")}
    if not any(options.values()):
        return None
    return {
        "BACKEND": "onharu.upstream.maps.backends.kakao.Backend",
        "OPTIONS": options | {"base_url": env.text("KAKAO_URL")},
    }


def _sign_in() -> dict[str, Any] | None:
    options = {"kakao": _kakao_login(), "naver": _naver_login()}
    if not any(options.values()):
        return None
    return {
        "BACKEND": "onharu.upstream.sign_in.backends.companies.Backend",
        "OPTIONS": {name: one for name, one in options.items() if one is not None},
    }


def _kakao_login() -> dict[str, Any] | None:
    if not env.text("KAKAO_REST_KEY") or env.text("KAKAO_LOGIN").strip().lower() in OFF:
        return None
    return {
        "client_id": env.text("KAKAO_REST_KEY"),
        "client_secret": env.text("KAKAO_CLIENT_SECRET"),
        "scopes": env.words("KAKAO_LOGIN_SCOPES", "openid,profile_nickname"),
        "auth_url": env.text("KAKAO_AUTH_URL"),
        "api_url": env.text("KAKAO_API_URL"),
    }


def _naver_login() -> dict[str, Any] | None:
    if not (env.text("NAVER_CLIENT_ID") and env.text("NAVER_CLIENT_SECRET")):
        return None
    return {
        "client_id": env.text("NAVER_CLIENT_ID"),
        "client_secret": env.text("NAVER_CLIENT_SECRET"),
        "auth_url": env.text("NAVER_AUTH_URL"),
        "api_url": env.text("NAVER_API_URL"),
    }


def _web_push() -> dict[str, Any] | None:
    if env.text("WEB_PUSH").strip().lower() in OFF:
        return {"BACKEND": "onharu.upstream.web_push.backends.off.Backend"}
    options = {
        "key": env.text("VAPID_PRIVATE_KEY"),
        "subject": env.text("VAPID_SUBJECT") or public_address(),
        "homes": env.words("WEB_PUSH_HOMES"),
    }
    if not any(options.values()):
        return None
    return {"BACKEND": "onharu.upstream.web_push.backends.embedded.Backend", "OPTIONS": options}


def public_address() -> str:
    """Tell where people reach this house, without a slash at the end; "" when nobody said it."""
    said = env.text("PUBLIC_URL") or next(iter(env.words("CSRF_TRUSTED_ORIGINS")), "")
    return said.rstrip("/") if said.startswith("https://") or env.text("PUBLIC_URL") else ""
