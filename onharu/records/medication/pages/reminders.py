"""알림 설정: the rule, the browsers that ring, and a test of the whole road."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from onharu.accounts.public import Visit, signed_in, visit_of
from onharu.kernel import clock
from onharu.kernel.problems import Conflict, Invalid
from onharu.records.medication.actions import notifying
from onharu.records.medication.models import Delivery
from onharu.records.medication.pages import door
from onharu.records.medication.pages.reminder_form import RuleForm
from onharu.records.medication.queries import reminders as asked
from onharu.upstream import mail, web_push

PAGE = "/medicines/reminders/"
# What went wrong, in words that help; anything else is told as it is.
FAULTS = {
    "answered": gettext_lazy("보내기 전에 표시했어요."),
    "superseded": gettext_lazy("다음 알림이 먼저 갔어요."),
    "forbidden": gettext_lazy("기기를 다시 등록해야 해요. 알림을 껐다 켜 주세요."),
    "rate_limited": gettext_lazy("알림 서버가 잠시 기다리라고 해요. 곧 다시 보내요."),
    "no_connection": gettext_lazy("알림 서버에 닿지 못했어요. 곧 다시 보내요."),
    "timeout": gettext_lazy("알림 서버가 답하지 않아요. 곧 다시 보내요."),
    "breaker_open": gettext_lazy("알림 서버가 답하지 않아요. 곧 다시 보내요."),
    "address_refused": gettext_lazy("이 기기의 알림 주소는 쓸 수 없어요."),
}


def _context(visit: Visit, form: RuleForm | None = None) -> dict[str, Any]:
    rule = asked.rule_of(visit.person.id)
    return {
        "form": form or RuleForm(rule, initial=asdict(rule)),
        "rule": rule,
        "key": web_push.public_key(),
        "mail_offered": mail.is_offered(),
        "browsers": [(row, fault_words(row.fault)) for row in asked.subscriptions_of(visit.person.id)],
        "last": asked.last_delivery(visit.person.id),
        **_test_context(visit),
    }


def _test_context(visit: Visit) -> dict[str, Any]:
    found = asked.last_test(visit.person.id)
    row, ways = found or (None, [])
    waiting = any(one.state in {Delivery.State.WAITING, Delivery.State.CLAIMED} for one in ways)
    unseen = any(one.state == Delivery.State.SENT and one.way == "push" and one.shown_at is None for one in ways)
    fresh = row is not None and (visit.at - row.due_at).total_seconds() < 60
    return {
        "test": row,
        "ways": [(one, fault_words(one.fault)) for one in ways],
        "watch": fresh and (waiting or unseen),
    }


def fault_words(fault: str) -> str:
    """Say what went wrong with a message; "" for nothing."""
    return str(FAULTS.get(fault, fault))


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def reminders_page(request: HttpRequest) -> HttpResponse:
    """Show how one is reminded, or set it."""
    visit = visit_of(request)
    if request.method != "POST":
        return door.shown(request, visit, "medication/reminders/page.html", _context(visit))
    form = RuleForm(asked.rule_of(visit.person.id), request.POST)
    if form.is_valid():
        try:
            notifying.set_rule(owner_id=visit.person.id, said=form.cleaned_data, at=visit.at)
        except Invalid as problem:
            _add_faults(form, problem)
        else:
            messages.success(request, _("알림 설정을 저장했어요."))
            return redirect(PAGE)
    return door.shown(request, visit, "medication/reminders/page.html", _context(visit, form), status=422)


def _add_faults(form: RuleForm, problem: Invalid) -> None:
    for name in problem.errors:
        quiet = name in {"quiet_from", "quiet_to"}
        form.add_error(name, _("시작과 끝을 함께 적어 주세요.") if quiet else door.problem_words(problem))


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def test(request: HttpRequest) -> HttpResponse:
    """Send a test, or show how far the last one came."""
    visit = visit_of(request)
    problem = ""
    if request.method == "POST":
        try:
            notifying.send_test(owner_id=visit.person.id, at=clock.now())
        except Conflict as fault:
            problem = door.problem_words(fault)
        if not door.is_fragment(request):
            if problem:
                messages.error(request, problem)
            return redirect(f"{PAGE}#test")
    context = {**_test_context(visit_of(request)), "problem": problem}
    return door.shown(request, visit, "medication/reminders/test.html", context)


@signed_in
@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a browser off the list."""
    notifying.unsubscribe(owner_id=visit_of(request).person.id, subscription_id=pk, at=clock.now(), how="page")
    messages.success(request, _("이 기기로는 더 알리지 않아요."))
    return redirect(PAGE)
