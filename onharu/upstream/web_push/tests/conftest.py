"""A browser on loopback, and our own sender that may reach it."""

import pytest

from onharu.upstream.web_push.backends import embedded
from onharu.upstream.web_push.port import Message, Subscription
from tests.push_endpoint import PushServer

SUBJECT = "mailto:who@example.com"


@pytest.fixture
def server():
    found = PushServer()
    yield found
    found.close()


@pytest.fixture
def sender(server, tmp_path):
    return embedded.Backend(subject=SUBJECT, homes=[server.base], folder=tmp_path)


@pytest.fixture
def subscription(server):
    said = server.subscribe()
    return Subscription(said["endpoint"], said["keys"]["p256dh"], said["keys"]["auth"])


@pytest.fixture
def message():
    return Message(payload='{"title": "복용 시간이에요"}'.encode(), ttl=600, topic="a" * 32)
