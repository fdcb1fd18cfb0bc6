"""Official files that want to do harm, or are only odd: each made here by code, none kept as a file.

`python -m tests.hostile_tables` reads the files it is told of, and says by how many megabytes it grew.
"""

from __future__ import annotations

import contextlib
import gzip
import io
import json
import random
import resource
import struct
import sys
import warnings
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

from openpyxl import Workbook

from onharu.kernel.problems import Invalid

TAKEN, REFUSED_AS, EITHER = "taken", "refused", "either"


@dataclass(frozen=True, slots=True)
class Shelf:
    """A kind of official file: its header, and lines of it that are true."""

    kind: str
    header: str
    line: str
    another: str
    wide: int  # columns

    @property
    def whole(self) -> str:
        """A table of one line."""
        return f"{self.header}\n{self.line}\n"


SHELVES = {
    "foods": Shelf(
        "foods",
        "식품코드,식품명,영양성분함량기준량,에너지(kcal),단백질(g),지방(g),탄수화물(g),당류(g),나트륨(mg)",
        "D306-266000000-0001,김치찌개,100g,61,4.7,2.52,5.05,1.9,300",
        "D301-022000000-0001,쌀밥,100g,166,3.36,0.32,37.33,0.02,0",
        9,
    ),
    "medicines": Shelf(
        "medicines",
        "품목일련번호,제품명,업체명,주성분,이 약의 효능은 무엇입니까?,이 약은 어떻게 사용합니까?,"
        "이 약을 사용하기 전에 반드시 알아야 할 내용은 무엇입니가?,이 약의 사용상 주의사항은 무엇입니까?,"
        "이 약을 사용하는 동안 주의해야 할 약 또는 음식은 무엇입니까?,이 약은 어떤 이상반응이 나타날 수 있습니까?,"
        "이 약은 어떻게 보관해야 합니까?,공개일자,수정일자",
        "202000001,하루정,온하루제약,아세트아미노펜,두통에 사용합니다.,1회 1정,,,,구역,실온,2020-01-02,2024-05-06",
        "202000002,저녁정,온하루제약,아세트아미노펜,두통에 사용합니다.,1회 1정,,,,구역,실온,2020-01-02,2024-05-06",
        13,
    ),
    "pharmacies": Shelf(
        "pharmacies",
        "암호화요양기호,요양기관명,종별코드,종별코드명,시도코드,시도코드명,시군구코드,시군구코드명,읍면동,우편번호,주소,전화번호,"
        "개설일자,좌표(X),좌표(Y)",
        "JDQ4MT1,100세건강약국,81,약국,110000,서울,110001,강남구,세곡동,06301,서울특별시 강남구 헌릉로571길 7,02-445-1460,"
        "2012-12-17,127.1013,37.4660",
        "JDQ4MT2,둘째약국,81,약국,110000,서울,110001,강남구,세곡동,06301,서울특별시 강남구 헌릉로571길 9,02-445-1461,"
        "2012-12-17,127.1014,37.4661",
        15,
    ),
    "exercises": Shelf("exercises", "운동명,단위체중당에너지소비량", "하타 요가,2.5", "스피닝,9", 2),
}
Maker = Callable[[Shelf], bytes]
ALL = tuple(SHELVES)


@dataclass(frozen=True, slots=True)
class Case:
    """A hostile file: how it is made, what it is called, what must come of it, and for which shelves."""

    make: Maker
    name: str = "table.csv"
    wanted: str = REFUSED_AS
    kinds: tuple[str, ...] = ALL


def after(text: str | bytes, *, before: str = "") -> Maker:
    """A good table with something after its line."""
    raw = text.encode() if isinstance(text, str) else text
    return lambda shelf: (before + shelf.whole).encode() + raw


def alone(raw: bytes) -> Maker:
    return lambda _: raw


def whole(encoding: str) -> Maker:
    return lambda shelf: shelf.whole.encode(encoding)


def cells(shelf: Shelf, place: int, said: str) -> str:
    """A true line with one cell said otherwise."""
    found = shelf.another.split(",")
    found[place] = said
    return ",".join(found)


