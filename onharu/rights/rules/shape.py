"""What an archive is: its format, its parts, and how large each may be."""

from __future__ import annotations

import re
from datetime import timedelta

FORMAT = "onharu-export"
VERSION = 1
KEPT = timedelta(hours=24)
MAIN = "onharu.json"
FHIR = "fhir/bundle.json"
ABOUT = "README.txt"
MEMBER = re.compile(
    r"onharu\.json|fhir/bundle\.json|README\.txt|csv/[a-z_]{1,60}\.csv|[a-z]{1,30}/[0-9A-Za-z_-]{1,80}\.[a-z]{3,4}"
)
MOST_MEMBERS = 200_000
LARGEST_MAIN = 512 * 1024 * 1024
LARGEST_FILE = 12 * 1024 * 1024
LARGEST_RATIO = 100
SMALL = 1024 * 1024  # what is smaller may shrink as it likes

README = """온하루 · Onharu

onharu.json       모든 기록. 다른 온하루에서 그대로 가져올 수 있어요 (onharu import_export 파일 --username 아이디).
csv/              같은 기록을 표로. 엑셀이나 리브레오피스에서 열 수 있어요.
fhir/bundle.json  HL7 FHIR R4B: 체중, 혈압, 혈당, 수면, 운동, 먹은 열량, 약과 복용. 단위는 UCUM, 이름은 LOINC.
photos/           사진

Everything you wrote down. onharu.json can be read back by any Onharu; csv/ holds the same rows as tables; fhir/ is a
HL7 FHIR R4B Bundle. "left_out" in onharu.json names what is not in here, and why.
Onharu is a diary, not a medical device. LOINC is copyright Regenstrief Institute, Inc.
"""


def refusal(name: str, size: int, packed: int) -> str:
    """Say what is wrong with a member of an archive; "" when nothing is."""
    if MEMBER.fullmatch(name) is None:
        return "name"
    if size > (LARGEST_FILE if name.split("/", maxsplit=1)[0] not in {MAIN, "csv", "fhir"} else LARGEST_MAIN):
        return "size"
    if size > SMALL and size > packed * LARGEST_RATIO:
        return "ratio"
    return ""
