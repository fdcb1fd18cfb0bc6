"""Doubts in words, Korean and English: what was not said clearly and what was assumed. Never advice."""

# ruff: noqa: E501  # one way of saying a thing stands on one line; a Korean letter counts for two
from __future__ import annotations

from typing import Final, Literal

from onharu.records.medication.rules.sentences.tokens import Doubt

Language = Literal["ko", "en"]
_WORDS: Final[dict[str, tuple[str, str]]] = {
    "relation": ("식전인지 식후인지 없어 식사 때로 봤어요.", "Before or after the meal was not said: taken as with it."),
    "minutes_after": ("식후 몇 분인지 없어 30분으로 봤어요.", "How long after the meal was not said: taken as 30 minutes."),
    "minutes_before": ("식전 몇 분인지 없어 30분으로 봤어요.", "How long before the meal was not said: taken as 30 minutes."),
    "meals": ("어느 끼니인지 없어 {assumed} 식사로 봤어요.", "Which meals was not said: taken as {assumed}."),
    "fasting": ("공복이 언제인지 없어 ‘{assumed}’로 봤어요.", "When the stomach is empty was not said: taken as {assumed}."),
    "hour": ("‘{said}’의 오전·오후가 없어 {assumed}으로 봤어요.", "Morning or evening was not said for “{said}”: taken as {assumed}."),
    "night": ("‘{said}’: 취침 30분 전으로 봤어요.", "“{said}” was taken as 30 minutes before bedtime."),
    "times_moments": (
        "하루 {said}번이라고 했지만 적힌 때는 {assumed}번이에요. 적힌 때로 봤어요.",
        "{said} times a day was said, but {assumed} moments: the moments were taken.",
    ),
    "rhythms_count": (
        "하루 횟수와 간격이 맞지 않아, 하루 {said}번에 간격은 최소로 봤어요.",
        "Times a day and hours between do not agree: taken as {said} a day with that least gap.",
    ),
    "rhythms_every": (
        "하루 {said}번과 간격이 맞지 않아, 간격대로 봤어요.",
        "{said} times a day and the hours between do not agree: the hours between were taken.",
    ),
    "moments_interval": (
        "간격과 적힌 때가 맞지 않아, 적힌 때로 봤어요.",
        "The hours between and the moments do not agree: the moments were taken.",
    ),
    "bare_times": ("‘{said}번’을 하루 {said}번으로 봤어요.", "“{said} times” was taken as {said} times a day."),
    "range_times": ("하루 {said}번을 하루 {assumed}번으로 봤어요.", "{said} times a day was taken as {assumed}."),
    "total_even": ("하루 {said}의 양을 나누어 한 번에 {assumed}씩으로 봤어요.", "{said} a day was split: {assumed} at a time."),
    "total_uneven": ("하루 {said}이 나누어지지 않아 한 번에 {assumed}씩으로 봤어요.", "{said} a day cannot be split evenly: taken as {assumed} at a time."),
    "total_once": ("하루 {said}의 양을 한 번에 먹는 것으로 봤어요.", "{said} a day was taken as all at once."),
    "split": ("{said}번으로 나눈 양이 나누어지지 않아 한 번의 양으로 봤어요.", "The amount cannot be split by {said}: taken as that of one dose."),
    "once": ("하루 몇 번인지 없어 그날 한 번으로 봤어요.", "How often was not said: taken as once on such a day."),
    "week_days": ("‘{said}’의 요일이 없어 {assumed}요일로 봤어요.", "Which weekdays was not said for “{said}”: {assumed} were taken."),
    "week_day": ("‘{said}’의 요일이 없어 시작일부터 7일마다로 봤어요.", "Which weekday was not said: every 7 days from the start was taken."),
    "month_day": ("‘{said}’의 날짜가 없어 시작일과 같은 날로 봤어요.", "Which day of the month was not said: that of the start was taken."),
    "month_length": ("한 달을 30일로 봤어요.", "A month was taken as 30 days."),
    "bare_date": ("‘{said}’: 시작일로 봤어요.", "“{said}” was taken as the start."),
    "two_amounts": ("양이 두 가지여서 먼저 적힌 것으로 봤어요.", "Two amounts were said: the first was taken."),
    "left_amount": ("양이 적히지 않은 때가 있어 앞의 양으로 봤어요.", "A moment has no amount: the one before it was taken."),
    "two_units": ("단위가 두 가지여서 먼저 적힌 것으로 봤어요.", "Two units were said: the first was taken."),
    "most_times": ("최대 {said}회를 한 번에 1씩으로 셌어요.", "At most {said} times was counted as 1 each."),
    "needed_times": ("필요할 때의 ‘하루 {said}번’을 하루 최대로 봤어요.", "{said} times a day when needed was taken as the most in a day."),
    "needed_moment": ("필요할 때 먹는 약이라 적힌 때는 정해 두지 않았어요.", "It is taken when needed, so the moments were not planned."),
    "end_before_start": ("끝나는 날이 시작하는 날보다 앞서 비워 두었어요.", "The end is before the start: it was left open."),
    "end_days": ("기간과 끝나는 날이 맞지 않아, 적힌 끝나는 날로 봤어요.", "The length and the end do not agree: the end was taken."),
    "two_lengths": ("기간이 두 가지여서 먼저 적힌 것으로 봤어요.", "Two lengths were said: the first was taken."),
    "two_days": ("날이 두 가지여서 더 드문 것으로 봤어요.", "Two kinds of days were said: the rarer were taken."),
    "slip": ("‘{said}’ → ‘{assumed}’: 이렇게 읽었어요.", "“{said}” was read as “{assumed}”."),
    "twice": ("같은 내용이 서로 다르게 두 번 있어 먼저 적힌 것으로 봤어요.", "Something was said twice and differs: the first was taken."),
    "clock_taken": ("‘지난 복용에서’는 늘 경과 시간이에요.", "After the last dose always goes by elapsed time."),
    "too_far": ("끝나는 날이 너무 멀어 비워 두었어요.", "The end is too far away: it was left open."),
}  # fmt: skip
_MISSING: Final[dict[str, tuple[str, str]]] = {
    "when": ("언제 먹는지를 찾지 못했어요. 예: 아침저녁 식후 30분 1정씩", "When it is taken was not found, e.g. 아침저녁 식후 30분 1정씩"),
    "amount": ("한 번에 얼마나 먹는지도 적어 주세요.", "Please say how much is taken at a time, too."),
    "which": ("어느 약 다음에 먹는지는 화면에서 골라 주세요.", "Please choose the other medicine on the page."),
}  # fmt: skip


def told(doubt: Doubt, language: Language) -> str:
    """Say a doubt in a sentence."""
    return _WORDS[doubt.code][language == "en"].format(said=doubt.said, assumed=doubt.assumed)


def told_missing(missing: tuple[str, ...], language: Language) -> str:
    """Say what a sentence lacked."""
    return " ".join(_MISSING[code][language == "en"] for code in missing)
