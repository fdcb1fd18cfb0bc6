"""Opens pages in a browser and keeps what each of them did: asked, loaded, ran, said and refused."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Literal
from urllib.parse import parse_qsl, urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, Response, ViewportSize

from onharu.design.tests.test_gallery_browser import complaints_of
from tests.xss_corpus import CORPUS

NARROW: ViewportSize = {"width": 320, "height": 640}
PHONE: ViewportSize = {"width": 390, "height": 844}
DESK: ViewportSize = {"width": 1280, "height": 900}
SCHEMES: tuple[Literal["light"], Literal["dark"]] = ("light", "dark")
# The readers of the API document: they style themselves in place and show nothing personal (onharu/site/urls.py).
READERS = ("/docs/", "/redoc/")
# What a browser asks for beside an answer that is no page and names no sign of its own.
BESIDE = "/favicon.ico"
# Before anything of a page runs: what its policy refused is told, and whatever the corpus would run is a tripwire.
WATCH = """(() => {
  const told = (kind, what) => window.__told?.(kind, String(what));
  document.addEventListener('securitypolicyviolation', (event) =>
    told('refused', `${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`));
  for (const name of ['alert', 'confirm', 'prompt', 'print']) window[name] = (what) => told('ran', `${name} ${what}`);
  for (let number = 1; number <= COUNT; number += 1) {
    const name = `xss_${String(number).padStart(3, '0')}`;
    Object.defineProperty(window, name, { value: () => told('ran', name), writable: false });
  }
})()""".replace("COUNT", str(len(CORPUS)))
# Waits until htmx is still, then tells what the page is.
STILL = """async () => {
  const until = performance.now() + 3000;
  const still = () => !document.querySelector('.htmx-request');
  for (let calm = 0; calm < 2 && performance.now() < until; calm = still() ? calm + 1 : 0) {
    await new Promise((done) => setTimeout(done, 25));
  }
  const armed = [];
  for (const one of document.querySelectorAll('*')) {
    if (/xss_/i.test(one.tagName)) armed.push(one.outerHTML.slice(0, 120));
    for (const { name, value } of one.attributes) {
      const runs = /^on|^srcdoc$|xss_/i.test(name) || /^\\s*(javascript|data|vbscript):/i.test(value) && /^(href|src|action|formaction)$/.test(name);
      if (runs) armed.push(`${one.tagName} ${name}=${value.slice(0, 80)}`);
    }
  }
  return {
    full: document.documentElement.querySelector('head > title') !== null,
    title: document.title,
    language: document.documentElement.lang,
    headings: document.querySelectorAll('h1').length,
    armed,
    links: [...document.querySelectorAll('a[href], [hx-get]')].map((one) =>
      new URL(one.getAttribute('href') ?? one.getAttribute('hx-get'), location.href).href),
  };
}"""
WIDE = """async () => {
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  return document.documentElement.scrollWidth - document.documentElement.clientWidth;
}"""


@dataclass
class Seen:
    """What one page did."""

    path: str
    status: int = 0
    kind: str = ""
    policy: str = ""
    full: bool = False
    title: str = ""
    language: str = ""
    headings: int = 0
    wider: int = 0
    refused: list[str] = field(default_factory=list)
    ran: list[str] = field(default_factory=list)
    armed: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    hard_to_use: list[str] = field(default_factory=list)


class Crawler:
    """One browser that opens one page after the other."""

    def __init__(self, context: BrowserContext, base: str) -> None:
        self.context, self.base = context, base
        self.size: ViewportSize = PHONE
        self.seen: dict[str, Seen] = {}
        self.now = Seen("before any page")
        context.add_init_script(WATCH)
        context.expose_function("__told", self._told)
        self.page: Page = context.new_page()
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.now.said.append(f"error: {error}"))
        self.page.on("dialog", lambda dialog: (self.now.ran.append(f"dialog {dialog.message}"), dialog.dismiss()))
        self.page.on("request", self._request)
        self.page.on("response", self._response)

    def open_all(self, paths: list[str], *, follow: Callable[[str], bool], audited: bool, dark_first: bool) -> None:
        """Open pages, and every kind of page that they lead to; every other one by dark, those of `paths` with axe."""
        waiting, known = list(paths), {shape(one) for one in paths}
        while waiting:
            path = waiting.pop(0)
            self.page.emulate_media(color_scheme=SCHEMES[(len(path) + dark_first) % 2])
            links = list(self.open(path))
            if audited and self.now.full and path in paths and not path.startswith(READERS):
                self.now.hard_to_use = complaints_of(self.page)
            for link in links:
                if shape(link) not in known and follow(link):
                    known.add(shape(link))
                    waiting.append(link)

    def open(self, path: str) -> Iterator[str]:
        """Open one page; returns where it leads to within this house."""
        asked = self.context.request.get(self.base + path, headers={"Accept": "text/html,*/*"}, max_redirects=0)
        here = self.now = self.seen[path] = Seen(path, asked.status, asked.headers.get("content-type", ""))
        here.policy = asked.headers.get("content-security-policy", "")
        if not here.kind.startswith("text/html") or asked.status != 200:
            return iter(())
        self.page.goto(self.base + path, wait_until="load")
        told = self.page.evaluate(STILL)
        here.full, here.title, here.language = told["full"], told["title"], told["language"]
        here.headings, here.armed = told["headings"], told["armed"]
        if here.full:
            self.page.set_viewport_size(NARROW)
            here.wider = self.page.evaluate(WIDE)
            self.page.set_viewport_size(self.size)
        found = (urlsplit(link) for link in told["links"] if link.startswith(self.base + "/"))
        return iter([one.path + (f"?{one.query}" if one.query else "") for one in found])

    def _told(self, kind: str, what: str) -> None:
        (self.now.refused if kind == "refused" else self.now.ran).append(what)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not message.location.get("url", "").endswith(BESIDE):
            self.now.said.append(f"{message.text} {message.location.get('url', '')}")

    def _request(self, request: Request) -> None:
        if not request.url.startswith((self.base + "/", "data:", "blob:")):
            self.now.elsewhere.append(request.url)

    def _response(self, response: Response) -> None:
        if response.status >= 500 or (response.status >= 400 and response.request.resource_type != "document"):
            self.now.failed.append(f"{response.status} {response.url}")


def shape(path: str) -> str:
    """An address without its numbers, and of what it asks only the names."""
    parts = urlsplit(path)
    asked = "&".join(sorted({name for name, _ in parse_qsl(parts.query, keep_blank_values=True)}))
    return (
        re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}|\d[\d.v]*|\b[0-9a-f]{24}\b|\bn[0-9a-f]{8}\b", "N", parts.path) + "?" + asked
    )


def timed(what: str, began: float) -> None:
    """Tell how long something took, for whoever looks at the output."""
    print(f"{what}: {time.monotonic() - began:.1f} s")


def faults(seen: dict[str, Seen], of: Callable[[Seen], Any]) -> dict[str, Any]:
    """What was wrong, by page."""
    return {path: of(one) for path, one in seen.items() if of(one)}
