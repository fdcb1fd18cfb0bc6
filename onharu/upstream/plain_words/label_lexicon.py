"""Words that no sentence on what a medicine is for may hold, and those it may hold without the label. Plain Python.

The lists err on the strict side: a refused sentence costs nothing, because the label's own words stand in.
"""

from __future__ import annotations

import re


def _any_of(words: str) -> re.Pattern[str]:
    return re.compile("|".join(words.split()), re.IGNORECASE)


_NATIVE = r"(?<![가-힣])(?:[한두세네반몇]|다섯|여섯|일곱|여덟|아홉|열|한두|두세|서너)"
_MANY = rf"(?:\d|{_NATIVE})"

# How much, how often, when: never said of a medicine here, not even where a label says it.
DOSE = _any_of(rf"""
    \d\s?(?:정|알|캡슐|포|병|매|환|장|개)(?![가-힣]) \d\s?(?:정|알|캡슐|포|병|매|환)[을를씩은는이도만]
    {_NATIVE}\s(?:정|포|병|매|환|장|개)(?:[을를씩은는이도만]|(?![가-힣]))
    {_NATIVE}\s?(?:알|캡슐)(?:[을를씩은는이도만]|(?![가-힣]))
    {_MANY}\s?(?:방울|숟|스푼|티스푼|회|번|차례|시간|주간|주일|일간|일분|일치|달간)(?!감염)
    \d\s?(?:mg|g(?![a-z])|μg|mcg|ml|cc|IU|밀리|그램|그람|마이크로|국제단위|단위) 1일 하루 매일 매주 매회 매번 날마다
    한꺼번에 아침 점심 저녁 식전 식후 식간 공복 자기\s*전 취침 잠들기 용량 용법 과량 최대\s 정량 늘리 늘려 줄이세
    두\s?배 증량 (?<![가-힣])씩 [가-힣\d]씩(?![가-힣]) \btablets?\b \bpills?\b \bcapsules?\b \bdos(?:e|es|age)\b
    \bdaily\b
""")
# How a medicine is taken: a label may name it in passing, a model need not.
TAKING = _any_of(r"""
    복용 투여 투약 드시 드세 드셔 (?<![가-힣])먹 마시 마셔 삼키 삼킨 바르 발라 뿌리 뿌려 붙이 붙여 씹 녹여
""")
# Instructions hidden in a text, addresses, marks of other languages than people's.
OUT_OF_PLACE = _any_of(r"""
    https?: www\. \.(?:com|net|org|kr|io|example)\b [@#<>{}|`*_\\=$~^] \[ \] 비밀번호 계좌 송금 결제 클릭 접속 전화
    지시 명령 프롬프트 시스템\s인공지능 인공지능 언어\s*모델 무시하 해킹 주민번호 답하 답변 출력 JSON 개발자
    (?<![가-힣])당신 (?<![가-힣])저는 (?<![가-힣])제가 죄송 \bignore \binstruction prompt \bpassword \bclick \bvisit
    \bassistant\b
""")
# Promises, judgements and advice, whoever makes them.
UNFIT = _any_of(r"""
    안전 완치 완벽 확실 보장 특효 만병 (?<![가-힣])기적 최고 최상 최강 탁월 뛰어[난나] 즉시 즉각 반드시 무조건 누구나
    모든\s?(?:사람|병|질) 걱정 괜찮 문제\s?없 중단 끊으 끊어도 그만 의사 약사 병원 상담 (?<![가-힣])상의 세요 십시오
    십시요 하시길 시기\s*바랍 바랍니다 해야 어야 아야 여야 야\s(?:해|합|하) 좋겠 게\s*좋 것이\s*좋 추천 권장 권해 권합
    필요(?:해|합|가\s*있) 구매 구입 할인 광고 판매 주문 가격 무료 효과적 강력 \bsafe\b \bcures?\b
""")
# What a model tells of the label rather than of the medicine, and what only a doctor may say.
BESIDE = _any_of(r"""
    부작용 이상반응 진단 처방 바로\s 빠르게 빨리 대신\s 함께\s*(?:쓰|써|사용) 라벨 원문 자료에 제공 문서 사용자 요약
    규칙 우수 환자분 효능이 \bAI\b \bsystem\b 시스템
""")

# What a label's nouns are joined with. Nothing here names an illness, a part of the body, an effect or a person.
_JOINING = """
    약 의약품 약이에요 약입니다 약이며 약으로 약이고 이 및 또는 과 와 등 등에 등의 등을 그리고 때 때의 때에 같은 여러
    여러가지 있는 있을 생긴 생기는 나타나는 나타날 따른 의한 인한 관련된 위한 위해 대한 쓰여요 쓰입니다 쓰이는 쓰이며
    쓰이고 써요 씁니다 쓰는 쓰고 쓰며 사용 사용해요 사용합니다 사용하는 사용돼요 사용하며 사용하고 사용됩니다 사용되는
    사용되며 데 데에 데도 도움 도움을 도움이 주는 줘요 줍니다 돼요 됩니다 되는 돕는 도와요 도와줍니다 돕고 도와주는
    특히 주로 경우 경우에 증상 증상을 증상에 증상의 증상이 덜어요 덜어줘요 덜어줍니다 덜어 줄여요 줄여줍니다 줄여
    가라앉혀요 가라앉힙니다 질환 질환에 질환의 그 밖의 기타 목적으로 모두
"""
ALLOWED = frozenset(_JOINING.split())
# What a medicine is said to do. Saying more than the label does is an invention.
CLAIMS = re.compile(
    r"(?P<aid>보조\s?치료|치료\s?보조|보조\s?요법|보조)|(?P<treat>치료)|(?P<prevent>예방|방지)|"
    r"(?P<ease>완화|경감|개선|덜어|줄여|가라앉)|(?P<supply>보급|보충)|(?P<clean>소독|살균|세정|세척)|(?P<pain>진통)|"
    r"(?P<inflamed>소염|항염)|(?P<fever>해열)|(?P<restrain>억제|감소)|(?P<remove>제거|방취)|(?P<birth>피임)"
)
DENIAL = re.compile(r"않|못|없|아니|아닌|아님|말[고아]|지\s*마|(?<![가-힣])안\s|금지|금기|제외|피하|유발|일으|악화")
CAUSE = re.compile(
    r"(?:으로|로)\s?인한|에\s?의한|에\s?따른|때문|(?:으로|로)\s?생[긴기]|에\s?기인한|[을를]\s?(?:동반|수반)"
)
_PARTICLES = """
    에서의 으로써 으로서 에게서 에서는 으로는 에서 에게 에는 에도 에만 으로 로써 로서 이나 까지 부터 처럼 이며
    이고 이에요 예요 입니다 하는 하고 하며 된 되는 한 할 인 의 을 를 은 는 이 가 과 와 도 만 로 나 에 들 시 때 등
"""
PARTICLES = tuple(sorted(_PARTICLES.split(), key=len, reverse=True))
