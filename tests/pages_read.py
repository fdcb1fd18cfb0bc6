"""What stands in a page: its elements, words, links and forms, read as a browser without scripts reads it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

SENT_BY = ("hx-post", "hx-put", "hx-patch", "hx-delete", "hx-get")
ADDRESSES = ("href", "src", "action", "formaction", "poster", "data", "cite", "background", "xlink:href", *SENT_BY)
# What a person can write words of their own into.
WRITTEN = ("text", "search", "email", "url", "tel", "password", "textarea", "hidden")
BREAKS = ("br", "wbr")  # they stand within words, as a mark does
VOID = ("area", "base", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track")
PRESSED = ("submit", "button", "image", "reset")


@dataclass(slots=True)
class Element:
    """A tag with its attributes."""

    tag: str
    attributes: dict[str, str]


@dataclass(slots=True)
class Field:
    """A control of a form, with what it says before anybody touches it."""

    name: str
    kind: str
    value: str
    sent: bool = True
    longest: int | None = None
    number: bool = False


@dataclass(slots=True)
class Form:
    """Where a form goes, how, and with what."""

    method: str
    action: str
    fields: list[Field] = field(default_factory=list)

    def body(self) -> dict[str, list[str]]:
        """Say what is sent when nothing is touched."""
        said: dict[str, list[str]] = {}
        for one in self.fields:
            if one.sent and one.name:
                said.setdefault(one.name, []).append(one.value)
        return said


class Page(HTMLParser):
    """A page read from its bytes."""

    def __init__(self, text: str, address: str = "/") -> None:
        super().__init__(convert_charrefs=True)
        self.address = address
        self.elements: list[Element] = []
        self.words: list[tuple[str, str]] = []  # the tag that they stand in, and what they say
        self.forms: list[Form] = []
        self._open: list[str] = []
        self._form: Form | None = None
        self._by_id: dict[str, Form] = {}
        self._select = ""
        self._area: Field | None = None
        self._later: list[tuple[str, Field]] = []
        self.feed(text)
        self.close()
        if self.cdata_elem:  # a script or style that never ended took the rest of the page with it
            self.words.append((self.cdata_elem, text[text.rfind(f"<{self.cdata_elem}") :]))
        for name, one in self._later:
            if name in self._by_id:
                self._by_id[name].fields.append(one)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep an element, and what it means for the form it stands in."""
        said = {name: value or "" for name, value in attrs}
        self.elements.append(Element(tag, said))
        if tag in BREAKS:
            self.words.append(("mark", "\n"))
        elif tag not in VOID:
            self._open.append(tag)
        if tag == "form":
            self._begin(said)
        elif tag in {"input", "select", "textarea", "button"}:
            self._control(tag, said)
        elif tag == "option" and self._select and ("selected" in said or self._first_of_select):
            self._choose(said.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        """Close what was opened last by this name."""
        if tag in self._open:
            del self._open[len(self._open) - 1 - self._open[::-1].index(tag) :]
        if tag == "form":
            self._form = None
        elif tag == "select":
            self._select = ""
        elif tag == "textarea" and self._area:
            self._area.value = self._area.value.removeprefix("\n")
            self._area = None

    def handle_data(self, data: str) -> None:
        """Keep words with where they stand."""
        self.words.append((self._open[-1] if self._open else "", data))
        if self._area:
            self._area.value += data

    def handle_comment(self, data: str) -> None:
        """Keep a comment as words that nobody sees."""
        self.words.append(("!", data))

    handle_decl = handle_pi = unknown_decl = handle_comment

    def _begin(self, said: dict[str, str]) -> None:
        by_script = next((name for name in SENT_BY if name in said), "")
        method = by_script[3:] or said.get("method", "get").lower()
        action = said.get(by_script) or said.get("action") or self.address
        if said.get("method", "").lower() == "post":
            method, action = "post", said.get("action") or action
        self._form = Form(method, urljoin(self.address, action))
        self.forms.append(self._form)
        if "id" in said:
            self._by_id[said["id"]] = self._form

    def _control(self, tag: str, said: dict[str, str]) -> None:
        kind = tag if tag in {"select", "textarea"} else said.get("type", "submit" if tag == "button" else "text")
        ticked = kind not in {"checkbox", "radio"} or "checked" in said
        value = said.get("value", "on" if kind in {"checkbox", "radio"} else "")
        sent = ticked and kind not in PRESSED and kind != "file" and "disabled" not in said
        longest = int(said["maxlength"]) if said.get("maxlength", "").isdigit() else None
        number = said.get("inputmode") in {"numeric", "decimal"}
        one = Field(said.get("name", ""), kind, value, sent, longest, number)
        if "form" in said:
            self._later.append((said["form"], one))
        elif self._form is not None:
            self._form.fields.append(one)
        elif any(name in said for name in SENT_BY) and one.name:
            self._alone(said, one)
        if tag == "textarea":
            self._area = one
        if tag == "select":
            one.sent, self._select, self._chosen, self._first_of_select = False, one.name, one, True

    def _alone(self, said: dict[str, str], one: Field) -> None:
        """A control outside of any form that asks by itself, as a search does while it is typed."""
        how = next(name for name in SENT_BY if name in said)
        self.forms.append(Form(how[3:], urljoin(self.address, said[how]), [one]))

    def _choose(self, value: str) -> None:
        self._chosen.value, self._chosen.sent, self._first_of_select = value, True, False

    def links(self) -> Iterator[str]:
        """Every address of this house that the page leads to or loads, without what follows a #."""
        for one in self.elements:
            for name in ("href", "src", "hx-get"):
                found = urlsplit(urljoin(self.address, one.attributes.get(name, "")))
                if name in one.attributes and not found.scheme and not found.netloc:
                    yield found._replace(fragment="").geturl()

    def has(self, tag: str) -> bool:
        """Whether such an element stands in it."""
        return any(one.tag == tag for one in self.elements)
