"""Staff may look and change nothing, but settle jobs that died. Temporary holidays are theirs to write."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from onharu.kernel import jobs
from onharu.kernel.holidays import ExtraHoliday
from onharu.kernel.jobs import DeadLetter, Job


class ReadOnly(admin.ModelAdmin):  # type: ignore[type-arg]  # not generic at run time
    """Rows that nobody changes by hand."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody adds."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: object | None = None) -> bool:
        """Nobody changes."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object | None = None) -> bool:
        """Nobody deletes."""
        return False


class Queue(ReadOnly):
    """Rows of the queue, without what they were given: of that only numbers are shown, never words."""

    exclude = ["args", "key", "claimed_by"]
    readonly_fields = ["numbers"]

    @admin.display(description=_("대상 번호"))
    def numbers(self, row: Job) -> str:
        """Name the rows a job is about."""
        return ", ".join(f"{name} {value}" for name, value in row.args.items() if type(value) is int) or "—"


@admin.register(Job)
class JobAdmin(Queue):
    """The queue: what is owed, what died and of what."""

    list_display = ["id", "name", "state", "run_at", "attempts", "error"]
    list_filter = ["state", "name"]


@admin.register(DeadLetter)
class DeadLetterAdmin(Queue):
    """What failed six times: staff who may change it owe it again, staff who may delete it let it go."""

    list_display = ["id", "name", "numbers", "attempts", "error", "finished_at"]
    list_filter = ["name", "error"]
    ordering = ["-finished_at"]
    actions = ["owe_again", "drop"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Job]:
        """List the dead."""
        return super().get_queryset(request).filter(state=Job.State.DEAD)

    def has_settle_permission(self, request: HttpRequest) -> bool:
        """Whether somebody may owe again."""
        return request.user.has_perm("kernel.change_deadletter")

    def has_drop_permission(self, request: HttpRequest) -> bool:
        """Whether somebody may let go."""
        return request.user.has_perm("kernel.delete_deadletter")

    @admin.action(permissions=["settle"], description=_("다시 맡기기"))
    def owe_again(self, request: HttpRequest, rows: QuerySet[Job]) -> None:
        """Owe the chosen anew."""
        number = jobs.owe_again(rows.values_list("pk", flat=True))
        self.message_user(request, ngettext("%d건을 다시 맡겼어요.", "%d건을 다시 맡겼어요.", number) % number)

    @admin.action(permissions=["drop"], description=_("목록에서 지우기"))
    def drop(self, request: HttpRequest, rows: QuerySet[Job]) -> None:
        """Let the chosen go."""
        number = jobs.drop(rows.values_list("pk", flat=True))
        self.message_user(request, ngettext("%d건을 지웠어요.", "%d건을 지웠어요.", number) % number)

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        """Show the buttons that somebody may press."""
        context |= {"may_settle": self.has_settle_permission(request), "may_drop": self.has_drop_permission(request)}
        return super().render_change_form(request, context, *args, **kwargs)


@admin.register(ExtraHoliday)
class ExtraHolidayAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # not generic at run time
    """Temporary holidays: the one table of the kernel that staff write, as a proclamation is everybody's."""

    list_display = ["day", "name"]
