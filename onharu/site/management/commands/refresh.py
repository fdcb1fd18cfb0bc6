"""`onharu refresh KIND`: bring the newest official data from data.go.kr onto the shelf."""

from __future__ import annotations

import argparse
from typing import Any, Protocol

from django.core.management import BaseCommand, CommandError

from onharu.catalog.medicines.public import (
    refresh_contraindications,
    refresh_medicines,
    refresh_pills,
)
from onharu.catalog.pharmacies.public import refresh_pharmacies
from onharu.kernel import clock
from onharu.kernel.problems import Problem
from onharu.kernel.readings import RefreshReport
from onharu.site.bars import Heard, bar

SHOWN_REFUSALS = 20
# sysexits.h: a failure that passes; the same command goes on later.
COME_BACK = 75
WORDS = {
    "labels": "e약은요", "permits": "허가 목록", "substances": "주성분", "pills": "낱알식별",
    "pair": "병용금기", "age": "특정연령대금기", "pregnancy": "임부금기", "dose": "용량주의",
    "duration": "투여기간주의", "elderly": "노인주의", "duplicate": "효능군중복", "split": "서방정 분할주의",
    "directory": "전국 약국 전체", "list": "전국 약국 목록",
}  # fmt: skip
# What the operator can do about a refusal.
CURES = {
    "key_missing": "DATA_GO_KR_KEY를 넣어 주세요.",
    "key_unknown": "등록되지 않은 인증키예요. 포털의 일반 인증키를 그대로 옮겼는지 확인해 주세요.",
    "unauthorised": "등록되지 않은 인증키예요. 받은 지 한 시간이 안 됐다면 조금 뒤에 다시 해 보세요.",
    "key_expired": "인증키의 활용 기간이 끝났어요. 포털에서 연장해 주세요.",
    "not_applied_for": "이 자료의 활용신청이 되어 있지 않아요. 포털에서 신청한 뒤 한 시간쯤 기다려 주세요.",
    "forbidden": "이 자료의 활용신청이 되어 있지 않아요. 포털에서 신청한 뒤 한 시간쯤 기다려 주세요.",
    "address_unknown": "이 서버의 주소(IP)가 포털에 등록되어 있지 않아요.",
    "address_blocked": "이 서버의 주소(IP)가 포털에서 막혀 있어요.",
    "no_service": "서비스의 판이 바뀌었어요. 새 경로를 DATA_GO_KR_PATHS에 적어 주세요.",
}


class Refresher(Protocol):
    """Brings one kind of official data in; the report has what this command prints."""

    def __call__(self, *, progress: Heard | None = None, anew: bool = False) -> RefreshReport: ...  # noqa: D102


REFRESHERS: dict[str, Refresher] = {
    "medicines": refresh_medicines,
    "pills": refresh_pills,
    "contraindications": refresh_contraindications,
    "pharmacies": refresh_pharmacies,
}


class Command(BaseCommand):
    """Refreshes official data page by page; stopped, it goes on where it was."""

    help = "Bring the newest official data from data.go.kr (DATA_GO_KR_KEY). Goes on where it was stopped."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Take the kind, and whether to begin anew."""
        parser.add_argument("kind", choices=sorted(REFRESHERS), help="what to refresh")
        parser.add_argument("--anew", action="store_true", help="begin at the first row, not where it stopped")

    def handle(self, *_: Any, kind: str, anew: bool, verbosity: int, **__: Any) -> None:
        """Refresh and list the counts; exits with 75 when the same command should be given again later."""
        try:
            with bar(shown=verbosity > 0) as heard:
                report = REFRESHERS[kind](progress=heard, anew=anew)
        except Problem as problem:
            raise CommandError(problem.ko) from problem
        for table in report.tables:
            self.stdout.write(_told(table))
            for one in table.refused[:SHOWN_REFUSALS]:
                self.stdout.write(f"  {one.line}번째 줄 {one.name}: {one.reason}")
            if len(table.refused) > SHOWN_REFUSALS:
                self.stdout.write(f"  … 그 밖에 {len(table.refused) - SHOWN_REFUSALS:,}줄")
            if report.stopped is None and not (table.finished or table.kept):
                self.stdout.write("  다 오지 않아서 다음 표로 채워요.")
        self._close(report)

    def _close(self, report: RefreshReport) -> None:
        """Say in one sentence how to go on, when there is a reason to."""
        if report.stopped is not None:
            raise CommandError(_why(report), returncode=1 if report.stopped.lasting else COME_BACK)
        if kept := [named(table.table) for table in report.tables if table.kept]:
            raise CommandError(
                f"{', '.join(kept)}: 알려 온 줄의 90 %가 오지 않아서 있던 것을 그대로 두었어요. "
                f"나중에 `onharu refresh {report.kind}`를 다시 해 주세요.",
                returncode=COME_BACK,
            )


def named(table: str) -> str:
    """Call a table as people do."""
    family, _, kind = table.partition(".")
    if not kind:
        return WORDS[table]
    return f"DUR {'성분' if family == 'notices' else '품목'} {WORDS[kind]}"


def _told(table: Any) -> str:
    begun = f"{table.start + 1:,}번째 줄부터 이어서 " if table.start else ""
    return (
        f"{named(table.table)}: {begun}{table.total:,}줄 가운데 {table.arrived:,}줄 옴 · 새로 {table.new:,} · "
        f"바뀜 {table.changed:,} · 그대로 {table.same:,} · 건너뜀 {table.passed:,} · 거절 {len(table.refused):,}"
        f"{f' · 목록에서 빠짐 {table.gone:,}' if table.gone else ''}"
    )


def _why(report: RefreshReport) -> str:
    stopped = report.stopped
    assert stopped is not None  # noqa: S101 asked before
    where = f"{named(stopped.table)} {stopped.row:,}번째 줄"
    again = f"onharu refresh {report.kind}"
    if stopped.lasting:
        cure = CURES.get(stopped.reason, f"data.go.kr이 거절했어요 ({stopped.reason}).")
        return f"{where}에서 멈췄어요. {cure} 고친 뒤 `{again}`를 다시 하면 거기서부터 이어요."
    if stopped.reason == "quota" and stopped.go_on_at:
        at = stopped.go_on_at.astimezone(clock.zone(clock.DEFAULT_ZONE))
        return (
            f"오늘 쓸 수 있는 호출을 다 써서 {where}에서 멈췄어요. "
            f"{at.month}월 {at.day}일 {at.hour}시(한국 시각)가 지나 `{again}`를 다시 하면 거기서부터 이어요."
        )
    return (
        f"data.go.kr이 제대로 답하지 않아({stopped.reason}) {where}에서 멈췄어요. "
        f"나중에 `{again}`를 다시 하면 거기서부터 이어요."
    )
