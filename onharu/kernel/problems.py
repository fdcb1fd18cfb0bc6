"""The families of everything that can go wrong, each said in Korean and English (RFC 9457).

    Problem
    ├── Invalid      400  the request cannot be understood or breaks a rule
    ├── Unsigned     401  nobody is signed in
    ├── Refused      403  signed in, and not allowed
    ├── Missing      404  not there, or not yours: the two answer alike
    ├── Conflict     409  the state of things stands against it
    ├── TooMany      429  slow down
    └── Unavailable  503  somebody else's server, try later

A room defines its own errors beside what raises them, as instances or subclasses of a family.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

FieldErrors = Mapping[str, Sequence[str]]


class Problem(Exception):
    """Something a person or a client can be told. `code` is stable; the words are for people."""

    status = 500
    code = "problem"
    ko = "문제가 생겼어요. 잠시 뒤에 다시 해 주세요."
    en = "Something went wrong. Please try again in a moment."

    def __init__(
        self,
        code: str | None = None,
        ko: str | None = None,
        en: str | None = None,
        *,
        errors: FieldErrors | None = None,
        retry_after: int | None = None,
    ) -> None:
        self.code = code or self.code
        self.ko = ko or self.ko
        self.en = en or self.en
        self.errors = errors or {}
        self.retry_after = retry_after
        # Members of the document beyond those of every problem (RFC 9457, 3.2).
        self.more: Mapping[str, str] = {}
        super().__init__(f"{self.code}: {self.en}")


class Invalid(Problem):
    """The request cannot be understood or breaks a rule; nothing was changed."""

    status = 400
    code = "invalid"
    ko = "입력한 내용을 확인해 주세요."
    en = "Please check what was sent."


class Unsigned(Problem):
    """Nobody is signed in, or the token does not hold any more."""

    status = 401
    code = "unsigned"
    ko = "로그인이 필요해요."
    en = "Please sign in."


class Refused(Problem):
    """Not allowed, now and later; asking again changes nothing."""

    status = 403
    code = "refused"
    ko = "허용되지 않은 요청이에요."
    en = "This is not allowed."


class Missing(Problem):
    """Not there, or not this person's: the two answer exactly alike."""

    status = 404
    code = "missing"
    ko = "찾을 수 없어요."
    en = "Not found."


class Conflict(Problem):
    """The state of things stands against the request."""

    status = 409
    code = "conflict"
    ko = "이미 바뀐 내용과 맞지 않아요. 새로 고친 뒤 다시 해 주세요."
    en = "This conflicts with what is already there. Reload and try again."


class TooMany(Problem):
    """Too many requests; `retry_after` says when to come back, in seconds."""

    status = 429
    code = "too_many"
    ko = "요청이 너무 많아요. 잠시 뒤에 다시 해 주세요."
    en = "Too many requests. Please try again later."


class Unavailable(Problem):
    """Another company's server does not answer; it may later."""

    status = 503
    code = "unavailable"
    ko = "바깥 서비스가 지금 답하지 않아요. 잠시 뒤에 다시 해 주세요."
    en = "An outside service does not answer right now. Please try again later."


class Busy(Unavailable):
    """The database does not answer, or not in time; nothing was changed."""

    code = "busy"
    ko = "지금은 읽거나 저장할 수 없어요. 잠시 뒤에 다시 해 주세요."
    en = "Nothing can be read or saved right now. Please try again in a moment."
