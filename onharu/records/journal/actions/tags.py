"""Tags of one's own for days, and which of them stand on a report."""

from __future__ import annotations

from onharu.kernel.days import touch
from onharu.kernel.tags import TagExists, TagRefused, Tags, TooManyTags, spelling_of
from onharu.records.journal import rules
from onharu.records.journal.models import DailyReport, DayTag, Tag

__all__ = [
    "PART",
    "TagExists",
    "TagRefused",
    "TooManyTags",
    "add_tag",
    "delete_tag",
    "named",
    "rename_tag",
    "restore_tag",
    "set_tags",
    "spelling_of",
]
PART = "journal"


def _announce(tag: Tag) -> None:
    rows = DailyReport.objects.of(tag.owner_id).alive().filter(links__tag=tag)
    touch(tag.owner_id, *rows.values_list("day", flat=True), part=PART)


_tags = Tags(Tag, each=rules.MOST_TAGS_OF_A_DAY, thing=("하루에", "a day"), heard=_announce)
add_tag, named = _tags.add_tag, _tags.named
rename_tag, delete_tag, restore_tag = _tags.rename_tag, _tags.delete_tag, _tags.restore_tag


def set_tags(*, report: DailyReport, now: set[int], wanted: set[int]) -> bool:
    """Let a report have just these tags; tells whether that changed anything. Raises TooManyTags."""
    _tags.hold(len(wanted))
    DayTag.objects.filter(report=report, tag_id__in=now - wanted).delete()
    fresh = [DayTag(owner_id=report.owner_id, report=report, tag_id=tag) for tag in sorted(wanted - now)]
    DayTag.objects.bulk_create(fresh, ignore_conflicts=True)
    return now != wanted
