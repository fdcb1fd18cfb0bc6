"""Somebody at the front door of the booted house, from an address of their own, over TLS."""

from __future__ import annotations

import itertools
import ssl
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx

from tests.stack.house import HOST, House

PASSWORD = "a-long-password-9"
_numbers = itertools.count()


def context(house: House) -> ssl.SSLContext:
    """Trust the house's own certificate, and nobody else's."""
    return ssl.create_default_context(cafile=str(house.written.secrets / "tls_certificate"))


def client(house: House, **more: Any) -> httpx.Client:
    """Make a client that comes from an address of its own, and knows the house by its name."""
    transport = httpx.HTTPTransport(
        verify=context(house), local_address=house.places.somewhere(next(_numbers)), retries=0
    )
    headers = {"Host": f"{HOST}:{house.places.port('front')}", "Accept": "application/json", **more.pop("headers", {})}
    found = httpx.Client(
        base_url=f"https://{house.places.at('front')}", transport=transport, headers=headers, timeout=30, **more
    )
    return _named(found)


def _named(found: httpx.Client) -> httpx.Client:
    """Say the house's name in TLS, although its address is asked."""
    send = found.send

    def sent(request: httpx.Request, **more: Any) -> httpx.Response:
        request.extensions = {**request.extensions, "sni_hostname": HOST}
        return send(request, **more)

    found.send = sent  # type: ignore[method-assign]
    return found


class Person:
    """Somebody with a token, who has just registered."""

    def __init__(self, house: House, token: str = "") -> None:
        self.house, self.client, self.id = house, client(house), 0
        if not token:
            token = self._registered()
        self.client.headers["Authorization"] = token

    def _registered(self) -> str:
        self.name = f"p{uuid.uuid4().hex[:10]}"
        body = {"username": self.name, "password": PASSWORD, "nickname": "하루", "health_data": True}
        answer = self.client.post("/auth/register/", json=body)
        assert answer.status_code == 201, answer.text
        said = answer.json()
        self.id = int(said["user"]["id"])
        return f"Bearer {said['access']}"

    @contextmanager
    def again(self) -> Iterator[Person]:
        """Give the same person on another device."""
        other = Person(self.house, self.client.headers["Authorization"])
        try:
            yield other
        finally:
            other.close()

    def food(self) -> int:
        """Find something to eat."""
        found = self.client.get("/api/foods/", params={"q": "쌀밥"}).json()
        return int((found["results"] if isinstance(found, dict) else found)[0]["id"])

    def write(self, food: int, key: str = "") -> httpx.Response:
        """Note a meal, under a key of its own."""
        body = {"meal_type": "LUNCH", "items": [{"food": food, "grams": 100}]}
        return self.client.post("/api/meals/", json=body, headers={"Idempotency-Key": key or uuid.uuid4().hex})

    def read(self) -> httpx.Response:
        """Look at the day."""
        return self.client.get("/api/today/")

    def close(self) -> None:
        """Go away."""
        self.client.close()
