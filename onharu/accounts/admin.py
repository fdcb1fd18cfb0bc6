"""Staff see who has an account and may keep somebody out. What people say about their bodies is not shown."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Model
from django.http import HttpRequest, HttpResponse

from onharu.accounts import principal
from onharu.accounts.models import Profile, User


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

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> tuple[str, ...]:
        """Let only a superuser say who is staff."""
        fixed = tuple(super().get_readonly_fields(request, obj))
        return fixed if getattr(request.user, "is_superuser", False) else (*fixed, "is_staff", "is_superuser")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody here: people sign up, or staff register them over the API."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Nobody here: erasing a person with all their records is the person's own act."""
        return False

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:  # noqa: FBT001
        """Save, and ask anew who the person is from now on."""
        super().save_model(request, obj, form, change)
        transaction.on_commit(lambda: principal.forget(obj.pk))


def sign_in(request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
    """Send staff to the one door where tries are limited; the admin's own form knows no limit."""
    if request.user.is_authenticated:
        raise PermissionDenied
    return redirect_to_login(request.GET.get("next") or "/admin/")


admin.site.login = sign_in  # type: ignore[method-assign]
