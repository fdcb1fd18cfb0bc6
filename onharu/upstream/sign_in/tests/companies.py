"""Kakao and Naver on this machine: both dialects with their own checks, and every way to answer wrongly."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from cryptography.hazmat.primitives import hashes, hmac
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from onharu.kernel import clock
from onharu.upstream.http import Limits

CLIENT = {"kakao": "kakao-rest-key", "naver": "naver-client-id"}
SECRET = {"kakao": "kakao-secret", "naver": "naver-secret"}
ISSUER = "https://kauth.kakao.com"
KID = "key-1"
QUICK = Limits(deadline=2.0, connect=1.0, max_bytes=64_000, attempts=1)
Claims = dict[str, Any]


@lru_cache(maxsize=4)
def private_key(name: str = KID) -> rsa.RSAPrivateKey:
    """Make a key once for a test run."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def spelled(raw: bytes) -> str:
    """Write base64url without padding."""
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def part(value: object) -> str:
    """Write one part of a token."""
    return spelled(json.dumps(value).encode())


def number(value: int) -> str:
    """Write a number of a key."""
    return spelled(value.to_bytes((value.bit_length() + 7) // 8))


def public(name: str = KID, **changes: Any) -> dict[str, Any]:
    """Publish a key as its owner would."""
    numbers = private_key(name).public_key().public_numbers()
    said = {"kid": name, "kty": "RSA", "alg": "RS256", "use": "sig", "n": number(numbers.n), "e": number(numbers.e)}
    return said | changes


def signed(claims: Claims, header: dict[str, Any] | None = None, key: str = KID) -> str:
    """Sign claims with RS256."""
    text = f"{part(header or {'alg': 'RS256', 'typ': 'JWT', 'kid': KID})}.{part(claims)}"
    return f"{text}.{spelled(private_key(key).sign(text.encode(), padding.PKCS1v15(), hashes.SHA256()))}"


def unsigned(claims: Claims, algorithm: str = "none") -> str:
    """Sign claims with nothing."""
    return f"{part({'alg': algorithm, 'kid': KID})}.{part(claims)}."


def signed_with_the_public_key(claims: Claims) -> str:
    """Sign claims with HS256, with what everybody knows for a secret."""
    pem = private_key().public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    text = f"{part({'alg': 'HS256', 'kid': KID})}.{part(claims)}"
    mark = hmac.HMAC(pem, hashes.SHA256())
    mark.update(text.encode())
    return f"{text}.{spelled(mark.finalize())}"


def good_claims(nonce: str, subject: str = "4012345678", **changes: Any) -> Claims:
    """Say what a true token says."""
    at = int(clock.now().timestamp())
    said = {"iss": ISSUER, "aud": CLIENT["kakao"], "sub": subject, "iat": at, "exp": at + 21_599, "auth_time": at}
    return said | {"nonce": nonce} | changes


@dataclass
class Member:
    """Somebody with an account at both companies."""

    number: int = 4012345678
    naver_id: str = "kT3xYz0-abc_DEF"
    nickname: str = "하루"
    email: str = "haru@kakao.example"
    verified: bool = True


@dataclass
class Companies:
    """The two companies. Each of the last fields replaces what would be answered, for one attack."""

    server: HTTPServer
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    members: dict[str, Member] = field(default_factory=dict)
    keys: list[dict[str, Any]] = field(default_factory=lambda: [public()])
    asked: list[str] = field(default_factory=list)
    token: Callable[[Claims], str] = signed
    claims: Claims = field(default_factory=dict)
    kakao_me: Callable[[], Response] | None = None
    kakao_token: Callable[[], Response] | None = None
    naver_me: Callable[[], Response] | None = None
    naver_token: Callable[[], Response] | None = None

    def __post_init__(self) -> None:
        self.server.expect_request("/kauth/oauth/token", method="POST").respond_with_handler(self._kakao_token)
        self.server.expect_request("/kauth/.well-known/jwks.json").respond_with_handler(self._keys)
        self.server.expect_request("/kapi/v2/user/me").respond_with_handler(self._kakao_me)
        self.server.expect_request("/nid/oauth2.0/token", method="POST").respond_with_handler(self._naver_token)
        self.server.expect_request("/openapi/v1/nid/me").respond_with_handler(self._naver_me)

    def options(self, **more: Any) -> dict[str, dict[str, Any]]:
        """Give the options of both backends."""
        base = self.server.url_for("").rstrip("/")
        common = {"limits": QUICK} | more
        return {
            "kakao": {
                "client_id": CLIENT["kakao"], "client_secret": SECRET["kakao"], "scopes": ["openid", "account_email"],
                "auth_url": f"{base}/kauth", "api_url": f"{base}/kapi", **common,
            },
            "naver": {
                "client_id": CLIENT["naver"], "client_secret": SECRET["naver"],
                "auth_url": f"{base}/nid", "api_url": f"{base}/openapi", **common,
            },
        }  # fmt: skip

    def settings(self, **more: Any) -> dict[str, Any]:
        """Give the entry of settings.UPSTREAM."""
        return {
            "sign_in": {
                "BACKEND": "onharu.upstream.sign_in.backends.companies.Backend",
                "OPTIONS": self.options(**more),
            }
        }

    def consent(self, url: str, member: Member | None = None) -> str:
        """Agree on the company's page, as this member: the address that the browser is sent back to."""
        parts = urlsplit(url)
        said = {name: values[0] for name, values in parse_qs(parts.query).items()}
        company = "kakao" if "/kauth/" in parts.path else "naver"
        assert said["client_id"] == CLIENT[company] and said["response_type"] == "code" and said["state"]
        code = secrets.token_urlsafe(16)
        self.codes[code] = said | {"company": company}
        self.members[code] = member or Member()
        return f"{said['redirect_uri']}?{urlencode({'code': code, 'state': said['state']})}"

    def _spent(self, form: Any, company: str) -> dict[str, str] | None:
        """Take a code that was given to this client for this address, once."""
        said = self.codes.pop(form.get("code", ""), None)
        known = (form.get("client_id"), form.get("client_secret")) == (CLIENT[company], SECRET[company])
        if said is None or not known or said["company"] != company or form.get("grant_type") != "authorization_code":
            return None
        return said

    def _kakao_token(self, request: Request) -> Response:
        self.asked.append("kakao token")
        if self.kakao_token is not None:
            return self.kakao_token()
        form = request.form
        said = self._spent(form, "kakao")
        verifier = form.get("code_verifier", "")
        proven = said and said["code_challenge"] == spelled(hashlib.sha256(verifier.encode()).digest())
        if said is None or not proven or form.get("redirect_uri") != said["redirect_uri"]:
            body = {
                "error": "invalid_grant",
                "error_description": "authorization code not found",
                "error_code": "KOE320",
            }
            return answer(body, 400)
        member = self.members[form["code"]]
        claims = good_claims(said["nonce"], str(member.number)) | self.claims
        return answer(
            {"token_type": "bearer", "access_token": f"k-{form['code']}", "expires_in": 21599, "scope": "openid",
             "refresh_token": "never-kept", "refresh_token_expires_in": 5183999, "id_token": self.token(claims)}
        )  # fmt: skip

    def _keys(self, _request: Request) -> Response:
        self.asked.append("kakao keys")
        return answer({"keys": self.keys})

    def _kakao_me(self, request: Request) -> Response:
        self.asked.append("kakao me")
        if self.kakao_me is not None:
            return self.kakao_me()
        member = self.members.get(request.headers.get("Authorization", "").removeprefix("Bearer k-"))
        if member is None:
            return answer({"msg": "this access token does not exist", "code": -401}, 401)
        return answer(kakao_says(member))

    def _naver_token(self, request: Request) -> Response:
        self.asked.append("naver token")
        if self.naver_token is not None:
            return self.naver_token()
        said = self._spent(request.form, "naver")
        if said is None or request.form.get("state") != said["state"]:
            return answer({"error": "invalid_request", "error_description": "no valid data in session"})
        return answer(
            {
                "access_token": f"n-{request.form['code']}",
                "refresh_token": "r",
                "token_type": "bearer",
                "expires_in": "3600",
            }
        )

    def _naver_me(self, request: Request) -> Response:
        self.asked.append("naver me")
        if self.naver_me is not None:
            return self.naver_me()
        member = self.members.get(request.headers.get("Authorization", "").removeprefix("Bearer n-"))
        if member is None:
            return answer({"resultcode": "024", "message": "Authentication failed (인증에 실패했습니다.)"})
        return answer(naver_says(member))


def kakao_says(member: Member, **changes: Any) -> dict[str, Any]:
    """Tell of an account as Kakao does."""
    known = {
        "profile": {"nickname": member.nickname},
        "has_email": True,
        "is_email_valid": True,
        "is_email_verified": member.verified,
        "email": member.email,
    }
    return {"id": member.number, "connected_at": "2026-11-22T03:00:00Z", "kakao_account": known} | changes


def naver_says(member: Member, **changes: Any) -> dict[str, Any]:
    """Tell of an account as Naver does."""
    known = {"id": member.naver_id, "nickname": member.nickname, "email": member.email}
    return {"resultcode": "00", "message": "success", "response": known} | changes


def answer(body: object, status: int = 200) -> Response:
    """Answer JSON."""
    return Response(json.dumps(body), status=status, content_type="application/json")


def page(text: str, status: int = 200) -> Response:
    """Answer what is no JSON."""
    return Response(text, status=status, content_type="text/html")
