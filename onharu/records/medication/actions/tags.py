"""Tags of one's own for medicines: made by being used, renamed, gone and back."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import IntegrityError, transaction

from onharu.kernel import clock
from onharu.kernel.problems import Conflict, Invalid
from onharu.records.medication import rules
from onharu.records.medication.models import Scrap, ScrapTag, Tag


class TagRefused(Invalid):
    """A tag that says nothing or too much."""

    code = "tag_invalid"
    ko = f"태그는 1~{rules.LONGEST_TAG}자로 적어 주세요."
    en = f"Write tags of 1 to {rules.LONGEST_TAG} characters."


class TooManyTags(Invalid):
    """More tags than a scrap or a person can use."""

    code = "tags_too_many"
    ko = f"태그는 약 하나에 {rules.MOST_TAGS_OF_A_SCRAP}개, 모두 {rules.MOST_TAGS}개까지 쓸 수 있어요."
    en = f"Use at most {rules.MOST_TAGS_OF_A_SCRAP} tags a medicine and {rules.MOST_TAGS} in all."


class TagExists(Conflict):
    """Another tag of this person has the name. `errors["id"]` names it."""

    code = "tag_exists"

    def __init__(self, tag_id: int) -> None:
        super().__init__(
            ko=f"같은 이름의 태그가 이미 있어요 ({tag_id}번).",
            en=f"A tag of this name is already there ({tag_id}).",
            errors={"id": [str(tag_id)]},
        )


@transaction.atomic
def add_tag(*, owner_id: int, name: str) -> Tag:
    """Have a tag of this name: the one that is spelled alike, or a new one."""
    (tag,) = named(owner_id=owner_id, names=[name])
    return tag


def named(*, owner_id: int, names: Sequence[str]) -> list[Tag]:
    """Find this person's tags by name, each once, and make those that are new. Raises TagRefused, TooManyTags."""
    wanted = {spelling_of(name): rules.tag_name(name) for name in names}
    if len(wanted) > rules.MOST_TAGS_OF_A_SCRAP:
        raise TooManyTags
    living = Tag.objects.of(owner_id).alive()
    known = {tag.spelling: tag for tag in living.filter(spelling__in=wanted)}
    fresh = [spelling for spelling in wanted if spelling not in known]
    if fresh and living.count() + len(fresh) > rules.MOST_TAGS:
        raise TooManyTags
    for spelling in fresh:
        known[spelling] = _make(owner_id, spelling, wanted[spelling])
    return [known[spelling] for spelling in wanted]


def spelling_of(name: str) -> str:
    """Spell a tag as it is compared. Raises TagRefused."""
    spelling = rules.tag_spelling(name)
    if not spelling or not 1 <= len(rules.tag_name(name)) <= rules.LONGEST_TAG or len(spelling) > Tag.LONGEST_SPELLING:
        raise TagRefused
    return spelling


def _make(owner_id: int, spelling: str, name: str) -> Tag:
    try:
        with transaction.atomic():
            return Tag.objects.create(owner_id=owner_id, spelling=spelling, name=name, created_at=clock.now())
    except IntegrityError:  # another screen made it meanwhile
        found: Tag = Tag.objects.of(owner_id).alive().get(spelling=spelling)
        return found


def set_tags(*, scrap: Scrap, names: Sequence[str]) -> bool:
    """Let a scrap have just these tags; tells whether that changed anything. Raises TagRefused, TooManyTags."""
    wanted = {tag.pk for tag in named(owner_id=scrap.owner_id, names=names)}
    links = ScrapTag.objects.of(scrap.owner_id).filter(scrap=scrap, tag__deleted_at__isnull=True)
    now = set(links.values_list("tag_id", flat=True))
    links.filter(tag_id__in=now - wanted).delete()
    fresh = [ScrapTag(owner_id=scrap.owner_id, scrap=scrap, tag_id=tag) for tag in sorted(wanted - now)]
    ScrapTag.objects.bulk_create(fresh, ignore_conflicts=True)
    return now != wanted


@transaction.atomic
def rename_tag(*, owner_id: int, tag_id: int, name: str) -> Tag:
    """Call a tag something else, on every scrap it stands on. Raises TagExists, TagRefused."""
    tag: Tag = Tag.objects.alive().select_for_update().one_of(owner_id, tag_id)
    spelling, shown = spelling_of(name), rules.tag_name(name)
    if (tag.spelling, tag.name) == (spelling, shown):
        return tag
    tag.spelling, tag.name = spelling, shown
    _save(tag, ["spelling", "name"])
    return tag


@transaction.atomic
def delete_tag(*, owner_id: int, tag_id: int) -> Tag:
    """Take a tag off every scrap; `restore_tag` takes that back for a day. Saying it twice changes nothing."""
    tag: Tag = Tag.objects.select_for_update().one_of(owner_id, tag_id)
    if tag.deleted_at is None:
        tag.deleted_at = clock.now()
        _save(tag, ["deleted_at"])
    return tag


@transaction.atomic
def restore_tag(*, owner_id: int, tag_id: int) -> Tag:
    """Take the deletion of a tag back, with the scraps it stood on. Raises TagExists."""
    tag: Tag = Tag.objects.select_for_update().one_of(owner_id, tag_id)
    if tag.deleted_at is not None:
        tag.deleted_at = None
        _save(tag, ["deleted_at"])
    return tag


def _save(tag: Tag, fields: list[str]) -> None:
    """Save a tag. Raises TagExists where another has the name."""
    other = Tag.objects.of(tag.owner_id).alive().filter(spelling=tag.spelling).exclude(pk=tag.pk)
    try:
        with transaction.atomic():
            tag.save(update_fields=fields)
    except IntegrityError:
        raise TagExists(other.get().pk) from None
