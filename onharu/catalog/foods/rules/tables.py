"""The shapes of food tables, told apart by their headers, and how a line of each becomes a row of ours."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from onharu.catalog.foods.rules.amounts import (
    NumberError,
    amount_in,
    implausible,
    number_in,
    per_hundred,
    without_impossible,
)
from onharu.catalog.foods.rules.rows import FoodRow, UnfitError, UnitRow
from onharu.kernel.quantities import NUTRIENTS

MFDS = "식품의약품안전처 식품영양성분 데이터베이스"
RDA = "농촌진흥청 국가표준식품성분표"
SERVING = "식품의약품안전처 1회제공량(2023, 같은 이름으로 이음)"
Line = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Shape:
    """A table we can read: the columns it is known by, and its reader (None for a line that asks not to be used)."""

    name: str
    says: str
    read: Callable[[Line], FoodRow | UnitRow | None]
    needs: frozenset[str]


def column(text: str) -> str:
    """Return a header cell under the one spelling we know it by: `에너지(㎉)` and `에너지 (kcal)` are one column."""
    # NFKC turns ㎎ into mg and the micro sign (U+00B5) into the Greek letter (U+03BC).
    return "".join(unicodedata.normalize("NFKC", text).strip("﻿").casefold().split())


_SPELLINGS = {
    "kcal": ("에너지(kcal)", "열량(kcal)"),
    "carbohydrate_g": ("탄수화물(g)",),
    "sugars_g": ("당류(g)", "총당류(g)"),
    "fiber_g": ("식이섬유(g)", "총식이섬유(g)"),
    "protein_g": ("단백질(g)",),
    "fat_g": ("지방(g)",),
    "saturated_fat_g": ("포화지방산(g)", "총포화지방산(g)", "포화지방(g)"),
    "cholesterol_mg": ("콜레스테롤(mg)",),
    "sodium_mg": ("나트륨(mg)",),
    "potassium_mg": ("칼륨(mg)",),
    "calcium_mg": ("칼슘(mg)",),
    "iron_mg": ("철(mg)",),
    "caffeine_mg": ("카페인(mg)",),
    "alcohol_g": ("알코올(g)", "알콜(g)"),
}
IRON_MICROGRAMS = "철(μg)"
# The first digit of a code says where a dish comes from: 1 eating out and 3 home, both analysed; 2 a chain's own
# figures; 4 to 7 school and factory kitchens, computed from recipes. The next two are its group.
ANALYSED, CHAIN = "13", "2"
GROUPS = {
    "01": "밥", "02": "빵", "03": "면", "04": "죽·수프", "05": "국", "06": "찌개·전골", "07": "찜", "08": "구이",
    "09": "전", "10": "볶음", "11": "조림", "12": "튀김", "13": "나물", "14": "무침·샐러드", "15": "김치·절임",
    "16": "김치·절임", "17": "김치·절임", "18": "장·양념", "19": "아이스크림·빙수", "20": "차·음료", "22": "과일",
    "25": "견과",
}  # fmt: skip
# Groups that hold very different portions are told apart by the name's first part: 커피_…, 피자_….
HEADS = {
    "커피": "커피", "피자": "치킨·패스트푸드", "버거": "치킨·패스트푸드", "샌드위치": "치킨·패스트푸드",
    "닭튀김": "치킨·패스트푸드", "비스킷/쿠키/크래커": "과자·간식",
}  # fmt: skip
SECTIONS = {
    "밥류": "밥", "빵류": "빵", "면및만두류": "면", "죽및스프류": "죽·수프", "국및탕류": "국",
    "찌개및전골류": "찌개·전골",
    "찜류": "찜", "구이류": "구이", "전.적및부침류": "전",
    "볶음류": "볶음", "조림류": "조림", "튀김류": "튀김",
    "숙채류": "나물", "생채및무침류": "무침·샐러드", "김치류": "김치·절임", "장아찌및절임류": "김치·절임",
    "젓갈류": "김치·절임", "아이스크림류": "아이스크림·빙수", "음료및차류": "차·음료", "과자류": "과자·간식",
    "나물·숙채류": "나물", "생채·무침류": "무침·샐러드", "전·적및부침류": "전", "빵및과자류": "빵",
    "유제품류및빙과류": "아이스크림·빙수", "장아찌·절임류": "김치·절임", "곡류,서류제품": "떡·한과",
}  # fmt: skip
_CODE = re.compile(r"^(?P<letter>[A-Z])(?P<origin>\d)(?P<group>\d\d)-\d{3}(?P<variant>\d{6})-\d+$")


def read_per_hundred(line: Line) -> FoodRow:
    """Read a line of the official tables that count per 100 g or 100 ml (2024 and later)."""
    code, name = line["식품코드"].strip(), _name(line["식품명"])
    found = _CODE.match(code)
    letter, origin = (found["letter"], found["origin"]) if found else (code[:1], "")
    maker = _word(line.get("업체명")) or _word(line.get("제조사명"))
    kind = {"P": "product", "R": "ingredient"}.get(letter, "product" if origin == CHAIN or maker else "dish")
    group = HEADS.get(name.partition("_")[0]) or (GROUPS.get(found["group"], "") if found and letter == "D" else "")
    serving = _amount(line, "1회섭취참고량") or (_amount(line, "식품중량") if letter == "D" else None)
    return FoodRow(
        code=code,
        name=name,
        basis=_basis(line["영양성분함량기준량"]),
        amounts=_amounts(line),
        source=MFDS,
        kind=kind,
        category=group or _section(line.get("식품대분류명")),
        maker=maker,
        representative=bool(found and letter == "D" and origin in ANALYSED and found["variant"] == "000000"),
        # A serving equal to the basis says nothing about portions.
        serving_grams=serving if serving != 100 else None,
    )


def read_per_serving(line: Line) -> FoodRow:
    """Read a line of the older official table, whose figures are per serving."""
    serving = _positive(line["1회제공량"], "1회제공량")
    general = line.get("상용제품", "").strip() == "품목대표"
    place = _word(line.get("지역/제조사"))
    maker = "" if general or place.startswith("전국") else place
    return FoodRow(
        code=line["식품코드"].strip(),
        name=_name(line["식품명"]),
        basis=_basis(f"100{line['내용량_단위'].strip()}"),
        amounts={key: per_hundred(amount, serving) for key, amount in _amounts(line).items()},
        source=MFDS,
        kind="product" if maker else "dish",
        category=_section(line.get("식품대분류")),
        maker=maker,
        representative=general,
        serving_grams=serving,
    )


def read_ingredient(line: Line) -> FoodRow:
    """Read a line of the table of raw ingredients, which has no codes: ours is made from the name.

    Its printed edition puts borrowed and estimated figures in brackets; where it went through a spreadsheet,
    `(0.3)` became −0.3. All 62 such lines add up to their energy when read as 0.3, so they are.
    """
    name = _name(line["식품명"])
    amounts = {key: None if amount is None else abs(amount) for key, amount in _amounts(line).items()}
    head, *rest = name.split(", ")
    return FoodRow(
        code=ingredient_code(name),
        name=name,
        basis="100g",
        amounts=amounts,
        source=RDA,
        kind="ingredient",
        aliases="|".join(part for part in rest if part.endswith(head)),
    )


def ingredient_code(name: str) -> str:
    """Make the code of an ingredient: the same for the same name in every edition."""
    return f"RDA-{hashlib.sha256(name.encode()).hexdigest()[:12]}"


def read_own(line: Line) -> FoodRow:
    """Read a line of our own table (`foods.csv`)."""
    return FoodRow(
        code=line["code"].strip(),
        name=_name(line["name"]),
        basis=_basis(line["basis"]),
        amounts={key: _number(line.get(key, ""), key) for key in NUTRIENTS},
        source=line["source"].strip(),
        kind=line.get("kind", "").strip() or "dish",
        category=line.get("category", "").strip(),
        maker=line.get("maker", "").strip(),
        representative=True,
        serving_grams=_number(line.get("serving_grams", ""), "serving_grams"),
        name_en=line.get("name_en", "").strip(),
        aliases=line.get("aliases", "").strip(),
        source_code=line.get("source_code", "").strip(),
        edition=line.get("edition", "").strip(),
    )


def read_joined_serving(line: Line) -> UnitRow | None:
    """Read a line of the file that gives 2025 codes the servings of 2023; None unless their energies agree."""
    if line["consistent_5pct"].strip().upper() != "Y":
        return None
    return UnitRow(line["식품코드_2025"].strip(), "인분", _positive(line["1회제공량"], "1회제공량"), SERVING)


def read_unit(line: Line) -> UnitRow:
    """Read a line of our own table of units (`units.csv`)."""
    guess = line.get("guess", "").strip() == "1"
    return UnitRow(
        line["food"].strip(), line["unit"].strip(), _positive(line["grams"], "grams"), line["source"].strip(), guess
    )


def _shape(name: str, says: str, read: Callable[[Line], FoodRow | UnitRow | None], *needs: str) -> Shape:
    return Shape(name, says, read, frozenset(needs))


SHAPES = (
    _shape(
        "servings", "1회제공량 이음표", read_joined_serving, "식품코드_2025", "1회제공량", "단위", "consistent_5pct"
    ),
    _shape(
        "per_100", "식약처 100 g 기준", read_per_hundred, "식품코드", "식품명", "영양성분함량기준량", "에너지(kcal)"
    ),
    _shape("per_serving", "식약처 1회제공량 기준", read_per_serving, "식품코드", "식품명", "1회제공량", "내용량_단위"),
    _shape("own", "온하루 음식 표", read_own, "code", "name", "basis", "kcal", "source"),
    _shape("units", "온하루 단위 표", read_unit, "food", "unit", "grams", "source"),
    _shape("ingredients", "농촌진흥청 성분표", read_ingredient, "식품명", "에너지(kcal)", "단백질(g)", "지방(g)"),
)


def shape_of(header: frozenset[str]) -> Shape | None:
    """Tell which table a header belongs to; None for one we cannot read."""
    return next((shape for shape in SHAPES if shape.needs <= header), None)


def checked(row: FoodRow) -> tuple[FoodRow, str]:
    """Return the row, and which figure of it was made unknown because it cannot be true ("" for none).

    Raises UnfitError for a row that cannot be true as a whole or cannot be kept.
    """
    if not row.code or len(row.code) > 40:
        raise UnfitError("식품코드가 없거나 너무 길어요")
    amounts, made_unknown = without_impossible(row.amounts)
    if reason := implausible(amounts):
        raise UnfitError(reason)
    if all(amount is None for amount in amounts.values()):
        raise UnfitError(made_unknown or "알려진 성분이 하나도 없어요")
    return replace(row, amounts=amounts) if made_unknown else row, made_unknown


def _amounts(line: Line) -> dict[str, Decimal | None]:
    amounts = {key: _first_number(line, key) for key in NUTRIENTS}
    if amounts["iron_mg"] is None and (micrograms := _number(line.get(IRON_MICROGRAMS, ""), "철")):
        amounts["iron_mg"] = micrograms / 1000
    return amounts


def _first_number(line: Line, key: str) -> Decimal | None:
    for spelling in _SPELLINGS[key]:
        if spelling in line:
            return _number(line[spelling], spelling)
    return None


def _number(cell: str, what: str) -> Decimal | None:
    try:
        return number_in(cell)
    except NumberError as error:
        raise UnfitError(f"{what}: 숫자가 아니에요 ({str(error)[:40]!r})") from error


def _positive(cell: str, what: str) -> Decimal:
    number = _number(cell, what)
    if number is None or number <= 0:
        raise UnfitError(f"{what}: 0보다 커야 해요 ({cell[:40]!r})")
    return number


def _name(cell: str) -> str:
    name = " ".join(unicodedata.normalize("NFC", cell).split())
    if not name or len(name) > 120:
        raise UnfitError("식품명이 없거나 너무 길어요")
    return name


def _basis(cell: str) -> str:
    basis = "".join(unicodedata.normalize("NFKC", cell).casefold().split())
    if basis not in {"100g", "100ml"}:
        raise UnfitError(f"기준량은 100g 또는 100ml여야 해요 ({cell[:40]!r})")
    return basis


def _word(cell: str | None) -> str:
    word = " ".join((cell or "").split())
    return "" if word in {"-", "해당없음", "N/A"} else word[:80]


def _section(cell: str | None) -> str:
    section = "".join((cell or "").split())
    return SECTIONS.get(section, "")


def _amount(line: Line, name: str) -> Decimal | None:
    return amount_in(line.get(name, ""))
