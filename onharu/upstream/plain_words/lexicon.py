"""Words that no sentence about a day may hold, in Korean and English, and how numbers are spelled out. Plain Python.

The lists err on the strict side: a refused sentence costs nothing, because the embedded ones stand in.
"""

from __future__ import annotations

import re
from collections.abc import Callable

KO, EN = "ko", "en"


def _any_of(words: str) -> re.Pattern[str]:
    return re.compile("|".join(words.split()), re.IGNORECASE)


# Illness, medicines, doses, doctors: never the business of a day's summary.
MEDICAL = _any_of(r"""
    진단 치료 완치 처방 복용 투약 용량 부작용 증상 질환 질병 환자 의사 병원 약국 약사 의약 약물 알약
    [한두세네반\d]\s*[알정]\b (?<![가-힣])약[을은이도과와] 당뇨 혈압 저혈당 고지혈 혈당 인슐린 비만
    우울증 불면증 거식 폭식증 암(?:에|을|이|은|\s|세포) 염증 감염 통증 골절 항생제 진통 해열 소화제 수면제 영양제 보충제
    감기 두통 [한안물]약[을은이도] 가루약 위장약
    비타민 타이레놀 아스피린 이부프로펜 단식 금식 굶 디톡스 면역력 diagnos \btreat(?:s|ed|ment|ing)?\b
    \bcur(?:e|es|ed|ing)\b prescri \bdos(?:e|es|age|ing)\b \btablets?\b \bpills?\b \bcapsules?\b medicin
    medicat \bdrugs?\b insulin diabet hypertens blood\s(?:pressure|sugar) \bcancer depressi insomnia disease
    disorder illness symptom side\seffect \bdoctor physician pharmac hospital clinic patient \bfast(?:ed|ing)\b
    starv detox supplement vitamin ibuprofen acetaminophen aspirin paracetamol obes anorexi bulimi immun
""")

# What a person ought to do: the summary tells, it does not advise.
ADVICE = _any_of(r"""
    세요 십시오 하시길 시기\s*바랍 바랍니다 해야 어야 아야 여야 마시고 마십 하지\s*마 지\s*않도록 좋겠
    게\s*좋(?:아|습) 것이\s*좋(?:아|습) 권장 권해 추천 필요(?:해|합|가\s*있) \bshould\b \bmust\b \bought\b
    \bneed(?:s|ed)?\sto\b \bhave\sto\b \btry\b \bplease\b \bavoid\b \bstop\b \brecommend \bsuggest \badvis
    \bconsider\b \bmake\ssure\b \bremember\sto\b \bdon'?t\b \bdo\snot\b \bnever\b \bcould\b \blet'?s\b
""")

# Praise and blame of a body, a meal or a person.
JUDGING = _any_of(r"""
    부족 과다 과식 폭식 과잉 너무 나쁜 나쁘 나빴 형편없 실패 망쳤 죄책 게으 뚱뚱 살이?\s*(?:찌|쪘|빼|빠)
    건강하지 건강에\s*(?:안|해) 불량 위험 안전 완벽 정상 비정상 한심 벌칙 반성 후회 심각 지나치 덕분에 때문에
    절반 [두세네]\s*배 \bbad\b \bpoor(?:ly)?\b unhealth \bguilt \blaz \bfail
    \btoo\s(?:much|many|little|few|high|low)\b \bbinge overate|overeat \bfat(?:ter|test|ten|tening)\b \bjunk\b
    \bdanger \bsafe(?:ly|ty)?\b \bperfect \bnormal abnormal \bterribl \bashamed?\b \bexcess
    \black(?:s|ed|ing)?\b deficien insufficien \bbecause\b \bdue\sto\b \bhalf\b \btwice\b \bdouble \btriple
""")

# What an instruction hidden in somebody's note would make a model say.
OUT_OF_PLACE = _any_of(r"""
    https?: www\. \.(?:com|net|org|kr|io)\b [@#<>{}\[\]|`*_\\] 비밀번호 계좌 송금 결제 카드\s*번호 클릭 접속
    전화 지시 명령 프롬프트 시스템 인공지능 언어\s*모델 무시 해킹 주민 password passcode \baccount\b \bclick
    \bvisit \bcall\b \bpay\b \bsend\b instruction prompt system language\smodel \bAI\b ignor hack
    as\san\sassistant json think
""")

