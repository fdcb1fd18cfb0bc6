"""What a person is told of the access record: who looked at theirs, changed it, or tried to sign in as them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from onharu.accounts.models import User
from onharu.kernel.access.tables import HOUSE, AccessRow, Kind
from onharu.kernel.access.words import called

ABOUT_SOMETHING = (Kind.LOOK, Kind.CHANGE)
OWN_KINDS = (Kind.SIGN_IN, Kind.SIGN_IN_FAILED, Kind.SIGN_OUT, Kind.SECURE)


@dataclass(frozen=True, slots=True)
class Seen:
    """One access as its person reads it. `address` is told only of tries to sign in as them, never of another."""

    id: int
    at: datetime
    who: str
    by_me: bool
    kind: str
    what: str
    address: str | None

    @property
    def about(self) -> str | None:
        """Tell what people call what was seen or changed; None where the few words say all, or nobody said."""
        return called(self.what) if self.kind in ABOUT_SOMETHING else None

    @property
    def where(self) -> str:
        """Tell what was seen or changed; what nobody gave words to is told by its route."""
        return self.about or (self.what if self.kind in ABOUT_SOMETHING else "")

    @property
    def said(self) -> str:
        """Say it in a few words."""
        return {
            Kind.LOOK: _("봤어요"),
            Kind.CHANGE: _("바꿨어요"),
            Kind.SIGN_IN: _("로그인했어요"),
            Kind.SIGN_IN_FAILED: _("로그인에 실패했어요"),
            Kind.SIGN_OUT: _("로그아웃했어요"),
            Kind.SECURE: _("로그인 방법을 바꿨어요"),
            Kind.EXPORT: _("내려받았어요"),
            Kind.ERASE: _("지웠어요"),
        }.get(Kind(self.kind), "")


class SeenList:
    """Who was at a person's records, the newest first; a slice costs two statements however long the record is."""

    def __init__(self, user_id: int) -> None:
        self.user_id = user_id
        self._rows: QuerySet[AccessRow] = AccessRow.objects.filter(whose=user_id, own=False).order_by("-sequence")

    def count(self) -> int:
        """Count them. One statement."""
        return self._rows.count()

    def __getitem__(self, which: slice) -> list[Seen]:
        """Read some of them, with the names of who they were."""
        rows = list(self._rows[which])
        numbers = {int(row.who) for row in rows if row.who.isdecimal()} - {self.user_id}
        names = {user.pk: _named(user) for user in User.objects.select_related("profile").filter(pk__in=numbers)}
        return [self._seen(row, names) for row in rows]

    def _seen(self, row: AccessRow, names: dict[int, str]) -> Seen:
        return Seen(
            id=row.sequence,
            at=row.at,
            who=self._who(row, names),
            by_me=row.who == str(self.user_id),
            kind=row.kind,
            what=row.what,
            address=(row.address or None) if row.kind in OWN_KINDS and row.who in ("", str(self.user_id)) else None,
        )

    def _who(self, row: AccessRow, names: dict[int, str]) -> str:
        if row.who == str(self.user_id):
            return _("나")
        if row.who == HOUSE:
            return _("온하루가 스스로")
        if not row.who.isdecimal():
            return _("달력 주소를 가진 곳") if row.kind == Kind.LOOK else _("로그인하지 않은 누군가")
        return names.get(int(row.who), _("지금은 없는 사람"))


def _named(user: User) -> str:
    return _("관리자 {name}").format(name=user.profile.shown_name) if user.is_staff else user.profile.shown_name
