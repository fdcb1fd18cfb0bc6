"""The colours keep their promises, and nothing outside the tokens names one."""

import re
from pathlib import Path

import pytest

from onharu.design.shell import ROOM, STATIC

STYLES = sorted((STATIC / "design").glob("*.css"))
MODULES = sorted((STATIC / "design" / "js").glob("*.js"))
TEMPLATES = sorted((ROOM / "templates").rglob("*.html"))
TOKENS = (STATIC / "design" / "tokens.css").read_text()
COLOUR = re.compile(r"(--[\w-]+):\s*(#[0-9a-f]{6});")
TEXT, MEANING = 4.5, 3.0


def block(start: str) -> str:
    """The declarations between the first brace after `start` and the next closing one."""
    begin = TOKENS.index(start)
    return TOKENS[TOKENS.index("{", begin) + 1 : TOKENS.index("}", begin)]


def declarations(start: str) -> list[str]:
    return [line.strip() for line in block(start).splitlines() if line.strip()]


LIGHT = dict(COLOUR.findall(block(":root {")))
DARK = {**LIGHT, **dict(COLOUR.findall(block(':root[data-theme="dark"]')))}


def luminance(colour: str) -> float:
    channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_computed_like_the_standard():
    assert contrast("#0072b2", "#ffffff") == pytest.approx(5.19, abs=0.01)
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


def test_the_two_dark_blocks_say_the_same():
    assert declarations(':root:not([data-theme="light"])') == declarations(':root[data-theme="dark"]')


GROUNDS = ("--paper", "--surface", "--surface-sunk", "--surface-warm", "--surface-warm-2")
PAIRS = [
    *((text, ground, TEXT) for text in ("--ink", "--ink-soft") for ground in GROUNDS),
    *(("--accent", ground, TEXT) for ground in ("--paper", "--surface", "--surface-warm", "--surface-sunk")),
    ("--accent", "--accent-soft", TEXT),
    ("--on-accent", "--accent", TEXT),
    ("--on-accent", "--accent-hover", TEXT),
    ("--over-ink", "--surface", TEXT),
    ("--over-ink", "--meter-over-soft", TEXT),
    ("--problem", "--surface", TEXT),
    ("--problem", "--problem-soft", TEXT),
    ("--guess-ink", "--guess-soft", TEXT),
    ("--on-toast", "--toast", TEXT),
    ("--toast-action", "--toast", TEXT),
    ("--line-strong", "--surface", MEANING),
    ("--line-strong", "--paper", MEANING),
    ("--meter-within", "--surface", MEANING),
    ("--meter-within", "--meter-track", MEANING),
    ("--meter-over", "--surface", MEANING),
    *(("--chart-second", ground, MEANING) for ground in ("--surface", "--paper", "--chart-band")),
    ("--meter-within", "--chart-band", MEANING),
    ("--focus", "--paper", MEANING),
    ("--focus", "--surface", MEANING),
]


@pytest.mark.parametrize(("text", "ground", "least"), PAIRS)
@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
def test_what_must_be_read_can_be_read(scheme, text, ground, least):
    assert contrast(scheme[text], scheme[ground]) >= least


@pytest.mark.parametrize("sheet", [sheet for sheet in STYLES if sheet.name != "tokens.css"], ids=lambda path: path.name)
def test_only_the_tokens_name_colours(sheet: Path):
    assert not re.findall(r"#[0-9a-fA-F]{3,8}\b|\b(?:rgb|hsl|oklch)a?\(", sheet.read_text())


@pytest.mark.parametrize("sheet", STYLES, ids=lambda path: path.name)
def test_every_token_that_a_sheet_uses_exists(sheet: Path):
    known = set(re.findall(r"(--[\w-]+):", TOKENS))
    assert set(re.findall(r"var\((--[\w-]+)", sheet.read_text())) <= known


@pytest.mark.parametrize("sheet", STYLES, ids=lambda path: path.name)
def test_type_is_set_in_rem_so_that_the_readers_size_rules(sheet: Path):
    assert not re.findall(r"font-size:\s*[\d.]+px", sheet.read_text())


@pytest.mark.parametrize(("path", "most"), [*((path, 300) for path in STYLES), *((path, 150) for path in MODULES)])
def test_a_file_stays_small_enough_to_read(path: Path, most: int):
    assert len(path.read_text().splitlines()) <= most


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_no_template_needs_an_unsafe_policy(path: Path):
    text = path.read_text()
    assert not re.search(r"\sstyle=|<style|\son\w+=|javascript:|hx-on", text)
    for tag in re.findall(r"<script[^>]*>", text):
        assert "src=" in tag
        assert "nonce=" in tag


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_every_component_says_what_it_expects(path: Path):
    told = "{% comment %}" in path.read_text()
    assert told or path.name.startswith(("gallery", "400", "403", "404", "500"))


def test_every_icon_that_is_drawn_exists():
    drawn = set()
    for path in TEMPLATES:
        drawn |= set(re.findall(r'{% icon "([\w-]+)"', path.read_text()))
    symbols = set(re.findall(r'<symbol id="([\w-]+)"', (STATIC / "design" / "icons.svg").read_text()))
    assert drawn <= symbols
    assert len(symbols) > 30
