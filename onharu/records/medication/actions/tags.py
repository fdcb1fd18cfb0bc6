"""Tags of one's own for medicines, and which of them stand on a scrap."""

from __future__ import annotations

from collections.abc import Sequence

from onharu.kernel.tags import TagExists, TagRefused, Tags, TooManyTags
from onharu.records.medication import rules
from onharu.records.medication.models import Scrap, ScrapTag, Tag

__all__ = [
    "TagExists",
    "TagRefused",
    "TooManyTags",
    "add_tag",
    "delete_tag",
    "named",
    "rename_tag",
    "restore_tag",
    "set_tags",
]

_tags = Tags(Tag, each=rules.MOST_TAGS_OF_A_SCRAP, thing=("약 하나에", "a medicine"))
add_tag, named = _tags.add_tag, _tags.named
rename_tag, delete_tag, restore_tag = _tags.rename_tag, _tags.delete_tag, _tags.restore_tag


def set_tags(*, scrap: Scrap, names: Sequence[str]) -> bool:
    """Let a scrap have just these tags; tells whether that changed anything. Raises TagRefused, TooManyTags."""
    wanted = {tag.pk for tag in named(owner_id=scrap.owner_id, names=names)}
    links = ScrapTag.objects.of(scrap.owner_id).filter(scrap=scrap, tag__deleted_at__isnull=True)
    now = set(links.values_list("tag_id", flat=True))
    links.filter(tag_id__in=now - wanted).delete()
    fresh = [ScrapTag(owner_id=scrap.owner_id, scrap=scrap, tag_id=tag) for tag in sorted(wanted - now)]
    ScrapTag.objects.bulk_create(fresh, ignore_conflicts=True)
    return now != wanted
