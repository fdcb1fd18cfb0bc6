"""How people say a symptom, made plain: "머리가 아프고 열이 나요" is 머리아파 and 열나. Plain Python."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterable, Mapping

from onharu.catalog.medicines.rules.symptoms import Symptom, vocabulary

MOST = 2
SHORTEST_WITHIN = 2  # a lone syllable means a symptom only when it is all that was said
_WORDS = re.compile(r"[^0-9a-z가-힣]+")
_APART = re.compile(r"(?<![가-힣])(안|못) +(?=[가-힣])")
_ENDING = (
    "(?:니까|니다|습니다|네요|는데요?|은데요?|데요?|구요|고요|면서|거나|어서|아서|어요|아요|었어요?|았어요?|더라고요|"
    "거리|거려|거린|했|하|해|한|어|아|고|며|면|다|요|서|네|지|기|게|때|니|음|듯|려|는|은|을|것){0,3}"
)
# What a verb is said with: its stem in every shape it takes, and one spelling for all of them.
_VERBS = tuple(
    (re.compile(rf"^(?P<before>.*?)(?:{stems}){_ENDING}$"), plain)
    for stems, plain in (
        ("아프|아파|아픈|아플|아픔|아팠|아픕", "아파"),
        ("쑤시|쑤셔|쑤신|쑤실|쑤셨|쑤심", "쑤셔"),
        ("쓰리|쓰려|쓰린|쓰릴|쓰림|쓰렸|쓰라", "쓰려"),
        ("막히|막혀|막힌|막힐|막힘|막혔", "막혀"),
        ("가렵|가려워|가려운|가려울|가려웠|간지러|간지럽|간지럼|간질간질|근질", "가려워"),
        ("부었|부어|붓는|붓고|부은|부음|붓네|부을", "부어"),
        ("어지러|어지럽|어질", "어지러워"),
        ("저리|저려|저린|저릴|저림|저렸", "저려"),
        ("울렁|미식|메스꺼|메슥|니글", "메스꺼워"),
        ("토하|토해|토할|토했|토함|토한", "토해"),
        ("체하|체해|체했|체한|체할", "체했어"),
        ("끓어|끓고|끓는|끓네|끓습|끓음", "끓어"),
        ("빠져|빠지|빠진|빠질|빠졌", "빠져"),
        ("물렸|물려|물린|물릴|물림", "물렸어"),
        ("쏘였|쏘여|쏘인", "쏘였어"),
        ("데었|데여|데인|뎄|데었는", "데었어"),
        ("삐었|삐어|삔|삐끗|접질", "삐었어"),
        ("뻐근", "뻐근"),
        ("뻑뻑", "뻑뻑"),
        ("더부룩", "더부룩"),
        ("헐었|헐어|헐은|헌데", "헐었어"),
        ("막막|답답", "답답"),
        ("떨려|떨리|떨림|떨린", "떨려"),
        ("시려|시리|시린|시림|시렸", "시려"),
        ("결려|결리|결린|결림", "결려"),
        ("쉬었|쉬어|쉰", "쉬었어"),
        ("피곤", "피곤"),
        ("차가워|차가운|차갑", "차가워"),
        ("올라와|올라오|올라온", "올라와"),
        ("찼|차서|차고|차요|차는", "차"),
    )
)
_GOING = re.compile(
    r"^(?P<before>.*?)(?:나요|나고|나서|나는데|나는|나네요?|나면|나며|납니다|난다|난데|나와요?|났는데|났어요?|났다|날때|남|나)$"
)
_NOT = re.compile(r"^(?P<before>.*?)(?:안와|안오|안되|안돼|안됨|못자|못잔)[가-힣]{0,4}$")
_DONE = re.compile(
    r"(?:했어요?|했는데|해요?|해서|하고|한데|합니다|하다|됐어요?|돼요?|되고|됐는데|있어요?|있는데|예요|이에요|인데|이야|야)$"
)
_POLITE = re.compile(r"(?<=[가-힣]{2})요$")
_MEDICINE = re.compile(r"(?:나|약|제|연고|파스|크림|안약|때|에)+")
_AND = re.compile(r"(?:이랑|랑|하고|에서|은|는|을|를|도|과|와|이|가|에|만)$")
# Words between the parts of a sentence that say nothing of the body.
_FILLING = (
    "약 추천 좋은 먹을 먹는 바르는 붙이는 뿌리는 넣는 먹는약 바르는약 효과 있는 때 때문에 너무 많이 자꾸 "
    "계속 갑자기 조금 좀 심하게 심한 너무너무 엄청 요즘 오늘 어제 밤에 그리고 또 또는 및 같아요 같아 것 거 "
    "데 어떤 무슨 뭐 먹어야 하나요 먹지 치료 완화 증상 있을 해요 해 했어요 하고 해서 됐어요 돼요 되고 "
    "심해요 심해 심하고 들어요 꽉 아기 애기 아이 우리 애 저 제 제가 for and my i have a "
    "the "
)
_FILLERS = frozenset(_FILLING.split())


def plain_said(text: str) -> str:
    """Spell what somebody says in one way, without spaces: no particles, no politeness, one shape of each verb."""
    words = _APART.sub(r"\1", _WORDS.sub(" ", unicodedata.normalize("NFC", text).casefold())).split()
    plain = (_plain_word(word) for word in words if word not in _FILLERS)
    return "".join(word for word in plain if word not in _FILLERS)


def _plain_word(word: str) -> str:
    for verb, plain in _VERBS:
        if found := verb.match(word):
            return _bare(found["before"]) + plain
    if found := _NOT.match(word):
        return _bare(found["before"]) + _not_what(word)
    if found := _GOING.match(word):
        return _bare(found["before"]) + "나"
    return _bare(_POLITE.sub("", _DONE.sub("", word) or word))


def _not_what(word: str) -> str:
    return "못자" if "못" in word else "안와" if "안와" in word or "안오" in word else "안돼"


def _bare(noun: str) -> str:
    """Drop the particle of a noun; a single syllable has none (이 is a tooth)."""
    return _AND.sub("", noun) or noun if len(noun) > 1 else noun


def symptoms_said(text: str) -> tuple[str, ...]:
    """Name the symptoms somebody says, in the order said, at most two; none when no known phrase is in it."""
    said = plain_said(text)
    phrases, pattern = _phrases()
    if said in phrases:
        return (phrases[said],)
    return tuple(dict.fromkeys(phrases[found.group()] for found in pattern.finditer(said)))[:MOST]


def says_nothing_else(text: str) -> bool:
    """Tell whether all of what was said is symptoms: "두통" is, "두통엔게보린" is not."""
    phrases, pattern = _phrases()
    said = plain_said(text)
    return bool(said) and (said in phrases or not _MEDICINE.sub("", pattern.sub("", said)))


@functools.cache
def _phrases() -> tuple[Mapping[str, str], re.Pattern[str]]:
    phrases = dict(_ways(vocabulary()))
    within = sorted((one for one in phrases if len(one) >= SHORTEST_WITHIN), key=lambda one: (-len(one), one))
    return phrases, re.compile("|".join(map(re.escape, within)))


def _ways(symptoms: Iterable[Symptom]) -> Iterable[tuple[str, str]]:
    """Yield every way to say each symptom; its own name last, so that it stays its own."""
    known = list(symptoms)
    for symptom in known:
        for way in (*symptom.label_words, *symptom.said):
            if plain := plain_said(way):
                yield plain, symptom.name
    yield from ((plain_said(symptom.name), symptom.name) for symptom in known)
