"""Whether an official notice that names dosage forms is about a product of a form. Plain Python.

Notices write a class (정제, 캡슐) or single forms (점안용액제, 용액주사제/유화주사제); products write the form of their
permit (필름코팅정). Two forms are the same where they go one way into the body and are released alike: a coat makes
no other medicine, an eye drop or a slow release does. What cannot be told is None, never "no".
"""

from __future__ import annotations

import functools
import re
from typing import NamedTuple

# In this order: "경질캡슐제, 산제" is a capsule, "질연질캡슐제" none to swallow, "점이제, 현탁액용산제" for the ear.
_WAYS = (
    ("vagina", r"^질(?!소)|질정|질좌제|질세정|질연질"),
    ("ear", r"점이"),
    ("eye", r"점안|안연고|안겔"),
    ("nose", r"점비|비강"),
    ("injection", r"주사|수액제|이식"),
    ("lungs", r"흡입|에어로솔"),
    ("rectum", r"좌제|관장|직장"),
    ("patch", r"경피흡수|첩부|첩포|카타플라스마|패취|패치|파스"),
    ("spray", r"분무"),
    ("skin", r"연고|크림|로션|피부|리니멘트|라카|샴푸|도료|외용|^겔$"),
    ("mouth", r"트로키|로젠지|가글|구강용|껌"),
    ("film", r"필름제?$"),
    ("under the tongue", r"설하|박칼|부착정"),
    ("capsule", r"캡슐|스팬슐"),
    ("syrup", r"시럽"),
    ("tablet", r"(?<!주)정제|정$|정\(|추어블"),
    ("granules", r"과립"),
    ("powder", r"산제|세립|분말제"),
    ("liquid", r"액제|현탁액|유제|엑스|레모네이드|틴크|전제|침제|주정제"),
)
_RELEASES = (("slow", r"서방|스팬슐"), ("enteric", r"(?<!직)장용"))
# A patch or a pessary is one however slowly it gives off.
_RELEASED = frozenset({"tablet", "capsule", "granules", "injection"})
# Words for a whole class, however it is released and wherever in the mouth it melts.
_CLASSES = {"정제": ("tablet", "under the tongue"), "캡슐": ("capsule",), "시럽": ("syrup",)}
_UNSORTED = "미분류"


class _Sort(NamedTuple):
    """How a form goes into the body, and how it is released ("" at once)."""

    way: str
    release: str


def forms_in(said: str) -> tuple[str, ...]:
    """Split what a notice says of forms, "정제/캡슐/경질캡슐제|산제": a slash stands between, a bar is a comma."""
    return tuple(form for part in said.split("/") if (form := _tight(part)))


@functools.lru_cache(maxsize=16_384)
def of_form(said: str, form: str) -> bool | None:
    """Whether a notice on these forms is about a product of this one; None when that cannot be told.

    A notice that names no form is about all. Nothing is ruled out as long as one word of the notice is not understood.
    """
    words = forms_in(said)
    if not words or _tight(form) in words:
        return True
    ours = _sort(form)
    if not ours.way:
        return None
    answers = {_is_of(word, ours, form) for word in words}
    return True if True in answers else None if None in answers else False


def _is_of(word: str, ours: _Sort, form: str) -> bool | None:
    if word in _CLASSES:
        return ours.way in _CLASSES[word]
    theirs = _sort(word)
    if not theirs.way:
        return None
    if theirs.way != ours.way:
        return False
    # "정제" or "캡슐, 미분류" on a product does not say how it is released.
    unsaid = _tight(form) in _CLASSES or _UNSORTED in form or _UNSORTED in word
    return True if theirs.release == ours.release else None if unsaid else False


def _sort(form: str) -> _Sort:
    tight = _tight(form)
    way = next((way for way, pattern in _WAYS if re.search(pattern, tight)), "")
    if way not in _RELEASED:
        return _Sort(way, "")
    return _Sort(way, next((release for release, pattern in _RELEASES if re.search(pattern, tight)), ""))


def _tight(form: str) -> str:
    return "".join(form.replace("|", ",").split())
