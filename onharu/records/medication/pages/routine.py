"""When somebody usually wakes, eats and goes to bed: what 식후 30분 means on a clock."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_http_methods

from onharu.accounts.public import signed_in, visit_of
from onharu.kernel.problems import Invalid
from onharu.records.medication.actions.routine import set_routine
from onharu.records.medication.pages import door
from onharu.records.medication.pages.dose_words import hm
from onharu.records.medication.pages.regimen_reading import Reading
from onharu.records.medication.pages.regimen_shown import FieldShown
from onharu.records.medication.queries.standing import ROUTINE, routine_of
from onharu.records.medication.rules.schedules.shapes import Routine

WORDS: dict[str, Promise] = {
    "wake": gettext_lazy("일어나는 시각"),
    "breakfast": pgettext_lazy("usual time", "아침 식사"),
    "lunch": pgettext_lazy("usual time", "점심 식사"),
    "dinner": pgettext_lazy("usual time", "저녁 식사"),
    "sleep": gettext_lazy("자러 가는 시각"),
}


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def routine(request: HttpRequest) -> HttpResponse:
    """Show a person's usual times, or keep what the form says of them."""
    visit = visit_of(request)
    there = routine_of(visit.person.id)
    if request.method != "POST":
        return door.shown(request, visit, "medication/doses/routine.html", _context(there))
    reading = Reading()
    said = {name: reading.time(name, request.POST.get(name, "").strip()) for name in ROUTINE}
    for name in (name for name, value in said.items() if value is None):
        reading.fault(name, _("몇 시인지 적어 주세요."))
    problem = ""
    if not reading.wrong:
        try:
            set_routine(
                person=visit.person,
                routine=Routine(**{name: value for name, value in said.items() if value is not None}),
                at=visit.at,
            )
        except Invalid as refused:
            problem = door.problem_words(refused)
        else:
            return door.told(request, message=_("저장했어요."), otherwise="/medicines/doses/", days=[visit.today])
    typed = {name: request.POST.get(name, "") for name in ROUTINE}
    context = _context(there, typed, reading.wrong) | {"problem": problem}
    return door.shown(request, visit, "medication/doses/routine.html", context, status=422)


def _context(
    there: Routine, typed: dict[str, str] | None = None, wrong: dict[str, str] | None = None
) -> dict[str, Any]:
    values = typed or {name: hm(getattr(there, name)) for name in ROUTINE}
    return {
        "times": [(FieldShown(name, values[name], (wrong or {}).get(name, "")), WORDS[name]) for name in ROUTINE],
        "problem": "",
    }
