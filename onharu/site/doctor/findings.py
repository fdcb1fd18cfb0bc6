"""One line of the doctor's: how something is, and what to do where it is not well. No Django here."""

from __future__ import annotations

from dataclasses import dataclass

MARKS = {"good": "✓", "warn": "!", "bad": "✗"}
NAMES = {
    "environment": "환경 변수", "keys": "비밀 열쇠", "folder": "데이터 폴더", "disk": "디스크", "media": "사진",
    "backup": "백업", "clock": "시계", "cache": "캐시", "outside": "바깥 서버", "push": "웹 푸시", "mail": "메일",
    "database": "데이터베이스", "integrity": "온전함", "migrations": "마이그레이션", "field_keys": "칸의 열쇠",
    "jobs": "할 일", "record": "접근 기록", "catalogues": "자료",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found: good, warn or bad; figures and names that need no language; and what to do, in both."""

    name: str
    state: str
    said: str
    ko: str = ""
    en: str = ""


def good(name: str, said: str) -> Finding:
    """Tell that something is well."""
    return Finding(name, "good", said)


def warn(name: str, said: str, ko: str, en: str) -> Finding:
    """Tell of something that should be seen to."""
    return Finding(name, "warn", said, ko, en)


def bad(name: str, said: str, ko: str, en: str) -> Finding:
    """Tell of something that does not work or will be lost."""
    return Finding(name, "bad", said, ko, en)


def lines(finding: Finding) -> list[str]:
    """Write a finding for the screen."""
    head = f"{MARKS[finding.state]} {NAMES[finding.name]} {finding.name}: {finding.said}"
    return [head, *(f"    → {words}" for words in (finding.ko, finding.en) if words)]
