"""Make the fonts of the doctor's page from NanumSquare, and check that the committed ones are these.

python scripts/make_report_fonts.py FOLDER    write onharu/records/medication/fonts from FOLDER/NanumSquare{R,B}.ttf

NanumSquare (NAVER, SIL Open Font License 1.1) is in the Debian package fonts-nanum and at https://hangeul.naver.com/font.
Kept are Latin, the symbols of KS X 1001 and all 11,172 syllables of hangul, without hinting and layout tables: 1.3 MB
for both weights instead of 4.5. A changed font may not be called by a reserved name, so these are Onharu Gothic.
"""

from __future__ import annotations

import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

OUT = Path(__file__).resolve().parent.parent / "onharu" / "records" / "medication" / "fonts"
WEIGHTS = {"Regular": "NanumSquareR.ttf", "Bold": "NanumSquareB.ttf"}
HANGUL = range(0xAC00, 0xD7A4)
LATIN = [
    *range(0x20, 0x7F),
    *range(0xA0, 0x180),
    0x2013,
    0x2014,
    0x2018,
    0x2019,
    0x201C,
    0x201D,
    0x2022,
    0x2026,
    0x2212,
]
UNUSED = ["GSUB", "GPOS", "GDEF", "BASE", "vhea", "vmtx", "DSIG", "kern", "hdmx", "VDMX", "LTSH", "FFTM"]
KEPT_NAMES = {0, 5, 9, 11, 12}
COPYRIGHT = "Copyright (c) 2016 NAVER Corporation; a modified version of a font under the SIL Open Font License 1.1"


def symbols() -> set[int]:
    """List the symbols and letters of KS X 1001 besides hangul and hanja: rows 1 to 12."""
    found = set()
    for row in range(0xA1, 0xAD):
        for cell in range(0xA1, 0xFF):
            try:
                found.add(ord(bytes([row, cell]).decode("euc_kr")))
            except UnicodeDecodeError:
                continue
    return found


def rename(font: TTFont, weight: str) -> None:
    """Give a font the name of this project: the original's names are reserved."""
    said = {1: "Onharu Gothic", 2: weight, 3: f"OnharuGothic-{weight}", 4: f"Onharu Gothic {weight}"}
    said |= {
        0: COPYRIGHT,
        6: f"OnharuGothic-{weight}",
        13: "SIL Open Font License 1.1",
        14: "https://openfontlicense.org",
    }
    font["name"].names = [name for name in font["name"].names if name.nameID in KEPT_NAMES and name.langID == 0x409]
    for number, words in said.items():
        font["name"].setName(words, number, 3, 1, 0x409)


def make(source: Path, weight: str) -> Path:
    """Write one weight and return where."""
    font = TTFont(source, recalcTimestamp=False)
    options = subset.Options(hinting=False, layout_features=[], name_IDs=["*"], notdef_outline=True, glyph_names=False)
    options.drop_tables += UNUSED
    cut = subset.Subsetter(options)
    cut.populate(unicodes={*LATIN, *symbols(), *HANGUL} & set(font.getBestCmap()))
    cut.subset(font)
    rename(font, weight)
    path = OUT / f"OnharuGothic-{weight}.ttf"
    font.save(path)
    return path


if __name__ == "__main__":
    OUT.mkdir(parents=True, exist_ok=True)
    for weight, file in WEIGHTS.items():
        made = make(Path(sys.argv[1]) / file, weight)
        print(f"{made.relative_to(OUT.parent)}: {made.stat().st_size:,} bytes")