def with_cell(place: int, said: str) -> Maker:
    return lambda shelf: (shelf.whole + cells(shelf, place, said) + "\n").encode()


CSVS: dict[str, Case] = {
    "nothing": Case(alone(b"")),
    "a mark of an encoding and nothing": Case(alone(b"\xef\xbb\xbf")),
    "a header alone": Case(lambda shelf: shelf.header.encode()),
    "blank lines": Case(alone(b"\n" * 100_000)),
    "commas": Case(alone(b",,,,,,,,\n" * 10_000)),
    "NUL after a good line": Case(after(b"\0" * 64)),
    "NUL within a name": Case(with_cell(1, "밥\0")),
    "UTF-16": Case(whole("utf-16")),
    "UTF-16 without its mark": Case(whole("utf-16-be")),
    "UTF-32": Case(whole("utf-32")),
    "Johab": Case(whole("johab")),
    "half a letter at the end": Case(lambda shelf: shelf.whole.encode("cp949") + b"\xb0"),
    "two encodings in one file": Case(lambda shelf: shelf.whole.encode() + "쌀밥".encode("cp949")),
    "UTF-8 spelled too long": Case(after(b"\xc0\x80\xe0\x80\xaf")),
    "half a pair in UTF-8": Case(after(b"\xed\xa0\x80\xff")),
    "bytes of chance": Case(alone(bytes(range(1, 256)) * 400)),
    "a million columns in the header": Case(alone(b"x," * 1_000_000)),
    "a million columns after a good line": Case(after("1," * 500_000 + "\n")),
    "quotes that never close": Case(after('"' + "가" * 1_200_000)),
    "a cell over two million lines": Case(after('"' + "\n" * 2_000_000)),
    "five cells of a million letters": Case(after(",".join(['"' + "a" * 900_000 + '\n"'] * 5) + "\n")),
    "a line of ten million letters": Case(after("x" * 10_000_000)),
    "cut within a line": Case(lambda shelf: (shelf.whole + shelf.another.rpartition(",")[0]).encode()),
    "quoted, and cut": Case(after('"D301')),
    "sixty thousand lines that cannot be true": Case(after("?\n" * 60_000)),
    "another table": Case(alone("날짜,기온\n2026-11-22,4\n".encode())),
    "a page of a web": Case(alone(b"<!DOCTYPE html><html><body>403 Forbidden</body></html>")),
    "PDF": Case(alone(b"%PDF-1.7\n" + bytes(range(1, 255)) * 9)),
    "gzip": Case(lambda shelf: gzip.compress(shelf.whole.encode())),
    "a database": Case(alone(b"SQLite format 3\0" + bytes(400))),
    "OLE, as old workbooks are": Case(alone(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000))),
    "a program": Case(alone(b"#!/bin/sh\nrm -rf /\n")),
    "a formula for a name": Case(with_cell(0, "=cmd|'/c calc'!A0"), wanted=EITHER),
    "a link for a name": Case(with_cell(1, '"=HYPERLINK(""http://evil.example"")"'), wanted=EITHER),
    "a script for a name": Case(with_cell(1, "<script>alert(1)</script>"), wanted=EITHER),
    "a name of ten thousand letters": Case(with_cell(1, "가" * 10_000), wanted=EITHER),
    "a number of ten thousand digits": Case(with_cell(-1, "9" * 10_000), wanted=EITHER),
    "a number that is none": Case(with_cell(-1, "NaN"), wanted=EITHER),
    "a number without end": Case(with_cell(-1, "-Infinity"), wanted=EITHER),
    "a number that would fill memory": Case(with_cell(-1, "1e999999999"), wanted=EITHER),
    "a statement for a key": Case(with_cell(0, "'; DROP TABLE foods_food;--"), wanted=EITHER),
    "letters that turn the line about": Case(with_cell(1, "\u202e밥\u2066\ufeff"), wanted=EITHER),
    "old ends of lines": Case(lambda shelf: shelf.whole.replace("\n", "\r").encode(), wanted=EITHER),
    "a header twice": Case(lambda shelf: f"{shelf.header}\n{shelf.whole}".encode(), wanted=EITHER),
    "columns twice": Case(lambda shelf: f"{shelf.header},{shelf.header}\n{shelf.line},{shelf.line}\n".encode(), wanted=EITHER),
    "a line twice": Case(lambda shelf: f"{shelf.whole}{shelf.line}\n".encode(), wanted=TAKEN),
}  # fmt: skip


