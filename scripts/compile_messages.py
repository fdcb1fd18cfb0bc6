"""Compile every django.po of the package to django.mo, without the gettext programs.

python scripts/compile_messages.py            write what changed
python scripts/compile_messages.py --check    write nothing; fail when a .mo is not what its .po says
python scripts/compile_messages.py --missing  list the Korean words of the code that no English .po knows
"""

from __future__ import annotations

import ast
import re
import struct
import sys
from collections.abc import Iterator
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent / "onharu"
MAGIC = 0x950412DE
CONTEXT = "\x04"
HANGUL = re.compile("[가-힣]")
WORD = re.compile(r'^(msgctxt|msgid|msgid_plural|msgstr)(?:\[(\d+)\])?\s+(".*")$')
TRANSLATE = re.compile(
    r"""\{%-?\s*(?:translate|trans)\s+(?P<quote>["'])(?P<words>.*?)(?P=quote)(?:\s+context\s+["'](?P<context>.*?)["'])?"""
)
INLINE = re.compile(r"""[:=,\s]_\((["'])(?P<words>.*?)\1\)""")
BLOCK = re.compile(
    r"\{%\s*blocktrans(?:late)?\b(?P<options>.*?)%\}(?P<words>.*?)"
    r"(?:\{%\s*plural\s*%\}(?P<plural>.*?))?\{%\s*endblocktrans(?:late)?\s*%\}",
    re.DOTALL,
)
CALLS = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy"}
CONTEXT_CALLS = {"pgettext", "pgettext_lazy", "npgettext", "npgettext_lazy"}

Entry = dict[str, str]


def catalogues() -> list[Path]:
    """List the .po files of every room."""
    return sorted(PACKAGE.glob("**/locale/*/LC_MESSAGES/django.po"))


def entries(text: str) -> Iterator[Entry]:
    """Read the entries of a .po file; fuzzy and empty translations are left out, as msgfmt does."""
    for block in re.split(r"\n\s*\n", text.strip()):
        found: Entry = {}
        field = ""
        for line in block.splitlines():
            if match := WORD.match(line):
                field = match[1] + (match[2] or "")
                found[field] = ast.literal_eval(match[3])
            elif line.startswith('"'):
                found[field] += ast.literal_eval(line)
        fuzzy = any(line.startswith("#,") and "fuzzy" in line for line in block.splitlines())
        if "msgid" in found and not fuzzy and (found.get("msgstr") or found.get("msgstr0")):
            yield found


def messages(text: str) -> dict[str, str]:
    """Map what gettext looks up (context, id and plural joined its way) to what it answers."""
    table: dict[str, str] = {}
    for entry in entries(text):
        key = entry["msgid"]
        if "msgctxt" in entry:
            key = entry["msgctxt"] + CONTEXT + key
        if "msgid_plural" in entry:
            key += "\0" + entry["msgid_plural"]
        forms = [entry[name] for name in sorted(entry) if name.startswith("msgstr")]
        if key in table:
            raise SystemExit(f"said twice: {key!r}")
        table[key] = "\0".join(forms)
    return table


def compiled(text: str) -> bytes:
    """Write a .mo file: a header, two tables of lengths and offsets, the words in order."""
    pairs = sorted((key.encode(), words.encode()) for key, words in messages(text).items())
    ids, answers = b"", b""
    spans = []
    for key, words in pairs:
        spans.append((len(key), len(ids), len(words), len(answers)))
        ids += key + b"\0"
        answers += words + b"\0"
    first_id = 28 + 16 * len(pairs)
    first_answer = first_id + len(ids)
    head = struct.pack("<7I", MAGIC, 0, len(pairs), 28, 28 + 8 * len(pairs), 0, 0)
    id_table = b"".join(struct.pack("<2I", length, first_id + at) for length, at, _, _ in spans)
    answer_table = b"".join(struct.pack("<2I", length, first_answer + at) for _, _, length, at in spans)
    return head + id_table + answer_table + ids + answers


def said_in_code() -> dict[str, Path]:
    """Find the Korean words that Python code and templates hand to gettext, each with one file that does."""
    found: dict[str, Path] = {}
    for path in sorted(PACKAGE.glob("**/*.py")):
        if "tests" not in path.parts and "migrations" not in path.parts:
            found.update(dict.fromkeys(_said_in_python(path.read_text("utf-8")), path))
    for path in sorted(PACKAGE.glob("**/templates/**/*.*")):
        found.update(dict.fromkeys(_said_in_template(path.read_text("utf-8")), path))
    return {key: path for key, path in found.items() if HANGUL.search(key)}


def _said_in_python(source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call) or not isinstance(node.func, (ast.Name, ast.Attribute)):
            continue
        name = node.func.id if isinstance(node.func, ast.Name) else node.func.attr
        words = [one.value for one in node.args if isinstance(one, ast.Constant) and isinstance(one.value, str)]
        if name in CALLS and words:
            yield "\0".join(words) if name.startswith("n") else words[0]
        elif name in CONTEXT_CALLS and len(words) > 1:
            yield words[0] + CONTEXT + "\0".join(words[1:])


def _said_in_template(source: str) -> Iterator[str]:
    for match in TRANSLATE.finditer(source):
        yield (match["context"] + CONTEXT if match["context"] else "") + match["words"]
    for match in INLINE.finditer(source):
        yield match["words"]
    for match in BLOCK.finditer(source):
        forms = [match["words"]] + ([match["plural"]] if match["plural"] else [])
        trimmed = "trimmed" in match["options"].split()
        yield "\0".join(_named(" ".join(form.split()) if trimmed else form) for form in forms)


def _named(words: str) -> str:
    return re.sub(r"\{\{\s*(\w+)\s*\}\}", r"%(\1)s", words.replace("%", "%%"))


def missing() -> dict[str, Path]:
    """Find what the code says in Korean and no English catalogue knows."""
    known: set[str] = set()
    for path in catalogues():
        if "en" in path.parts:
            known |= messages(path.read_text("utf-8")).keys()
    return {key: path for key, path in said_in_code().items() if key not in known}


def stale() -> list[Path]:
    """List the .po files whose .mo is missing or says something else."""
    return [
        path
        for path in catalogues()
        if not path.with_suffix(".mo").exists()
        or path.with_suffix(".mo").read_bytes() != compiled(path.read_text("utf-8"))
    ]


def main(words: list[str]) -> int:
    """Compile, check or list."""
    if "--missing" in words:
        lacking = missing()
        for key, path in lacking.items():
            print(f"{path.relative_to(PACKAGE.parent)}: {key!r}")
        return 1 if lacking else 0
    changed = stale()
    for path in changed:
        print(f"{'stale' if '--check' in words else 'compiled'}: {path.relative_to(PACKAGE.parent)}")
        if "--check" not in words:
            path.with_suffix(".mo").write_bytes(compiled(path.read_text("utf-8")))
    return 1 if changed and "--check" in words else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
