import pytest

from onharu.upstream import registry, sign_in
from onharu.upstream.sign_in.tests.companies import Companies


@pytest.fixture
def companies(httpserver, settings):
    """Both companies on this machine, chosen by the settings."""
    made = Companies(httpserver)
    settings.UPSTREAM = made.settings()
    registry.reset()
    yield made
    registry.reset()


@pytest.fixture
def asking():
    """A sign-in that is about to be begun."""
    challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"  # RFC 7636, appendix B
    return sign_in.Asking("the-state", "the-nonce", challenge, "https://onharu.example/auth/callback/")
