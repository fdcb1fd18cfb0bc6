"""A sign-in that waits for its code, as its browser remembers it: in the session, on which nobody is signed in yet."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from onharu.accounts import social
from onharu.accounts.second import SecondWanted

NAME = "second.waiting"


@dataclass(frozen=True, slots=True)
class Waiting:
    """The ticket, and the path to go on to."""

    ticket: str
    onward: str

    def keep(self, request: HttpRequest) -> None:
        """Remember it in this browser."""
        request.session[NAME] = [self.ticket, self.onward]


def ask_code(request: HttpRequest, wanted: SecondWanted, onward: str) -> HttpResponse:
    """Remember the ticket in this browser and send it to the page that asks for the code."""
    Waiting(wanted.ticket, social.own_path(onward)).keep(request)
    return redirect("sign-in-second")


def waiting_of(request: HttpRequest) -> Waiting | None:
    """Tell what waits in this browser."""
    kept = request.session.get(NAME)
    return Waiting(*kept) if kept else None


def end_waiting(request: HttpRequest) -> None:
    """Forget what waits here, before the session becomes somebody's."""
    request.session.pop(NAME, None)
