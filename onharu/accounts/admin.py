"""Staff see who has an account and may keep somebody out. What people say about their bodies is not shown."""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from django.contrib import admin, messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from onharu.accounts import principal
from onharu.accounts.actions import securing
from onharu.accounts.models import Profile, User
from onharu.accounts.ports import erase_person


class ProfileInline(admin.StackedInline):  # type: ignore[type-arg]
    """What staff need to help: the name, the zone, the language. Read-only."""

    model = Profile
    fields = readonly_fields = ("nickname", "zone", "day_start_hour", "language", "setup_done_at", "version")
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Nobody: a profile comes with its person."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Nobody: a profile is its owner's."""
        return False


@admin.register(User)
class UserAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Accounts: only who may sign in and who is staff can be changed."""

    list_display = ("username", "email", "is_active", "is_staff", "date_joined", "last_login")
    list_filter = ("is_active", "is_staff")
    search_fields = ("username", "email")
    ordering = ("-pk",)
    inlines = (ProfileInline,)
    fields = ("username", "email", "is_active", "is_staff", "is_superuser", "date_joined", "last_login")
    readonly_fields = ("username", "email", "date_joined", "last_login")
    actions = ("end_second_step",)

    @admin.action(description=_("2단계 인증 끄기: 인증 앱과 복구 코드를 잃은 사람"), permissions=["superuser"])
    def end_second_step(self, request: HttpRequest, queryset: Any) -> None:
        """Ask people for no code any more. They are told, and read who did it; nobody does it to themselves here."""
        for one in queryset.exclude(pk=request.user.pk):
            was_on = securing.switch_off_for(user_id=one.pk)
            said = _("2단계 인증을 껐어요: {name}") if was_on else _("2단계 인증이 꺼져 있었어요: {name}")
            messages.info(request, said.format(name=one.username))

    def has_superuser_permission(self, request: HttpRequest) -> bool:
        """Whether who asks may do what opens somebody's account."""
        return bool(getattr(request.user, "is_superuser", False))

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> tuple[str, ...]:
        """Let only a superuser say who is staff."""
        fixed = tuple(super().get_readonly_fields(request, obj))
        return fixed if getattr(request.user, "is_superuser", False) else (*fixed, "is_staff", "is_superuser")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody here: people sign up, or staff register them over the API."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Only a superuser, and nobody themselves here: that is done at /me/delete/."""
        return self.has_superuser_permission(request) and (obj is None or obj.pk != request.user.pk)

    def get_deleted_objects(
        self, objs: Any, request: HttpRequest
    ) -> tuple[list[str], dict[str, int], set[str], list[str]]:
        """Name whom is to be erased and nothing of theirs; leave out who asks."""
        others = [one for one in objs if one.pk != request.user.pk]
        return [str(one) for one in others], {"people": len(others)}, set(), []

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        """Have a person erased as they would do it themselves, in the background and with a receipt."""
        receipt = erase_person(user_id=obj.pk)
        messages.info(request, f"지우고 있어요. 확인증 / receipt: {receipt}")

    def delete_queryset(self, request: HttpRequest, queryset: Any) -> None:
        """Have several people erased, never who asks."""
        for one in queryset.exclude(pk=request.user.pk):
            self.delete_model(request, one)

    def log_deletions(self, request: HttpRequest, queryset: Any) -> list[Any]:
        """Note nothing in the admin's history, which would keep the name; the access record has it by number."""
        return []

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:  # noqa: FBT001
        """Save, and ask anew who the person is from now on."""
        super().save_model(request, obj, form, change)
        transaction.on_commit(lambda: principal.forget(obj.pk))


def sign_in(request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
    """Send staff to the one door where tries are limited; the admin's own form knows no limit."""
    if request.user.is_authenticated:
        raise PermissionDenied
    return redirect_to_login(request.GET.get("next") or "/admin/")


def change_password(request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
    """Send staff to where another password ends every other session and is told; the admin's own form does neither."""
    return redirect("security")


# Keys of other companies come from the environment, their tokens are not kept, and who somebody is there is theirs. So
# is how they sign in, which is ended above and written by nobody else.
admin.site.unregister((Authenticator, EmailAddress, SocialAccount, SocialApp, SocialToken))
admin.site.login = sign_in  # type: ignore[method-assign]
admin.site.password_change = change_password  # type: ignore[method-assign,assignment]
