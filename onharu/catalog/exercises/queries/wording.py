"""What people read for the codes of the shelf, in the language they read."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

PATTERN_WORDS = {
    "push": _("밀기"),
    "pull": _("당기기"),
    "squat": _("앉았다 일어서기"),
    "hinge": _("엉덩이 접기"),
    "carry": _("들고 걷기"),
    "core": _("몸통 버티기"),
    "cardio": _("유산소"),
    "mobility": _("스트레칭·균형"),
}
MEASURE_WORDS = {
    "reps": pgettext_lazy("how a set is counted", "회"),
    "seconds": pgettext_lazy("how a set is counted", "초"),
    "minutes": pgettext_lazy("how a set is counted", "분"),
}
LEVEL_WORDS = {
    0: _("정보 없음"),
    1: pgettext_lazy("level of an exercise", "쉬움"),
    2: pgettext_lazy("level of an exercise", "보통"),
    3: pgettext_lazy("level of an exercise", "어려움"),
}
TARGET_WORDS = {
    "chest": pgettext_lazy("what an exercise trains", "가슴"),
    "back": pgettext_lazy("what an exercise trains", "등"),
    "shoulders": pgettext_lazy("what an exercise trains", "어깨"),
    "biceps": pgettext_lazy("what an exercise trains", "이두"),
    "triceps": pgettext_lazy("what an exercise trains", "삼두"),
    "forearms": pgettext_lazy("what an exercise trains", "팔뚝"),
    "core": pgettext_lazy("what an exercise trains", "배·허리"),
    "glutes": pgettext_lazy("what an exercise trains", "엉덩이"),
    "quads": pgettext_lazy("what an exercise trains", "앞허벅지"),
    "hamstrings": pgettext_lazy("what an exercise trains", "뒤허벅지"),
    "calves": pgettext_lazy("what an exercise trains", "종아리"),
    "hips": pgettext_lazy("what an exercise trains", "골반 둘레"),
    "full_body": pgettext_lazy("what an exercise trains", "온몸"),
    "heart": pgettext_lazy("what an exercise trains", "심폐"),
}
EQUIPMENT_WORDS = {
    "none": _("맨몸"),
    "dumbbell": _("덤벨"),
    "barbell": _("바벨"),
    "kettlebell": _("케틀벨"),
    "machine": _("머신"),
    "cable": _("케이블"),
    "band": _("밴드"),
    "bench": _("벤치"),
    "pullup_bar": _("철봉"),
    "mat": _("매트"),
    "treadmill": _("러닝머신"),
    "bike": _("자전거"),
    "rower": _("로잉머신"),
    "elliptical": _("일립티컬"),
    "step": _("스텝박스"),
    "rope": _("줄넘기"),
    "ball": _("짐볼"),
    "other": _("그 밖의 도구"),
}
PLACE_WORDS = {
    "gym": pgettext_lazy("where one exercises", "헬스장"),
    "home": pgettext_lazy("where one exercises", "집"),
    "outdoor": pgettext_lazy("where one exercises", "밖"),
}
LOAD_WORDS = {
    "knee": pgettext_lazy("a region that may hurt", "무릎"),
    "lower_back": pgettext_lazy("a region that may hurt", "허리"),
    "shoulder": pgettext_lazy("a region that may hurt", "어깨"),
    "elbow": pgettext_lazy("a region that may hurt", "팔꿈치"),
    "wrist": pgettext_lazy("a region that may hurt", "손목"),
    "hip": pgettext_lazy("a region that may hurt", "고관절"),
    "ankle": pgettext_lazy("a region that may hurt", "발목"),
    "neck": pgettext_lazy("a region that may hurt", "목"),
}
CAUTION_WORDS = {
    "jump": _("뛰는 동작"),
    "heavy_lower": _("무거운 하체 운동"),
    "overhead": _("머리 위로 드는 동작"),
    "heat": _("더운 곳에서 조심"),
}
