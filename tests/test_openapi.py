"""The OpenAPI document and the guarded doors: generated from the addresses, so that a new one cannot be forgotten."""

import json
import re

import pytest
from django.urls import URLPattern, URLResolver, get_resolver
from drf_spectacular.drainage import GENERATOR_STATS
from drf_spectacular.generators import SchemaGenerator

PUBLIC = {
    "/auth/register/", "/auth/token/", "/auth/token/second/", "/auth/token/refresh/", "/auth/token/verify/", "/auth/logout/",
    "/auth/passkey/", "/auth/passkey/begin/",
    "/auth/exchange/", "/auth/kakao/login/", "/auth/kakao/callback/", "/auth/naver/login/", "/auth/naver/callback/",
    "/api/erasures/<slug:receipt>/",  # whoever left holds the receipt and has no account any more
    "/api/reminders/answer/",  # a notification answers with a signed token; its session may be gone
    "/api/pharmacies/", "/api/pharmacies/nearest/", "/api/pharmacies/<int:pharmacy_id>/",  # everybody's
}  # fmt: skip
SAMPLES = {
    "int": "987654321",
    "uuid": "00000000-0000-4000-8000-000000000000",
    "day": "2026-11-22",
    "str": "unknown",
    "slug": "unknown",
}


def addresses(patterns=None, before=""):
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        path = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns, path)
        elif isinstance(pattern, URLPattern):
            yield "/" + path


def api_addresses():
    return sorted(path for path in addresses() if path.startswith(("/api/", "/auth/")))


def example_of(path):
    return re.sub(r"<(?:(\w+):)?\w+>", lambda found: SAMPLES[found[1] or "str"], path)


@pytest.fixture(scope="module")
def document():
    GENERATOR_STATS.reset()
    found = SchemaGenerator().get_schema(request=None, public=True)
    return json.loads(json.dumps(found, default=str))


def test_the_document_is_made_without_a_warning(document):
    assert dict(GENERATOR_STATS._warn_cache) == {}
    assert dict(GENERATOR_STATS._error_cache) == {}


def test_every_api_address_is_in_the_document(document):
    def shape(path):
        return re.sub(r"<[^>]+>|\{[^}]+\}", "{}", path)

    assert {shape(path) for path in api_addresses()} == {shape(path) for path in document["paths"]}


def test_every_operation_has_an_example_and_a_sentence(document):
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            answers = [answer for answer in operation["responses"].values() if "content" in answer]
            sends = operation.get("requestBody")
            assert operation.get("description"), (method, path)
            assert not (answers or sends) or '"examples"' in json.dumps(operation), (method, path)


@pytest.mark.django_db
@pytest.mark.parametrize("path", [path for path in api_addresses() if path not in PUBLIC])
def test_no_door_below_api_opens_without_signing_in(client, path):
    for method in ("get", "post", "put", "patch", "delete"):
        response = getattr(client, method)(example_of(path))
        assert response.status_code == 401, (method, path)
        assert response["Content-Type"] == "application/problem+json"


@pytest.mark.django_db
@pytest.mark.parametrize("path", [path for path in api_addresses() if "<int:" in path or "<uuid:" in path])
def test_an_id_that_is_nobodys_is_missing_at_every_door(browser, path):
    response = browser.get(example_of(path))
    assert response.status_code in (403, 404, 405), path


@pytest.mark.parametrize("path", ["/openapi.json", "/docs/", "/redoc/", "/healthz", "/readyz", "/probe/api-healthz"])
@pytest.mark.django_db
def test_the_public_doors_answer(client, path):
    assert client.get(path).status_code == 200
