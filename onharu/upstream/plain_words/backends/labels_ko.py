"""What a medicine is for, drawn from the label's own sentence: unwrapped, lists cut at three, brackets kept whole.

    이 약은 A, B, C, D의 완화와 아연의 보급에 사용합니다.  →  A, B, C 등의 완화에 써요. 아연의 보급에도 써요.

The nouns are the label's; the endings and "등" are ours.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from onharu.upstream.plain_words import label_text
from onharu.upstream.plain_words.backends.label_lists import SHOWN, Group, groups_of, named_first, rendered
from onharu.upstream.plain_words.label_grounding import overclaims
from onharu.upstream.plain_words.label_lexicon import DOSE, OUT_OF_PLACE, UNFIT

LONGEST = 120
_ABOUT = re.compile(
    r"^(?:이|본) ?(?:약|제품|제)[은는이] ?|^(?:주 ?)?효능[·, ]*효과[ :：,]*|"
    r"^(?:다음|아래)(?:의 [가-힣]+)?에 [^:：,]*[:：,] ?"
)
_USED = re.compile(
    r"(?P<to>에도|에|으로도|으로|로도|로|를 위해|을 위해|하기 위해|위해|)\s*(?:주로 )?"
    r"(?:사용(?:합니다|할 수 있습니다|됩니다|한다|하세요)|쓰입니다|씁니다|투여합니다|효과가 있습니다)\.?$"
)
_VERB = re.compile(r"[다요][.!?]?$")
_EVEN = {"에도": "에", "으로도": "으로", "로도": "로"}


def for_what(efficacy: str, named_by: Iterable[str] = ()) -> str:
    """Say what a label's efficacy names in one or two sentences, at most LONGEST letters; "" when it says nothing.

    With `named_by` (the words by which labels name a symptom) what names it comes first; a label that does not name
    it is told in general.
    """
    told = [one for one in label_text.sentences(label_text.plain(efficacy)) if is_fit(one)]
    words = tuple(word for word in named_by if word.strip())
    first = next((one for one in told if named_first([Group([one])], words)), None) if words else None
    chosen = first or (told[0] if told else "")
    if not chosen:
        return ""
    following = told[told.index(chosen) + 1 :]
    said = _unwrapped(chosen, words if first else ())
    if said and overclaims(said, efficacy):
        # A list whose parts could not be told apart: its items are named without what is done about them.
        said = _listed_only(chosen, words if first else ())
    return said or _as_written(chosen, following)


def is_fit(sentence: str) -> bool:
    """Whether a sentence of a label may be shown as what a medicine is for: no dose, and nothing out of place."""
    return not any(words.search(sentence) for words in (DOSE, OUT_OF_PLACE, UNFIT))


def _unwrapped(sentence: str, words: tuple[str, ...]) -> str:
    """Take a sentence that says "is used for …" apart and say it shorter; "" for any other sentence."""
    body = _ABOUT.sub("", sentence).strip()
    used = _USED.search(body)
    if used is None and _VERB.search(body):
        return ""
    what = body[: used.start()].rstrip(" ,") if used else body.rstrip(" .,")
    to = _EVEN.get(used["to"], used["to"]) if used else "에"
    if not what:
        return ""
    return _shortest_fit(groups_of(what) if to in {"에", ""} else [Group([what])], to or "에", words)


def _listed_only(sentence: str, words: tuple[str, ...]) -> str:
    body = _ABOUT.sub("", sentence).strip()
    used = _USED.search(body)
    items = label_text.split_at_commas(body[: used.start()] if used else body.rstrip(" ."))
    return _shortest_fit([Group(items)], "에", words) if len(items) > SHOWN else ""


def _shortest_fit(groups: list[Group], to: str, words: tuple[str, ...]) -> str:
    """Say as much as fits: first all brackets, then without explanations, then fewer of each list."""
    ordered = (named_first(groups, words) or groups) if words else groups
    for most, explained in ((SHOWN, True), (SHOWN, False), (2, False), (1, False)):
        for several in (True, False):
            said = _said(ordered, to, most=most, explained=explained, several=several)
            if len(said) <= LONGEST:
                return said
    return _cut(rendered(ordered[0], most=1, explained=False))


def _said(groups: list[Group], to: str, *, most: int, explained: bool, several: bool) -> str:
    shown = [rendered(group, most=most, explained=explained) for group in groups]
    whole = ", ".join(shown)
    if len(groups) == 1:
        return f"{whole}{to if to != '위해' else ' 위해'} 써요."
    if not several:
        return f"{shown[0]}{_and_more(shown[0])}{to} 써요."
    more = shown[1:]
    while len(more) > 1 and len(f"{shown[0]}에 써요. {', '.join(more)}에도 써요.") > LONGEST - 2:
        more.pop()
    rest = ", ".join(more)
    return f"{shown[0]}{to} 써요. {rest}{_and_more(rest) if len(more) < len(shown) - 1 else ''}에도 써요."


def _and_more(shown: str) -> str:
    return "" if shown.endswith("등") else " 등"


def _cut(text: str) -> str:
    """Shorten a name that is longer than a sentence may be, at a word and outside of brackets."""
    bare = re.sub(r"\([^()]*\)", "", text)
    while "(" in bare and bare != (bare := re.sub(r"\([^()]*\)", "", bare)):
        pass
    room = LONGEST - len(" 등에 써요.")
    kept = bare if len(bare) <= room else bare[:room].rsplit(" ", 1)[0]
    return f"{kept.rstrip(' ,')} 등에 써요."


def _as_written(sentence: str, following: list[str]) -> str:
    """Show a sentence of another make as it stands, and the next one where both fit."""
    if len(sentence) > LONGEST:
        parts = label_text.split_at_commas(sentence.rstrip(". "))
        kept = parts[0]
        for part in parts[1:]:
            if len(f"{kept}, {part} …") > LONGEST:
                break
            kept = f"{kept}, {part}"
        return f"{kept} …" if len(kept) + 2 <= LONGEST else _cut(kept)
    both = f"{sentence} {following[0]}" if following else sentence
    return both if len(both) <= LONGEST else sentence