# --- workbooks ---------------------------------------------------------------------------------------------

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
TEXTS_ARE_HERE = (
    b'<Override PartName="/xl/sharedStrings.xml" '
    b'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/>'
)
SHEET, TEXTS, TYPES = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "[Content_Types].xml"


def parts_of(shelf: Shelf) -> dict[str, bytes]:
    """The parts of a good workbook."""
    book = Workbook()
    for line in (shelf.header, shelf.line):
        book.active.append(line.split(","))
    out = io.BytesIO()
    book.save(out)
    with zipfile.ZipFile(out) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, raw in parts.items():
            archive.writestr(name, raw)
    return out.getvalue()


def book(**changes: bytes | Callable[[bytes], bytes]) -> Maker:
    """A workbook of which a part is another: `sheet`, `texts`, `types`, `styles` or `rels`."""
    names = {
        "sheet": SHEET, "texts": TEXTS, "types": TYPES, "styles": "xl/styles.xml", "rels": "xl/_rels/workbook.xml.rels",
        "book": "xl/workbook.xml", "core": "docProps/core.xml",
    }  # fmt: skip

    def make(shelf: Shelf) -> bytes:
        parts = parts_of(shelf)
        for part, change in changes.items():
            name = names[part]
            parts[name] = change if isinstance(change, bytes) else change(parts.get(name, b""))
        if "texts" in changes and b"sharedStrings" not in parts[TYPES]:
            parts[TYPES] = parts[TYPES].replace(b"</Types>", TEXTS_ARE_HERE + b"</Types>")
        return packed(parts)

    return make


def rows(xml: bytes) -> Callable[[bytes], bytes]:
    """More rows after the good ones of a sheet."""
    return lambda sheet: sheet.replace(b"</sheetData>", xml + b"</sheetData>")


def declared(dtd: bytes, use: bytes = b"") -> Callable[[bytes], bytes]:
    """A document type before the part, and a use of what it declares."""

    def change(part: bytes) -> bytes:
        body = part[part.index(b"?>") + 2 :] if part.startswith(b"<?xml") else part
        return b'<?xml version="1.0"?>' + dtd + body.replace(b"</sheetData>", use + b"</sheetData>")

    return change


LAUGHS = b'<!DOCTYPE l [<!ENTITY a "ha">' + b"".join(
    b'<!ENTITY %c "%s">' % (letter, b"&%c;" % (letter - 1) * 10) for letter in range(ord("b"), ord("m"))
) + b"]>"  # fmt: skip
QUADRATIC = b'<!DOCTYPE q [<!ENTITY q "' + b"x" * 50_000 + b'">]>'
OUTSIDE = b'<!DOCTYPE o [<!ENTITY f SYSTEM "file:///etc/passwd">]>'
BY_PARAMETER = b'<!DOCTYPE o [<!ENTITY % r SYSTEM "http://127.0.0.1:1/x.dtd"> %r;]>'
ELSEWHERE = b'<!DOCTYPE o SYSTEM "http://127.0.0.1:1/x.dtd">'
IN_CELL = b'<row r="3"><c r="A3" t="inlineStr"><is><t>%s</t></is></c></row>'


def said(text: bytes) -> bytes:
    return IN_CELL % text


def flipped(shelf: Shelf) -> bytes:
    """A workbook of which one bit of the sheet is another."""
    raw = bytearray(packed(parts_of(shelf)))
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        raw[archive.getinfo(SHEET).header_offset + 80] ^= 4
    return bytes(raw)


def locked(shelf: Shelf) -> bytes:
    """A workbook that says it is encrypted."""
    raw = bytearray(packed(parts_of(shelf)))
    at = 0
    while (at := raw.find(b"PK\x01\x02", at)) >= 0:
        raw[at + 8] |= 1
        at += 4
    return bytes(raw)


