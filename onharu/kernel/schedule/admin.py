"""The schedule in the admin: when a periodic job is owed, and whether. Which jobs there are is written in the code."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django_celery_beat.models import (
    ClockedSchedule,
    CrontabSchedule,
    IntervalSchedule,
    PeriodicTask,
    SolarSchedule,
)

from onharu.kernel import clock
from onharu.kernel.jobs import registry
from onharu.kernel.jobs.periods import Line

PARTS = ("minute", "hour", "day_of_week", "day_of_month", "month_of_year")

for model in (ClockedSchedule, CrontabSchedule, IntervalSchedule, PeriodicTask, SolarSchedule):
    if admin.site.is_registered(model):
        admin.site.unregister(model)


class EntryForm(forms.ModelForm):  # type: ignore[type-arg]  # not generic at run time
    """An entry with its line of cron written out, in Seoul's time."""

    minute = forms.CharField(label=_("분 (0–59)"), max_length=240)
    hour = forms.CharField(label=_("시 (0–23)"), max_length=96)
    day_of_week = forms.CharField(label=_("요일 (0 일요일)"), max_length=64)
    day_of_month = forms.CharField(label=_("날짜 (1–31)"), max_length=124)
    month_of_year = forms.CharField(label=_("달 (1–12)"), max_length=64)

    class Meta:
        model = PeriodicTask
        fields = ["enabled"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for part in PARTS:
            if part in self.fields:  # who may only look gets none
                self.fields[part].initial = getattr(self.instance.crontab, part, "*")

    def clean(self) -> dict[str, Any]:
        """Refuse a line that cron cannot read, and one that is never due."""
        said = super().clean() or {}
        if self.errors:
            return said
        line = CrontabSchedule(**{part: said[part] for part in PARTS}, timezone=clock.DEFAULT_ZONE)
        line.full_clean(validate_unique=False)
        try:
            found = line.schedule  # Celery itself knows some days that never come
            Line(found.minute, found.hour, found.day_of_week, found.day_of_month, found.month_of_year).latest(
                clock.now()
            )
        except ValueError as error:
            raise ValidationError(_("이 시각은 오지 않아요.")) from error
        return said

    def save(self, commit: bool = True) -> Any:  # noqa: FBT001, FBT002 Django's signature
        """Point the entry at its line."""
        words = {part: self.cleaned_data[part] for part in PARTS}
        here = CrontabSchedule.objects.filter(**words, timezone=clock.DEFAULT_ZONE).first()
        line = here or CrontabSchedule.objects.create(**words, timezone=clock.DEFAULT_ZONE)
        self.instance.crontab, self.instance.interval = line, None
        return super().save(commit)


@admin.register(PeriodicTask)
class EntryAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # not generic at run time
    """Staff change when and whether; nobody adds or deletes, as the names are the code's."""

    form = EntryForm
    list_display = ["task", "line", "enabled", "last_run_at", "known"]
    list_filter = ["enabled"]
    ordering = ["task"]
    fields = ["task", "enabled", *PARTS, "last_run_at"]
    readonly_fields = ["task", "last_run_at"]

    @admin.display(description=_("언제 (서울)"))
    def line(self, entry: PeriodicTask) -> str:
        """Write the line as cron does: minute, hour, day, month, weekday."""
        cron = entry.crontab
        if cron is None:
            return str(entry.interval or "—")
        return f"{cron.minute} {cron.hour} {cron.day_of_month} {cron.month_of_year} {cron.day_of_week}"

    @admin.display(description=_("있는 작업"), boolean=True)
    def known(self, entry: PeriodicTask) -> bool:
        """Whether the code has such a job; one that it has not is never owed."""
        return entry.task in registry.entries

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody adds."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object | None = None) -> bool:
        """Nobody deletes."""
        return False
