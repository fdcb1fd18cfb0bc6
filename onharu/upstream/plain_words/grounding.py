"""Whether a model's sentences may be shown: every number stands in the facts, and nothing is said that nobody asked.

`flaw_of` answers with a stable word for the first thing that is wrong, "" for nothing. What people wrote themselves
lends no number: a note that says "tell them 5000" proves nothing. What it cannot see is a true number said of the
wrong thing in words it does not know; so the figures stand beside every text that a model wrote.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from onharu.kernel.quantities import NUTRIENTS
from onharu.upstream.plain_words import lexicon
from onharu.upstream.plain_words.port import DayFacts, Measure

SHORTEST, LONGEST = 12, 600
MOST_SENTENCES = 5
SHORTEST_NAME = 2
SHARE_OF_LANGUAGE = 0.6
_SENTENCE = re.compile(r"[.!?。…]+(?:\s|$)")
_NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?|\.\d+")
_UNIT = re.compile(
    r"\s*(?:(?P<kcal>kcal|㎉|킬로칼로리|칼로리|calories)|(?P<mg>mg|밀리그램|milligrams?)|(?P<kg>kg|킬로그램|킬로|kilos?|kilograms?)|"
    r"(?P<ml>ml|cc|밀리리터|millilit)|(?P<g>g(?![a-z])|그램|grams?)|(?P<minutes>분|min(?:s|utes?)?\b)|(?P<hours>시간|hours?\b|h\b)|"
    r"(?P<meals>끼|meals?\b)|(?P<days>일|days?\b)|(?P<percent>%|퍼센트|percent)|(?P<points>점|points?)|(?P<other>l\b|리터|lit(?:er|re)|잔|컵|병|km|킬로미터|보\b|"
    r"걸음|steps?\b|세트|sets?\b|배|lbs?\b|pounds?|oz|cups?\b|glasses))",
    re.IGNORECASE,
)
# "1,800 to 2,200 kcal": the first number is counted in the unit of the second.
_UNTIL = re.compile(r"\s*(?:to|and|~|-|–|에서|부터)\s*\d[\d,.]*")
_SUBJECTS = {
    "kcal": r"열량|에너지|energy",
    "protein_g": r"단백질|protein",
    "sodium_mg": r"나트륨|소금|sodium|salt",
    "carbohydrate_g": r"탄수화물|carb",
    "saturated_fat_g": r"포화지방|saturated fat",
    "fat_g": r"지방|\bfat\b",
    "sugars_g": r"당류|설탕|sugar",
    "fiber_g": r"식이섬유|섬유|fib(?:er|re)",
    "cholesterol_mg": r"콜레스테롤|cholesterol",
    "potassium_mg": r"칼륨|potassium",
    "calcium_mg": r"칼슘|calcium",
    "iron_mg": r"철분|\biron\b",
    "caffeine_mg": r"카페인|caffeine",
    "alcohol_g": r"알코올|alcohol",
    "eating": r"식사|끼니|\bmeal|\bate\b|eaten",
    "water": r"(?<![가-힣])물[은을이도로]|수분|water",
    "moving": r"운동|움직|workout|exercise|moved|moving|movement",
    "sleeping": r"(?<![가-힣])잠|수면|(?<![가-힣])자고|주무|잤|sleep|slept",
    "weight": r"몸무게|체중|weigh",
    "mood": r"기분|\bmood",
    "condition": r"컨디션|몸 상태|\bfelt\b|\bfeel",
    "streak": r"연속|이어|streak|in a row",
}
_SUBJECT = re.compile("|".join(f"(?P<{name}>{words})" for name, words in _SUBJECTS.items()), re.IGNORECASE)
_CLAUSE = re.compile(r"[.!?;,](?!\d)|\band\b|그리고|(?<=고)\s")
_OF = re.compile(r"\s*(?:of|의)?\s*")
_FOREIGN = re.compile(r"[぀-ヿ㐀-鿿Ѐ-ӿ֐-ۿऀ-๿]")
_HANGUL = re.compile(r"[가-힣]")
_LATIN = re.compile(r"[A-Za-z]")


@dataclass(frozen=True, slots=True)
class Known:
    """One number of the facts: of what (a key of _SUBJECTS, "" for anything), in which unit ("" for a count).

    `target` marks what an amount is held against: it may only be said as such.
    """

    subject: str
    unit: str
    value: Decimal
    target: bool = False


def spelled(text: str) -> str:
    """Write a text the one way it is judged and shown: composed letters, plain digits, one line."""
    return " ".join(unicodedata.normalize("NFKC", text).split())


def flaw_of(text: str, facts: DayFacts) -> str:
    """Say what is wrong with sentences about these facts in one stable word, "" when they may be shown."""
    said = spelled(text)
    if flaw := _shape(said, facts.language):
        return flaw
    # The names of what was done are the house's own: they may hold any word and any number.
    rest = said
    for name in sorted(facts.workouts, key=len, reverse=True):
        rest = rest.replace(spelled(name), "…") if len(name) >= SHORTEST_NAME else rest
    if flaw := _words(rest) or _invented(rest, facts):
        return flaw
    known = known_numbers(facts)
    sentences = _SENTENCE.split(rest)
    return next((flaw for one in sentences if (flaw := _claims(one, facts) or _numbers(one, known))), "")


def _shape(said: str, language: str) -> str:
    if not SHORTEST <= len(said) <= LONGEST or len(_SENTENCE.findall(said)) not in range(1, MOST_SENTENCES + 1):
        return "length"
    if any(unicodedata.category(letter).startswith("C") for letter in said):
        return "hidden_letters"
    own, other = (_HANGUL, _LATIN) if language == lexicon.KO else (_LATIN, _HANGUL)
    mine, strange = len(own.findall(said)), len(other.findall(said)) + len(_FOREIGN.findall(said))
    if _FOREIGN.search(said) or not mine or mine / (mine + strange) < SHARE_OF_LANGUAGE:
        return "language"
    return ""


def _words(said: str) -> str:
    lists = {
        "out_of_place": lexicon.OUT_OF_PLACE,
        "medical": lexicon.MEDICAL,
        "advice": lexicon.ADVICE,
        "judging": lexicon.JUDGING,
    }
    return next((flaw for flaw, words in lists.items() if words.search(said)), "")


def _invented(said: str, facts: DayFacts) -> str:
    """Find a food or an activity that neither the house nor the person named."""
    named = spelled(" ".join((*facts.workouts, *facts.said))).lower()
    found = (match.group().strip().lower() for match in lexicon.NAMED.finditer(said))
    return "invented" if any(word not in named for word in found) else ""


def _claims(sentence: str, facts: DayFacts) -> str:
    """Find what is claimed without a number: of an unknown amount, or that all was done when it was not."""
    unknown = {measure.key for measure in facts.measures if measure.amount is None}
    about = {found.lastgroup for found in _SUBJECT.finditer(sentence)}
    if unknown & about and not lexicon.UNKNOWN.search(sentence):
        return "unknown"
    if facts.tasks_planned != facts.tasks_done and lexicon.ALL_DONE.search(sentence):
        return "not_done"
    return ""


def known_numbers(facts: DayFacts) -> frozenset[Known]:
    """List every number that sentences about these facts may hold."""
    counts = (
        ("eating", "meals", facts.meals),
        ("eating", "", facts.meals),
        ("water", "ml", facts.water_ml),
        ("moving", "minutes", facts.workout_minutes),
        ("moving", "", len(facts.workouts) or None),
        ("moving", "", facts.workouts_untimed or None),
        ("moving", "", facts.tasks_planned),
        ("moving", "", facts.tasks_done),
        ("weight", "kg", facts.weight_kg),
        ("sleeping", "hours", facts.sleep_hours),
        ("mood", "points", facts.mood),
        ("mood", "points", None if facts.mood is None else 5),
        ("condition", "points", facts.condition),
        ("condition", "points", None if facts.condition is None else 5),
        ("streak", "days", facts.streak_days),
    )
    told = {
        Known(subject, unit, shown)
        for subject, unit, value in counts
        if value is not None
        for shown in _ways(Decimal(value))
    }
    return frozenset(told | {known for measure in facts.measures for known in _of_measure(measure)})


def _of_measure(measure: Measure) -> Iterator[Known]:
    unit = measure.key.rpartition("_")[2]
    for value, target in ((measure.amount, False), (measure.low, True), (measure.high, True)):
        for shown in _ways(value) if value is not None else ():
            yield Known(measure.key, unit, shown, target=target)
    if measure.unknown_rows:
        yield Known("", "", Decimal(measure.unknown_rows))


def _ways(value: Decimal) -> set[Decimal]:
    """A number as it stands, and rounded to a tenth or a whole, as people write it."""
    tenth, whole = (value.quantize(step, ROUND_HALF_UP) for step in (Decimal("0.1"), Decimal(1)))
    return {value.normalize(), tenth.normalize(), whole.normalize()}


def _numbers(sentence: str, known: frozenset[Known]) -> str:
    found = (_flaw_of_number(sentence, number, known) for number in _said_numbers(sentence))
    return next((flaw for flaw in found if flaw), "")


def _said_numbers(sentence: str) -> Iterator[tuple[Decimal, int, int]]:
    """Find every number, in digits or in words, with where it begins and ends."""
    for match in _NUMBER.finditer(sentence):
        yield Decimal(match.group().replace(",", "")).normalize(), match.start(), match.end()
    for pattern, read in lexicon.WRITTEN_OUT:
        for match in pattern.finditer(sentence):
            yield Decimal(read(match.group(1))).normalize(), match.start(1), match.end(1)


def _flaw_of_number(sentence: str, number: tuple[Decimal, int, int], known: frozenset[Known]) -> str:
    value, start, end = number
    if not (fitting := {one for one in known if one.value == value}):
        return "number"
    until = _UNTIL.match(sentence, end)
    unit = _UNIT.match(sentence, end) or (_UNIT.match(sentence, until.end()) if until else None)
    if unit and not (fitting := {one for one in fitting if one.unit == unit.lastgroup}):
        return "unit"
    subject = _subject_of(sentence, start, unit.end() if unit else end)
    if subject and not (fitting := {one for one in fitting if _may_be_of(one, subject)}):
        return "subject"
    if not unit and not any(one.unit == "" or one.subject == subject for one in fitting):
        return "unit"
    if all(one.target for one in fitting) and not lexicon.TARGET.search(sentence):
        return "target"
    return ""


def _may_be_of(known: Known, subject: str) -> bool:
    return known.subject in {subject, ""} or (subject == "eating" and known.subject in NUTRIENTS)


def _subject_of(said: str, start: int, end: int) -> str:
    """Tell what a number is said of: what follows at once ("62 g of protein"), else what came before in its clause."""
    gap = _OF.match(said, end)
    after = _SUBJECT.match(said, gap.end() if gap else end)
    if after:
        return after.lastgroup or ""
    begins = max((found.end() for found in _CLAUSE.finditer(said, 0, start)), default=0)
    before = list(_SUBJECT.finditer(said, begins, start))
    return (before[-1].lastgroup or "") if before else ""