# Foods and activities people talk about; one that stands nowhere in the facts was invented.
NAMED = _any_of(r"""
    달리기 러닝 조깅 마라톤 수영 자전거 사이클 요가 필라테스 축구 농구 야구 테니스 탁구 배드민턴 골프 등산 산책
    걷기 줄넘기 복싱 스쿼트 데드리프트 벤치프레스 런지 플랭크 푸시업 팔굽혀펴기 풀업 턱걸이 스트레칭 계단 피자
    치킨 햄버거 라면 김치 비빔밥 떡볶이 삼겹살 고기 샐러드 과일 채소 야채 빵 케이크 초콜릿 과자 아이스크림 커피
    맥주 소주 와인 막걸리 음주 술(?:을|이|자리|\s) 콜라 주스 우유 계란 달걀 닭가슴살 \brun(?:s|ning)?\b
    \bjog(?:s|ged|ging)?\b \bmarathon \bswim \bswam\b \bcycl \bbik(?:e|ing) \byoga\b pilates soccer football
    basketball tennis \bgolf \bhik \bwalk \bsquat deadlift bench\spress \bran\b \blunge \bplank push-?up pull-?up
    stretch \bstairs \bpizza \bchicken \bburger ramen kimchi \bsalad \bfruit vegetable \bbread \bcake chocolate
    cookie ice\scream \bcoffee \bbeer soju \bwine \bsoda \bjuice \bmilk \beggs?\b \bsteak \brice\b
""")

# How one says that a thing is not known, that a number is a target, and that all was done.
UNKNOWN = _any_of(r"정보 모르 모릅 알려지지 알\s*수\s*없 unknown information \bnot\sknown no\sdata")
TARGET = _any_of(r"목표 기준 범위 target goal range limit reference")
ALL_DONE = _any_of(r"모두\s*(?:마|끝|해|했|완) 전부 다\s*(?:마쳤|끝냈|했) \ball\b \bevery\b everything completed")

_NATIVE = {
    "한": 1,
    "두": 2,
    "세": 3,
    "네": 4,
    "다섯": 5,
    "여섯": 6,
    "일곱": 7,
    "여덟": 8,
    "아홉": 9,
    "열": 10,
    "스무": 20,
}
_COUNTED = "끼|번|가지|잔|컵|병|시간|분|개|알|정|세트|회|차례|곳|날|주|달|걸음|킬로|그램|밀리|배"
NATIVE = re.compile(rf"(?<![가-힣])((?:열|스물)?(?:{'|'.join(_NATIVE)})|열|스무)(?=\s?(?:{_COUNTED}))")
_DIGIT, _STEP = "[일이삼사오육칠팔구]", "[천백십만]"
_MEASURED = "킬로|그램|밀리|칼로리|분|일|끼|번|회|시간"
SINO = re.compile(rf"(?<![가-힣])({_DIGIT}?{_STEP}(?:\s?{_DIGIT}?{_STEP})*\s?{_DIGIT}?)(?=\s?(?:{_MEASURED}))")
_UNITS = {"일": 1, "이": 2, "삼": 3, "사": 4, "오": 5, "육": 6, "칠": 7, "팔": 8, "구": 9}
_STEPS = {"십": 10, "백": 100, "천": 1000, "만": 10000}

_TO_TEN = "one two three four five six seven eight nine ten "
_TO_TWENTY = "eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty"
_ENGLISH = (_TO_TEN + _TO_TWENTY).split()
_TENS = {"thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
_LARGE = {"hundred": 100, "thousand": 1000, "dozen": 12, "once": 1, "single": 1, "couple": 2, "zero": 0}
ENGLISH_NUMBERS = {**{word: at for at, word in enumerate(_ENGLISH, 1)}, **_TENS, **_LARGE}
ENGLISH = re.compile(rf"\b({'|'.join(ENGLISH_NUMBERS)})\b(?!\s+of\s+(?:the|your|my|those))", re.IGNORECASE)


def native(word: str) -> int:
    """Read a native Korean numeral before a counter: 한 is 1, 열두 is 12."""
    for tens, worth in (("열", 10), ("스물", 20)):
        if word.startswith(tens) and word != tens:
            return worth + _NATIVE[word.removeprefix(tens)]
    return _NATIVE[word]


def sino(word: str) -> int:
    """Read a Sino-Korean numeral: 이천삼백 is 2,300."""
    worth, unit = 0, 0
    for letter in word.replace(" ", ""):
        if letter in _UNITS:
            unit = _UNITS[letter]
        else:
            worth, unit = worth + (unit or 1) * _STEPS[letter], 0
    return worth + unit


def english(word: str) -> int:
    """Read an English number word: twelve is 12."""
    return ENGLISH_NUMBERS[word.lower()]


WRITTEN_OUT: tuple[tuple[re.Pattern[str], Callable[[str], int]], ...] = (
    (NATIVE, native),
    (SINO, sino),
    (ENGLISH, english),
)
