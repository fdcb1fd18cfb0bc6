"""From a photograph or a sentence to a meal: take in, recognise, confirm. Confirming happens exactly once."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction

from onharu.accounts.public import photos_may_leave
from onharu.kernel import clock, jobs, rates
from onharu.kernel.idempotency import fingerprint
from onharu.kernel.images import CleanPhoto, sanitise, thumbnail
from onharu.kernel.leaving import leaving
from onharu.kernel.problems import Conflict, Invalid, Missing, Refused, Unavailable
from onharu.records.meals.actions.diary import Wanted, log_meal
from onharu.records.meals.models import Analysis, Meal, MealItem, Photo
from onharu.records.meals.queries import suggest
from onharu.upstream import food_vision

MOST_PHOTOS = 6
LONGEST_TEXT = 500
KEPT_UNCONFIRMED = timedelta(days=2)
GIVEN_UP_AFTER = timedelta(minutes=2)
RECOGNISE = "meals.recognise"


class AnalysisWaiting(Conflict):
    """The photograph is still being looked at."""

    code = "analysis_waiting"
    ko = "아직 사진을 보고 있어요. 잠시만 기다려 주세요."
    en = "The photograph is still being looked at. Please wait a moment."


@dataclass(frozen=True, slots=True)
class Confirmed:
    """What a confirmation wrote down; `repeated` when it had been confirmed before."""

    meal_id: int
    item_ids: tuple[int, ...]
    repeated: bool


def take_photos(*, owner_id: int, raws: Sequence[bytes], day: date, slot: str) -> Analysis:
    """Take in 1 to 6 photographs, re-encoded without metadata; the same ones again find the open analysis.

    A costly asking. Raises TooMany.
    """
    rates.spend_costly(owner_id)
    if not 1 <= len(raws) <= MOST_PHOTOS:
        raise Invalid(
            "photos_count", f"사진은 1~{MOST_PHOTOS}장까지 보낼 수 있어요.", f"Send 1 to {MOST_PHOTOS} photographs."
        )
    photos = list({photo.sha256_of_raw: photo for photo in map(sanitise, raws)}.values())
    digest = fingerprint("PHOTO", *sorted(photo.sha256_of_raw for photo in photos))
    with transaction.atomic():
        analysis, is_new = _open(owner_id, Analysis.Kind.PHOTO, digest, day, slot)
        if is_new:
            for photo in photos:
                _keep(analysis, photo)
    return analysis


def take_text(*, owner_id: int, text: str, day: date, slot: str, today: date) -> Analysis:
    """Read a sentence such as "김치찌개 한 그릇이랑 밥 반 공기" into rows; needs nobody else.

    A costly asking. Raises TooMany.
    """
    rates.spend_costly(owner_id)
    said = " ".join(text.split())
    if not 1 <= len(said) <= LONGEST_TEXT:
        raise Invalid("text_length", f"1~{LONGEST_TEXT}자로 적어 주세요.", f"Write 1 to {LONGEST_TEXT} characters.")
    with transaction.atomic():
        analysis, _ = _open(owner_id, Analysis.Kind.TEXT, fingerprint("TEXT", said), day, slot)
        rows = suggest.rows_of_text(owner_id, said, slot=slot, today=today)
        analysis.text = said
        _finish(analysis, rows, {"source": "embedded", "model": "text-parser", "leaves_home": False})
    return analysis


def _open(owner_id: int, kind: str, digest: str, day: date, slot: str) -> tuple[Analysis, bool]:
    analysis, is_new = Analysis.objects.get_or_create(
        owner_id=owner_id,
        digest=digest,
        committed_at=None,
        defaults={"key": uuid.uuid4(), "kind": kind, "day": day, "slot": slot, "created_at": clock.now()},
    )
    if (analysis.day, analysis.slot) != (day, slot):
        analysis.day, analysis.slot = day, slot
        analysis.save(update_fields=["day", "slot"])
    return analysis, is_new


def _keep(analysis: Analysis, clean: CleanPhoto) -> None:
    """Keep a photograph; what was seen in the same bytes before is taken over."""
    seen = (
        Photo.objects.of(analysis.owner_id)
        .filter(digest=clean.sha256_of_raw, sight__isnull=False)
        .values("sight", "feature")
        .first()
    ) or {}
    photo = Photo(
        owner_id=analysis.owner_id,
        analysis=analysis,
        digest=clean.sha256_of_raw,
        width=clean.width,
        height=clean.height,
        created_at=clock.now(),
        **seen,
    )
    photo.file.save(f"{analysis.owner_id}/{uuid.uuid4().hex}.jpg", ContentFile(clean.jpeg), save=False)
    photo.save()


def recognise_soon(analysis: Analysis, seconds: float) -> Analysis:
    """Look at the photographs now, or owe it as a job when the model is another company's; waits `seconds` for it."""
    if analysis.state != Analysis.State.WAITING:
        return analysis
    if _may_leave(analysis.owner_id):
        job_id = jobs.enqueue(RECOGNISE, key=f"{RECOGNISE}:{analysis.pk}", analysis_id=analysis.pk)
        jobs.wait(job_id, seconds)
        analysis.refresh_from_db()
    else:
        _recognise(analysis)
    return analysis


