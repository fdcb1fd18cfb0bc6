"""What came out of a written word in an answer: as words it may stand anywhere, as markup or as an address nowhere."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import parse_qsl, unquote_plus, urlsplit

from tests.pages_read import ADDRESSES, Element, Page
from tests.xss_corpus import BARE, CORPUS, bare, numbers

OBJECTS = ("hx-vals", "hx-headers", "hx-request")
RUNS = re.compile(r"on|style$|srcdoc$|srcset$|nonce$|hx-(on|ext|trigger|target|swap|select|include|swap-oob)|data-hx-")
HOSTS = {"", "testserver", "localhost", "127.0.0.1"}
CUTS = (20, 40)  # a unit, a mark on a pill


# What of a word shows that it is whole: all of it, or what is left where a form takes no more of it.
WHOLE = {
    number: (BARE[number], *(bare(said[:most]) for most in CUTS if len(said) > most))
    for number, said in enumerate(CORPUS, start=1)
}


def whole(text: str, number: int) -> bool:
    """Whether a text holds all of what was written, not what was left of it when its markup was taken for markup."""
    found = bare(text)
    return any(said in found for said in WHOLE[number])


def all_whole(text: str) -> set[int]:
    """Which of them a text holds all of."""
    return {number for number in numbers(text) if whole(text, number)}


def smuggled(text: str, address: str = "/", *, by_word: bool = False) -> list[str]:
    """What in a page came out of the corpus as anything but words; `by_word` where a sentence is said back in pieces."""
    page = Page(text, address)
    found = [wrong for one in page.elements for wrong in _of(one)]
    for tag, words in _joined(page.words):
        for number in numbers(words):
            if tag in {"style", "!"} or (tag == "script" and not _in_json(words, number)):
                found.append(f"in <{tag}>: {CORPUS[number - 1]!r}")
            elif tag != "script" and not by_word and not whole(words, number):
                found.append(f"cut in <{tag}>: {CORPUS[number - 1]!r} → {words.strip()[:120]!r}")
    return found


def _joined(words: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Words with what is marked in them: a sentence shows by a mark how far it was understood."""
    joined: list[tuple[str, str]] = []
    for tag, said in words:
        if joined and "mark" in {tag, joined[-1][0]}:
            joined[-1] = (tag, joined[-1][1] + said)
        else:
            joined.append((tag, said))
    return joined


def _of(one: Element) -> list[str]:
    if numbers(one.tag) or any(numbers(name) for name in one.attributes):
        return [f"an element: {one}"]
    found = []
    for name, value in one.attributes.items():
        marked = numbers(value)
        if name in ADDRESSES:
            found += _of_address(one, name, value)
        elif marked and RUNS.match(name):
            found.append(f"<{one.tag} {name}={value!r}>")
        elif marked and name in OBJECTS:
            found += [f"<{one.tag} {name}={value!r}>" for number in marked if not _in_json(value, number)]
        else:
            # A way back says an address: what it asks is spelt as addresses spell it.
            spelt = value + unquote_plus(value) if value.startswith("/") else value
            found += [f"<{one.tag} {name}={value!r}>" for number in marked if not whole(spelt, number)]
    return found


def _of_address(one: Element, name: str, value: str) -> list[str]:
    """An address leads to this house, and a written word stands in what it asks, never in where it leads."""
    try:
        parts = urlsplit("".join(value.split()))
    except ValueError:
        return [f"<{one.tag} {name}={value!r}>"]
    if not numbers(value):
        return []
    asked = " ".join(word for _, word in parse_qsl(urlsplit(value).query, keep_blank_values=True))
    elsewhere = parts.scheme or parts.netloc not in HOSTS or numbers(parts.path) or value.startswith("\\")
    cut = [number for number in numbers(value) if not whole(asked, number)]
    return [f"<{one.tag} {name}={value!r}>"] if elsewhere or cut else []


def _in_json(text: str, number: int) -> bool:
    try:
        return any(whole(said, number) for said in texts(json.loads(text)))
    except ValueError:
        return False


def texts(value: Any) -> list[str]:
    """Every text of a JSON value, names included."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, list):
        return [said for one in value for said in texts(one)]
    if isinstance(value, dict):
        return [said for name, one in value.items() for said in (*texts(name), *texts(one))]
    return []