def with_parts(*more: tuple[str, bytes]) -> Maker:
    def make(shelf: Shelf) -> bytes:
        out = io.BytesIO(packed(parts_of(shelf)))
        with warnings.catch_warnings(), zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
            warnings.simplefilter("ignore")  # a name said twice is what some of them are
            for name, raw in more:
                archive.writestr(name, raw)
        return out.getvalue()

    return make


def lying(size: int) -> Maker:
    """A workbook whose directory says another size of the sheet than it has."""

    def make(shelf: Shelf) -> bytes:
        raw = bytearray(packed(parts_of(shelf)))
        at = raw.index(SHEET.encode(), raw.index(b"PK\x01\x02")) - 46
        raw[at + 24 : at + 28] = struct.pack("<I", size)
        return bytes(raw)

    return make


def crowd(number: int) -> Maker:
    """Ever so many parts of nothing, of which only the directory tells."""

    def make(_: Shelf) -> bytes:
        entry = b"PK\x01\x02" + bytes(24) + struct.pack("<H", 1) + bytes(16)
        directory = b"".join(entry + b"x" for _ in range(number))
        end = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, 0xFFFF & number, 0xFFFF & number, len(directory), 0, 0)
        return directory + end

    return make


BOOKS: dict[str, Case] = {
    "a sheet that is a bomb": Case(book(sheet=rows(b"<row/>" + b" " * 60_000_000))),
    "texts that are a bomb": Case(book(texts=b"<sst>" + b" " * 30_000_000)),
    "styles that are a bomb": Case(book(styles=b"<styleSheet xmlns='%s'>" % MAIN.encode() + b"<x/>" * 400_000)),
    "properties that are a bomb": Case(book(core=b"<a>" + b"x" * 9_000_000)),
    "a sheet that laughs": Case(book(sheet=declared(LAUGHS, said(b"&l;")))),
    "texts that laugh": Case(book(texts=LAUGHS + b"<sst><si><t>&l;</t></si></sst>")),
    "a book that laughs": Case(book(book=declared(LAUGHS))),
    "types that laugh": Case(book(types=declared(LAUGHS))),
    "one long word said again and again": Case(book(sheet=declared(QUADRATIC, said(b"&q;" * 5_000)))),
    "a sheet that asks for a file": Case(book(sheet=declared(OUTSIDE, said(b"&f;")))),
    "texts that ask for a file": Case(book(texts=OUTSIDE + b"<sst><si><t>&f;</t></si></sst>")),
    "a sheet that asks by a parameter": Case(book(sheet=declared(BY_PARAMETER))),
    "a sheet whose type is elsewhere": Case(book(sheet=declared(ELSEWHERE)), wanted=EITHER),
    "a sheet of deep marks": Case(book(sheet=rows(b"<row>" + b"<x>" * 100_000)), wanted=REFUSED_AS),
    "a sheet that is cut": Case(book(sheet=lambda sheet: sheet[: len(sheet) // 2])),
    "a sheet in UTF-7": Case(book(sheet=lambda sheet: b'<?xml version="1.0" encoding="utf-7"?>' + sheet)),
    "a sheet of nothing": Case(book(sheet=b"")),
    "a row of a million cells": Case(book(sheet=rows(b"<row>" + b"<c/>" * 1_000_000 + b"</row>"))),
    "a million rows of nothing": Case(book(sheet=rows(b"<row/>" * 3_100_000))),
    "a row far below": Case(book(sheet=rows(b'<row r="99999999999"><c><v>1</v></c></row>'))),
    "a cell far to the right": Case(book(sheet=rows(b'<row r="3"><c r="ZZZ3"><v>1</v></c></row>'))),
    "a cell of no column": Case(book(sheet=rows(b'<row r="3"><c r="3"><v>1</v></c></row>'))),
    "a text that is not there": Case(book(sheet=rows(b'<row r="3"><c r="A3" t="s"><v>999999</v></c></row>'))),
    "a text below nought": Case(book(sheet=rows(b'<row r="3"><c r="A3" t="s"><v>-1</v></c></row>')), wanted=EITHER),
    "a number that is none": Case(book(sheet=rows(b'<row r="3"><c r="A3"><v>x</v></c></row>'))),
    "a day that never was": Case(book(sheet=rows(b'<row r="3"><c r="A3" t="d"><v>2026-13-45</v></c></row>'))),
    "a formula": Case(book(sheet=rows(b'<row r="3"><c r="A3"><f>1+1</f></c></row>')), wanted=EITHER),
    "a formula with an answer": Case(book(sheet=rows(b'<row r="3"><c r="A3" t="str"><f>WEBSERVICE("http://127.0.0.1:1")</f><v>=1</v></c></row>')), wanted=EITHER),
    "comments that look like rows": Case(book(sheet=rows(b"<!-- <row> -->" * 50_000))),
    "a sheet that lies elsewhere": Case(book(rels=lambda part: part.replace(b"worksheets/sheet1.xml", b"workbook.xml"))),
    "a sheet on another machine": Case(book(rels=lambda part: part.replace(b"/xl/worksheets/sheet1.xml", b"http://127.0.0.1:1/x"))),
    "a sheet above the folder": Case(book(rels=lambda part: part.replace(b"/xl/worksheets/sheet1.xml", b"../../../etc/passwd"))),
    "no sheet at all": Case(book(book=lambda part: part[: part.index(b"<sheets>")] + b"</workbook>")),
    "cut in the middle": Case(lambda shelf: packed(parts_of(shelf))[:-900]),
    "its end alone": Case(lambda shelf: packed(parts_of(shelf))[-60:]),
    "a bit that flipped": Case(flipped),
    "locked": Case(locked),
    "a sheet twice": Case(with_parts((SHEET, b"<worksheet/>"))),
    "a sheet twice, in capitals": Case(with_parts((SHEET.upper(), b"<worksheet/>"))),
    "names that climb": Case(with_parts(("../../../tmp/evil", b"x"), ("/etc/cron.d/evil", b"x")), wanted=EITHER),
    "macros": Case(with_parts(("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0" * 99)), wanted=EITHER),
    "pictures that are never read": Case(with_parts(("xl/media/a.png", b"\0" * 3_000_000)), wanted=EITHER),
    "a part nobody reads that is a bomb": Case(with_parts(("docProps/more.xml", b" " * 9_000_000))),
    "a cell of three million letters": Case(book(sheet=rows(said(random.Random(7).randbytes(1_500_000).hex().encode())))),
    "three thousand parts": Case(with_parts(*((f"customXml/{n}.xml", b"") for n in range(3000)))),
    "sixty thousand parts of nothing": Case(crowd(60_000)),
    "an archive within": Case(lambda shelf: packed({"a.xlsx": packed(parts_of(shelf))})),
    "a size of four billion": Case(lying(0xFFFFFFFE)),
    "a size of nothing": Case(lying(0)),
    "a text of a document": Case(alone(packed({TYPES: b"<Types/>", "word/document.xml": b"<w/>"}))),
}  # fmt: skip
# One reader opens every workbook: what takes long is tried with one shelf.
LONG = {
    "a sheet of deep marks", "a row far below", "sixty thousand parts of nothing", "a million rows of nothing",
    "a sheet that is a bomb", "texts that are a bomb", "styles that are a bomb", "a row of a million cells",
    "three thousand parts", "one long word said again and again",
}  # fmt: skip
BOOKS = {
    f"a workbook: {name}": Case(one.make, "table.xlsx", one.wanted, ("foods",) if name in LONG else ALL)
    for name, one in BOOKS.items()
}


# --- JSON and XML ------------------------------------------------------------------------------------------

JSON_KINDS = ("medicines", "pharmacies", "exercises")


def entries(shelf: Shelf) -> list[dict[str, str]]:
    names = shelf.header.split(",")
    return [dict(zip(names, line.split(","), strict=True)) for line in (shelf.line, shelf.another)]


def listed(*more: str) -> Maker:
    """A list of two good entries, and more as it is written."""
    return lambda shelf: ("[" + ",".join([*(json.dumps(one) for one in entries(shelf)), *more]) + "]").encode()


def with_value(text: str) -> Maker:
    """A list of a good entry, and one whose second value is written like this."""

    def make(shelf: Shelf) -> bytes:
        first, second = entries(shelf)
        name = list(second)[1]
        written = json.dumps({**second, name: "@@"}).replace('"@@"', text)
        return f"[{json.dumps(first)},{written}]".encode()

    return make


JSONS: dict[str, Case] = {
    "lists a hundred thousand deep": Case(alone(b"[" * 100_000)),
    "lists deep after good ones": Case(listed("[" * 100_000)),
    "objects a hundred thousand deep": Case(alone(b'{"a":' * 100_000)),
    "a value ten thousand deep": Case(with_value("[" * 10_000 + "]" * 10_000)),
    "a value of 400 lists": Case(with_value("[" * 400 + "]" * 400), wanted=EITHER),
    "a number of a hundred thousand digits": Case(with_value("9" * 100_000)),
    "a number too large to be one": Case(with_value("1e999")),
    "an entry of nothing after good ones": Case(listed("{}"), wanted=EITHER),
    "a number after good ones": Case(listed("1", "null", '"x"', "[]"), wanted=EITHER),
    "NaN": Case(with_value("NaN")),
    "Infinity": Case(with_value("-Infinity")),
    "a name said twice": Case(listed('{"운동명":"a","운동명":"b"}')),
    "cut within an entry": Case(lambda shelf: listed()(shelf)[:-30]),
    "without its end": Case(lambda shelf: listed()(shelf)[:-1]),
    "more after its end": Case(lambda shelf: listed()(shelf) + b"}"),
    "half a pair in a name": Case(with_value(r'"\ud800"')),
    "half a pair in a name of a name": Case(listed(r'{"\ud800": "x"}')),
    "a whole pair in a name": Case(with_value(r'"\ud83d\udc8a"'), wanted=EITHER),
    "NUL in a name": Case(with_value(r'"a\u0000b"'), wanted=EITHER),
    "a text of five million letters": Case(with_value('"' + "x" * 5_000_000 + '"')),
    "an object for a name": Case(with_value('{"a": 1}'), wanted=EITHER),
    "true for a name": Case(with_value("true"), wanted=EITHER),
    "nothing for a name": Case(with_value("null"), wanted=EITHER),
    "numbers instead of entries": Case(alone(b"[1, 2, 3]")),
    "texts instead of entries": Case(alone(b'["a", "b"]')),
    "entries of nothing": Case(alone(b"[" + b"{}," * 70_000 + b"{}]")),
    "an entry of a hundred thousand names": Case(alone(b"[{" + b",".join(b'"%d":1' % n for n in range(100_000)) + b"}]")),
    "UTF-16": Case(lambda shelf: listed()(shelf).decode().encode("utf-16")),
    "half a letter": Case(lambda shelf: listed()(shelf)[:-2] + b"\xea\xb0"),
    "bytes that are no letters": Case(lambda shelf: listed()(shelf)[:-2] + b'\xff"}]'),
    "a comment": Case(listed("/* x */")),
    "a comma too many": Case(lambda shelf: listed()(shelf)[:-1] + b",]"),
    "one quote": Case(lambda shelf: listed()(shelf)[:-1].replace(b'"', b"'")),
}  # fmt: skip
JSONS = {f"JSON: {name}": Case(one.make, "table.json", one.wanted, JSON_KINDS) for name, one in JSONS.items()}


def xml(*more: bytes, before: bytes = b"") -> Maker:
    """An answer of the service with a good item, and more as it is written."""
    good = {
        "dutyName": "100세건강약국", "dutyAddr": "서울특별시 강남구 헌릉로571길 7", "hpid": "C1109587",
        "wgs84Lat": "37.46604", "wgs84Lon": "127.10136",
    }  # fmt: skip
    item = "".join(f"<{tag}>{escape(word)}</{tag}>" for tag, word in good.items()).encode()

    def make(_: Shelf) -> bytes:
        body = b"<response><body><items><item>" + item + b"</item>" + b"".join(more) + b"</items></body></response>"
        return b'<?xml version="1.0" encoding="UTF-8"?>' + before + body

    return make


XMLS: dict[str, Case] = {
    "that laughs": Case(xml(b"<item><hpid>&l;</hpid></item>", before=LAUGHS)),
    "one long word again and again": Case(xml(b"<item><hpid>" + b"&q;" * 9_000 + b"</hpid></item>", before=QUADRATIC)),
    "that asks for a file": Case(xml(b"<item><dutyName>&f;</dutyName></item>", before=OUTSIDE)),
    "that asks by a parameter": Case(xml(before=BY_PARAMETER)),
    "whose type is elsewhere": Case(xml(before=ELSEWHERE)),
    "that includes a file": Case(xml(b'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd"/>'), wanted=EITHER),
    "a hundred thousand deep": Case(xml(b"<a>" * 100_000)),
    "of a million attributes": Case(xml(b"<item " + b" ".join(b'a%d="1"' % n for n in range(300_000)) + b"/>")),
    "of one long attribute": Case(xml(b'<item a="' + b"x" * 5_000_000 + b'"/>')),
    "of one long word": Case(xml(b"<item><hpid>" + b"x" * 5_000_000 + b"</hpid></item>")),
    "of one long word outside": Case(xml(b"<note>" + b"x" * 5_000_000 + b"</note>"), wanted=EITHER),
    "of one long comment": Case(xml(b"<!--" + b"x" * 5_000_000 + b"-->")),
    "of a row of a million marks": Case(xml(b"<item>" + b"<a/>" * 1_000_000 + b"</item>")),
    "of rows within rows": Case(xml(b"<item>" * 15 + b"</item>" * 15), wanted=EITHER),
    "of one long name": Case(xml(b"<" + b"x" * 3_000_000 + b"/>")),
    "cut in the middle": Case(lambda shelf: xml()(shelf)[:-40]),
    "in UTF-7": Case(lambda shelf: xml()(shelf).replace(b"UTF-8", b"UTF-7")),
    "in an encoding of nobody's": Case(lambda shelf: xml()(shelf).replace(b"UTF-8", b"x-none")),
    "in UTF-16 that is none": Case(lambda shelf: xml()(shelf).replace(b"UTF-8", b"UTF-16")),
    "with NUL": Case(xml(b"<item><hpid>\0</hpid></item>")),
    "with a number of NUL": Case(xml(b"<item><hpid>&#0;</hpid></item>")),
    "more after its end": Case(lambda shelf: xml()(shelf) + b"<response/>"),
    "an error of the service": Case(alone(b"<OpenAPI_ServiceResponse><cmmMsgHeader><errMsg>SERVICE ERROR</errMsg></cmmMsgHeader></OpenAPI_ServiceResponse>")),
}  # fmt: skip
XMLS = {f"XML: {name}": Case(one.make, "table.xml", one.wanted, ("pharmacies",)) for name, one in XMLS.items()}

CORPUS: dict[str, Case] = {**CSVS, **BOOKS, **JSONS, **XMLS}
EVERY = [(name, kind) for name, one in CORPUS.items() for kind in one.kinds]


def read(kind: str, path: Path) -> None:
    """Read a file as an import of this kind does, without the shelf."""
    from onharu.catalog.exercises.actions.imports import TableReader as Exercises
    from onharu.catalog.foods.actions.imports import TableReader as Foods
    from onharu.catalog.medicines.actions.reading import MedicineTable
    from onharu.catalog.pharmacies.actions.reading import PharmacyTable

    if kind == "exercises":
        Exercises(path).rows()
    elif kind == "medicines":
        list(MedicineTable(path, frozenset({"labels", "permits"})))
    else:
        list({"foods": Foods, "pharmacies": PharmacyTable}[kind](path))


def main() -> None:
    """Read the files that are named line by line after their kind, and tell by how many megabytes this process grew."""
    import django

    django.setup()
    lines = [line.split("\t") for line in sys.stdin.read().splitlines()]
    read(lines[0][0], Path(lines[0][1]))  # a good one: what reading anything takes
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for kind, path in lines[1:]:
        with contextlib.suppress(Invalid):
            read(kind, Path(path))
    print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)


if __name__ == "__main__":
    main()
