"""What a person answers to an alert, and whether letters are sent of them."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from onharu.accounts.actions import alerting
from onharu.accounts.middleware import language_now
from onharu.accounts.models import User
from onharu.kernel.problems import Conflict

ANSWERS = {"yes": True, "no": False}
CHANGE = "/me/security/#change"


@require_POST
@login_required
def answer(request: HttpRequest, alert_id: int) -> HttpResponse:
    """Note whether it was the person; "no" ends that session and leads to changing the password."""
    mine, user = ANSWERS.get(request.POST.get("mine", "")), _asker(request)
    if mine is None:
        alerting.require_alert(user_id=user.pk, alert_id=alert_id)
        return redirect("security")
    try:
        alerting.answer(user_id=user.pk, session_key=request.session.session_key or "", alert_id=alert_id, mine=mine)
    except Conflict as problem:
        messages.error(request, problem.en if language_now() == "en" else problem.ko)
        return redirect("security")
    if mine:
        messages.success(request, _("고마워요. 나로 알아 둘게요."))
        return redirect("security")
    messages.success(request, _("그곳에서 로그아웃했어요. 이제 비밀번호를 바꿔 주세요."))
    return redirect(CHANGE)


@require_POST
@login_required
def letters(request: HttpRequest) -> HttpResponse:
    """Send letters about alerts, or stop to."""
    wanted = ANSWERS.get(request.POST.get("wanted", ""))
    if wanted is not None:
        alerting.send_letters(user_id=_asker(request).pk, wanted=wanted)
        messages.success(request, _("저장했어요."))
    return redirect("security")


def _asker(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # noqa: S101 login_required stands before every view here
    return request.user