def settle(analysis: Analysis) -> Analysis:
    """Give an analysis up whose recognition never came back: the person picks by hand instead of waiting."""
    late = analysis.created_at < clock.now() - GIVEN_UP_AFTER
    if analysis.state == Analysis.State.WAITING and late:
        Analysis.objects.filter(pk=analysis.pk, state=Analysis.State.WAITING).update(state=Analysis.State.FAILED)
        analysis.refresh_from_db()
    return analysis


def recognise(*, analysis_id: int) -> None:
    """Look at the photographs of an analysis and write down what they could be. Safe to repeat."""
    analysis = Analysis.objects.filter(pk=analysis_id, state=Analysis.State.WAITING).first()
    if analysis is not None:
        _recognise(analysis)


def _recognise(analysis: Analysis) -> None:
    photos = list(Photo.objects.filter(analysis=analysis).order_by("pk"))
    for photo in photos:
        if photo.sight is None:
            _look(photo)
    rows, analysis.known = suggest.rows_of_photos(analysis, photos)
    first = photos[0].sight if photos else {}
    _finish(analysis, rows, {key: first.get(key) for key in ("source", "model", "leaves_home")})


def _may_leave(owner_id: int) -> bool:
    return food_vision.leaves_home() and photos_may_leave(owner_id)


def _look(photo: Photo) -> None:
    with photo.file.open("rb") as file:
        jpeg = file.read()
    try:
        with leaving(photo.owner_id, "photo"):
            sight = food_vision.look(jpeg, may_leave=_may_leave(photo.owner_id))
    except (Unavailable, Refused):
        photo.sight = suggest.NOT_SEEN
    else:
        photo.feature, photo.sight = sight.feature, suggest.sight_json(sight)
    photo.save(update_fields=["sight", "feature"])


def _finish(analysis: Analysis, rows: list[suggest.Row], about: dict[str, Any]) -> None:
    analysis.answer = {"rows": [asdict(row) for row in rows], **about}
    analysis.state = Analysis.State.DONE
    analysis.save(update_fields=["answer", "state", "text"])


def confirm(
    *, owner_id: int, key: uuid.UUID, wanted: Sequence[Wanted], day: date, slot: str, eaten_at: datetime
) -> Confirmed:
    """Write the confirmed rows down as a meal: once, however often it is said; nutrients from the catalogue only."""
    with transaction.atomic():
        analysis = Analysis.objects.select_for_update().of(owner_id).filter(key=key).first()
        if analysis is None:
            raise Missing(
                "analysis_missing", "분석을 찾을 수 없어요. 다시 올려 주세요.", "This analysis was not found."
            )
        if analysis.committed_at is not None:
            return _confirmed(analysis, repeated=True)
        if analysis.state == Analysis.State.WAITING:
            raise AnalysisWaiting
        origin = MealItem.Origin.PHOTO if analysis.kind == Analysis.Kind.PHOTO else MealItem.Origin.TEXT
        rows = [replace(one, origin=origin) for one in wanted]
        meal = log_meal(owner_id=owner_id, day=day, slot=slot, eaten_at=eaten_at, wanted=rows)
        analysis.meal, analysis.committed_at, analysis.text = meal, clock.now(), ""
        analysis.save(update_fields=["meal", "committed_at", "text"])
        _keep_with(meal, analysis)
        return _confirmed(analysis, repeated=False)


def _keep_with(meal: Meal, analysis: Analysis) -> None:
    for photo in Photo.objects.filter(analysis=analysis):
        with photo.file.open("rb") as file:
            small = thumbnail(CleanPhoto(file.read(), photo.width, photo.height, photo.digest))
        photo.thumb.save(f"{photo.owner_id}/{uuid.uuid4().hex}.jpg", ContentFile(small), save=False)
        photo.meal = meal
        photo.save(update_fields=["thumb", "meal"])


def _confirmed(analysis: Analysis, *, repeated: bool) -> Confirmed:
    if analysis.meal_id is None:
        raise Missing
    ids = MealItem.objects.of(analysis.owner_id).filter(meal_id=analysis.meal_id).order_by("pk")
    return Confirmed(meal_id=analysis.meal_id, item_ids=tuple(ids.values_list("pk", flat=True)), repeated=repeated)


def forget_unconfirmed() -> int:
    """Drop analyses nobody confirmed within two days, with their photographs and files; returns how many."""
    old = Analysis.objects.filter(committed_at__isnull=True, created_at__lt=clock.now() - KEPT_UNCONFIRMED)
    for photo in Photo.objects.filter(analysis__in=old, meal__isnull=True):
        photo.file.delete(save=False)
        photo.delete()
    return old.delete()[0]
