"""Lists of what a medicine is for: groups that share one purpose, items, and how many of them are shown. Plain Python.

육체피로, 노년기의 비타민 B1, B2의 보급과 신경통, 근육통의 완화  →  two groups, each with its purpose
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from onharu.upstream.plain_words import label_text

SHOWN = 3
CODAS = 28
_DONE = (
    r"(?:살균|피부|증상|영양|보조)?\s?(?:완화|개선|예방|치료|보급|경감|진통|소염|항염|해열|제산작용|억제|감소|소독|살균|세정|"
    r"보조요법|회복|진정|해독|제거|세척|방취)(?:\s?보조)?(?:\([^()]*\))?"
)
_PURPOSES = rf"{_DONE}(?:\s?(?:및|·)\s?(?:증상의\s)?{_DONE})*"
_TAIL = re.compile(
    r"(?P<tail>의?(?<!및)(?<!또는)\s(?:(?:제산작용 및 )?(?:증상|증세|징후|염증)의?\s)?"
    rf"(?:(?:일시적|국소|보조적|초기)(?:인|으로)?\s)?{_PURPOSES})$"
)
_ALONE = re.compile(rf"^(?:증상의\s)?{_PURPOSES}$")
_AND = re.compile(r"[과와] (?!병용|같은|같이|관련|함께|동반|비슷|유사|달리|더불어|다른|동시)|(?: 및 )")
_NOT_AND = re.compile(r"(?:결|안|산부인|정형외|경|통|효|내|외|치|소아|이비인후)과$")
# "뼈, 이의 발육불량" is one thing.
_ONE_THING = re.compile(r"뼈[,·] ?(?=이의)")
_FOR_WHOM = re.compile(r"^(?P<whom>.*?(?:의|시|시의)) (?P<what>비타민.*)$")
_CAUSED = re.compile(
    r"^(?P<cause>.*(?:또는|이나) .*?)(?P<link>에 의한|에 의해|로 인한|으로 인한|에 따른|에 기인한) (?P<what>.+)$"
)
_WHERE = re.compile(r"^(?P<cause>.+?)(?P<link>의 질환에서|에서) (?P<what>.+)$")
_LIMITS = re.compile(r"한함|한하|제외|이상|이하|미만|경우|아닌|않|동안에만|\d")
_SUM = re.compile(r" 등(?:의)? (?=[가-힣])")
_OBJECT = re.compile(r"[을를] ")
_ENDS_WITH_MORE = re.compile(r"\s?등$")


@dataclass(frozen=True, slots=True)
class Group:
    """Items that share one purpose ("의 완화"), for whom or by what they come ("노년기의", "코염에 의한")."""

    items: list[str]
    tail: str = ""
    before: list[str] = field(default_factory=list)
    link: str = ""


def groups_of(what: str) -> list[Group]:
    """Take what a medicine is used for apart into groups."""
    groups: list[Group] = []
    items: list[str] = []
    for joint, piece in _pieces(_ONE_THING.sub("뼈·", what)):
        if groups and not items and groups[-1].tail and _ALONE.match(piece):
            groups[-1] = replace(groups[-1], tail=f"{groups[-1].tail}{joint or ', '}{piece}")
            continue
        found = _TAIL.search(piece)
        if found is None or not piece[: found.start()]:
            items.append(piece)
            continue
        if items and joint and "보급" in found["tail"] and not any("비타민" in item for item in items):
            # What is supplied is not what the list before it is about: "습진, 피부염과 아연의 보급".
            groups.append(_linked(items, ""))
            items = []
        groups.append(_linked([*items, piece[: found.start()]], found["tail"]))
        items = []
    if items:
        groups.append(_summed_up(items) or _linked(items, ""))
    return groups


def _summed_up(items: list[str]) -> Group | None:
    """Keep what a list is summed up with: "백선, 어루러기 등의 피부진균증"."""
    outside = {at for at, _ in label_text.top_level(items[-1])}
    found = next((one for one in _SUM.finditer(items[-1]) if one.start() in outside), None)
    if found is None:
        return None
    return Group([*items[:-1], items[-1][: found.start()]], items[-1][found.start() :])


def _linked(items: list[str], tail: str) -> Group:
    """Tell the things from whom they are for, and from what brings them about."""
    for at, item in enumerate(items):
        if "보급" in tail and (whom := _FOR_WHOM.match(item)):
            return Group([whom["what"], *items[at + 1 :]], tail, [*items[:at], whom["whom"]], " ")
        caused = _CAUSED.match(item) or (_WHERE.match(item) if at == len(items) - 1 else None)
        if at and caused and label_text.is_balanced(caused["cause"]) and label_text.is_balanced(caused["what"]):
            return Group([caused["what"], *items[at + 1 :]], tail, [*items[:at], caused["cause"]], f"{caused['link']} ")
    return Group(items, tail)


def _pieces(what: str) -> list[tuple[str, str]]:
    """Split at commas, and at the "and" that ends a purpose or stands in a list; each with the "and" before it."""
    many = len(label_text.split_at_commas(what)) > SHOWN
    found: list[tuple[str, str]] = []
    for part in label_text.split_at_commas(what):
        joint, start = "", 0
        outside = {at for at, _ in label_text.top_level(part)}
        for cut in _AND.finditer(part):
            if cut.start() in outside and _ends_here(
                part[start : cut.start()], part[cut.end() :], cut.group(), many=many
            ):
                found.append((joint, part[start : cut.start()].strip()))
                joint, start = cut.group(), cut.end()
        found.append((joint, part[start:].strip()))
    return [(joint, piece) for joint, piece in found if piece]


def _ends_here(before: str, after: str, joint: str, *, many: bool) -> bool:
    if _TAIL.search(before):
        if _OBJECT.search(before):
            return False
        return not (joint == " 및 " and _ALONE.match(after))
    if joint == " 및 " or not many or _NOT_AND.search(before + joint.strip()):
        return False
    return bool(before) and " " not in before.strip()[-2:] and _fits(before.strip(), joint[0]) and "한 " not in before


def _fits(word: str, particle: str) -> bool:
    """Whether 과 or 와 can be the particle of this word, rather than its last syllable."""
    last = re.sub(r"\([^()]*\)$", "", word)[-1:]
    if not "가" <= last <= "힣":
        return word.endswith(")")
    return bool((ord(last) - ord("가")) % CODAS) == (particle == "과")


def rendered(group: Group, *, most: int, explained: bool) -> str:
    """Write a group with at most so many of its items; "등" says that there are more."""
    items = [_shown(item, explained=explained) for item in group.items]
    before = [_shown(item, explained=explained) for item in group.before]
    whom = ""
    if before:
        cut = len(before) > most
        last = "의" if group.link == " " else ""
        whom = (
            f"{', '.join(before[: most - 1 or 1])} 등{last}{group.link}" if cut else f"{', '.join(before)}{group.link}"
        )
    return whom + _listed(items, group.tail, most)


def _listed(items: list[str], tail: str, most: int) -> str:
    if len(items) <= most:
        return f"{', '.join(items)}{tail}"
    shown = ", ".join(_ENDS_WITH_MORE.sub("", item) for item in items[:most])
    if tail.startswith(" 등"):
        return f"{shown}{tail}"
    shared = f"의{tail}" if tail.startswith(" ") and not tail.startswith((" 증상", " 증세", " 징후")) else tail
    return f"{shown} 등{shared}"


def _shown(item: str, *, explained: bool) -> str:
    """Write an item with the lists in its brackets cut; without `explained`, brackets that set no limit go."""
    for start, end in reversed(label_text.brackets(item)):
        inner = item[start + 1 : end - 1]
        parts = label_text.split_at_commas(inner)
        keeps = len(parts) > 1 if not explained else True
        if not keeps and not _LIMITS.search(inner):
            item = item[:start] + item[end:]
        elif len(parts) > SHOWN:
            kept = ", ".join(_ENDS_WITH_MORE.sub("", part) for part in parts[:SHOWN])
            item = f"{item[:start]}({kept} 등){item[end:]}"
        if not explained and len(parts) > 1:
            item = item[:start] + _without_inner(item[start:])
    return item


def _without_inner(text: str) -> str:
    """Drop the brackets within the first bracket of a text."""
    (start, end), *_ = label_text.brackets(text)
    inner = re.sub(r"\([^()]*\)", "", text[start + 1 : end - 1])
    return f"({label_text.balanced(inner)}){text[end:]}"


def named_first(groups: list[Group], words: tuple[str, ...]) -> list[Group]:
    """Put the group, the item and the bracketed word that name a symptom first; [] where nothing names it."""
    for pattern in _patterns(words):
        for at, group in enumerate(groups):
            place = next((place for place, item in enumerate(group.items) if pattern.search(item)), None)
            if place is not None:
                moved = _moved(group, place, pattern)
                return [moved, *groups[:at], *groups[at + 1 :]]
            cause = next((one for one in group.before if pattern.search(one)), None)
            if cause is not None:
                before = [cause, *(one for one in group.before if one != cause)]
                return [replace(group, before=before), *groups[:at], *groups[at + 1 :]]
    return []


def _moved(group: Group, place: int, pattern: re.Pattern[str]) -> Group:
    items = list(group.items)
    item = _bracket_led(items[place], pattern)
    if place < SHOWN:
        # It is shown where it stands: what stands before it may be said of it too.
        items[place] = item
        return replace(group, items=items)
    del items[place]
    return replace(group, items=[item, *items])


def _bracket_led(item: str, pattern: re.Pattern[str]) -> str:
    for start, end in label_text.brackets(item):
        parts = label_text.split_at_commas(item[start + 1 : end - 1])
        found = [part for part in parts if pattern.search(part)]
        if len(parts) > SHOWN and found:
            led = ", ".join([*found, *(part for part in parts if part not in found)])
            return f"{item[:start]}({led}){item[end:]}"
    return item


def _patterns(words: tuple[str, ...]) -> list[re.Pattern[str]]:
    """Make patterns that find the words, first where they begin a word ("두통" before "편두통"), then anywhere."""
    spelled = [r"\s?".join(map(re.escape, re.sub(r"\s", "", word))) for word in words]
    either = "|".join(sorted(spelled, key=len, reverse=True))
    return [re.compile(f"(?<![가-힣])(?:{either})"), re.compile(either)] if either else []
