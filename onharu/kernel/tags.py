"""Tags of a person's own, for whatever a room puts them on: made by being used, renamed, gone and back.

A room makes its table from `NamedTag`, says how many tags one thing may have, and who must hear of a change.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Generic, TypeVar

from django.db import IntegrityError, models, transaction

from onharu.kernel import clock
from onharu.kernel.owned import AliveQuerySet, Owned
from onharu.kernel.problems import Conflict, Invalid
from onharu.kernel.sealed import SealedTextField
from onharu.kernel.sealing import blind
from onharu.kernel.spelling import LONGEST_TAG, MOST_TAGS, tag_name, tag_spelling


class NamedTag(Owned):
    """A word of one's own. `spelling` tells two tags apart; a room's table keeps it unique among the living.

    What stands there is the blind index of how the word is spelled, made by `mark_of`.
    """

    LONGEST_SPELLING = 120  # NFKC can unfold one sign into several

    name = SealedTextField(max_length=LONGEST_TAG)
    spelling = models.CharField(max_length=LONGEST_SPELLING)
    created_at = models.DateTimeField()
    deleted_at = models.DateTimeField(null=True, blank=True)

    objects = AliveQuerySet.as_manager()  # type: ignore[misc]  # a narrower manager than Owned's

    class Meta:
        abstract = True

    @classmethod
    def mark_of(cls, owner_id: int, spelling: str) -> str:
        """Make what `spelling` holds for a word of this person's that is spelled so."""
        return blind(f"{cls._meta.db_table}.spelling", owner_id, spelling)


T = TypeVar("T", bound=NamedTag)


class TagRefused(Invalid):
    """A tag that says nothing or too much."""

    code = "tag_invalid"
    ko = f"태그는 1~{LONGEST_TAG}자로 적어 주세요."
    en = f"Write tags of 1 to {LONGEST_TAG} characters."


class TooManyTags(Invalid):
    """More tags than a thing or a person can use."""

    code = "tags_too_many"


class TagExists(Conflict):
    """Another tag of this person has the name. `errors["id"]` names it."""

    code = "tag_exists"

    def __init__(self, tag_id: int) -> None:
        super().__init__(
            ko=f"같은 이름의 태그가 이미 있어요 ({tag_id}번).",
            en=f"A tag of this name is already there ({tag_id}).",
            errors={"id": [str(tag_id)]},
        )


def spelling_of(name: str) -> str:
    """Spell a tag as it is compared. Raises TagRefused."""
    spelling = tag_spelling(name)
    if not 1 <= len(tag_name(name)) <= LONGEST_TAG or not 1 <= len(spelling) <= NamedTag.LONGEST_SPELLING:
        raise TagRefused
    return spelling


def most_used(counted: Iterable[Any]) -> list[Any]:
    """Put tags in order by their `uses`, those alike by name."""
    return sorted(counted, key=lambda tag: (-tag.uses, tag.name, tag.pk))


class Tags(Generic[T]):
    """The tags of one room: at most `each` on one `thing` (said in both languages); `heard` is told of a change."""

    def __init__(
        self, model: type[T], *, each: int, thing: tuple[str, str], heard: Callable[[T], None] = lambda _tag: None
    ) -> None:
        self._model = model
        self._rows: Any = model.objects
        self._each = each
        self._heard = heard
        ko, en = thing
        self._ko = f"태그는 {ko} {each}개, 모두 {MOST_TAGS}개까지 쓸 수 있어요."
        self._en = f"Use at most {each} tags {en} and {MOST_TAGS} in all."

    @transaction.atomic
    def add_tag(self, *, owner_id: int, name: str) -> T:
        """Have a tag of this name: the one that is spelled alike, or a new one. Raises TagRefused, TooManyTags."""
        (tag,) = self.named(owner_id=owner_id, names=[name])
        return tag

    def named(self, *, owner_id: int, names: Sequence[str]) -> list[T]:
        """Find this person's tags by name, each once, and make those that are new. Raises TagRefused, TooManyTags."""
        wanted = {self._model.mark_of(owner_id, spelling_of(name)): tag_name(name) for name in names}
        self.hold(len(wanted))
        living = self._rows.of(owner_id).alive()
        known: dict[str, T] = {tag.spelling: tag for tag in living.filter(spelling__in=wanted)}
        fresh = [mark for mark in wanted if mark not in known]
        if fresh and living.count() + len(fresh) > MOST_TAGS:
            raise TooManyTags(ko=self._ko, en=self._en)
        for mark in fresh:
            known[mark] = self._make(owner_id, mark, wanted[mark])
        return [known[mark] for mark in wanted]

    def hold(self, number: int) -> None:
        """Raise TooManyTags where one thing would have more than it may."""
        if number > self._each:
            raise TooManyTags(ko=self._ko, en=self._en)

    @transaction.atomic
    def rename_tag(self, *, owner_id: int, tag_id: int, name: str) -> T:
        """Call a tag something else, wherever it stands. Raises TagExists, TagRefused."""
        tag: T = self._rows.alive().select_for_update().one_of(owner_id, tag_id)
        spelling, shown = self._model.mark_of(owner_id, spelling_of(name)), tag_name(name)
        if (tag.spelling, tag.name) != (spelling, shown):
            tag.spelling, tag.name = spelling, shown
            self._save(tag, ["spelling", "name"])
        return tag

    @transaction.atomic
    def delete_tag(self, *, owner_id: int, tag_id: int) -> T:
        """Take a tag off everything; `restore_tag` takes that back for a day. Saying it twice changes nothing."""
        tag: T = self._rows.select_for_update().one_of(owner_id, tag_id)
        if tag.deleted_at is None:
            tag.deleted_at = clock.now()
            self._save(tag, ["deleted_at"])
        return tag

    @transaction.atomic
    def restore_tag(self, *, owner_id: int, tag_id: int) -> T:
        """Take the deletion of a tag back, with all it stood on. Raises TagExists."""
        tag: T = self._rows.select_for_update().one_of(owner_id, tag_id)
        if tag.deleted_at is not None:
            tag.deleted_at = None
            self._save(tag, ["deleted_at"])
        return tag

    def _make(self, owner_id: int, mark: str, name: str) -> T:
        try:
            with transaction.atomic():
                made: T = self._rows.create(owner_id=owner_id, spelling=mark, name=name, created_at=clock.now())
        except IntegrityError:  # another screen made it meanwhile
            made = self._rows.of(owner_id).alive().get(spelling=mark)
        return made

    def _save(self, tag: T, fields: list[str]) -> None:
        """Save a tag and tell of it. Raises TagExists where another has the name."""
        other = self._rows.of(tag.owner_id).alive().filter(spelling=tag.spelling).exclude(pk=tag.pk)
        try:
            with transaction.atomic():
                tag.save(update_fields=fields)
        except IntegrityError:
            raise TagExists(other.get().pk) from None
        self._heard(tag)
