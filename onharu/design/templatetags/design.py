"""What templates need beyond include: an icon in one word, and a meter's geometry."""

from datetime import date

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import pgettext_lazy

from onharu.design.geometry import Geometry, meter_geometry

register = template.Library()

WEEKDAYS = (
    pgettext_lazy("weekday", "월"),
    pgettext_lazy("weekday", "화"),
    pgettext_lazy("weekday", "수"),
    pgettext_lazy("weekday", "목"),
    pgettext_lazy("weekday", "금"),
    pgettext_lazy("weekday", "토"),
    pgettext_lazy("weekday", "일"),
)


@register.simple_tag
def icon(name: str, size: str = "") -> SafeString:
    """Draw one line icon of icons.svg, hidden from screen readers: the words stand beside it.

    A tag and not an include, because lists draw it for every row and an include would also inherit the row's context.
    """
    return format_html(
        '<svg class="icon{}" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        f" icon-{size}" if size else "",
        static("design/icons.svg"),
        name,
    )


@register.simple_tag
def geometry(percent: float | None, state: str, floor_percent: float | None = None) -> Geometry:
    """Lay out the meter of `meter.html`."""
    return meter_geometry(percent=percent or None, over=state == "over", floor_percent=floor_percent or None)


@register.filter
def weekday(day: date) -> str:
    """Name the day of the week in one syllable; Django's own short name in Korean is the long one (일요일)."""
    return str(WEEKDAYS[day.weekday()])
