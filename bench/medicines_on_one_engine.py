"""Measures the search over medicines on the database the environment names; prints JSON. Started by bench.medicines."""

from __future__ import annotations

import gc
import json
import os
import random
import statistics
import sys
import time
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "onharu.site.settings")
django.setup()

from django.core.management import call_command  # noqa: E402 Django must be set up first

from bench.medicines import TENS  # noqa: E402 Django must be set up first
from onharu.catalog.medicines.models import DurRule, LabelSection, Mention, Product, ProductIngredient  # noqa: E402
from onharu.catalog.medicines.public import (  # noqa: E402
    FREE,
    NAME,
    SYMPTOM,
    Asked,
    answer,
    drop_kept,
    identify,
    import_contraindications,
    import_medicines,
    import_pills,
    interactions,
    load_starter,
    memory,
)
from onharu.catalog.medicines.rules.naming import bare  # noqa: E402
from onharu.catalog.medicines.tests import golden  # noqa: E402
from onharu.names import public as names  # noqa: E402

ROUNDS = 5
AT_ONCE = 500
TEN = 10
SEED = 20261122
PILLS = ("tylenol 500", "500", "IDG", "vt 160", "tylenpl", "gr", "ckd es5", "s100")


def measure(data: Path, many: int) -> dict:
    """Grade the golden sets, time every layer at both sizes, and compare medicines with all official notices."""
    call_command("migrate", verbosity=0)
    load_starter()
    took_labels = timed(lambda: import_medicines(path=data / "medicines" / "easy_drug_20240603.csv"))
    grades, wrong = golden.graded()
    ndcg, sentences = golden.ndcg()
    small = times()
    multiply(many)
    large = times()
    took_pills = timed(lambda: import_pills(path=data / "pills" / "pill_identification_20230319.csv"))
    drop_kept()
    identify(imprint="tylenol")
    pills = [min(milliseconds(lambda: identify(imprint=text)) for _ in range(ROUNDS)) for text in PILLS]  # noqa: B023 called at once
    return {
        "grades": grades,
        "wrong": wrong,
        "ndcg": ndcg,
        "worst": sorted(sentences, key=lambda pair: pair[1])[:5],
        "sentences": len(sentences),
        "sizes": [small, large],
        "import_labels_s": took_labels,
        "import_pills_s": took_pills,
        "identify_p95": percentile(pills, 95),
        "comparing": comparing(data),
    }


def comparing(data: Path) -> dict:
    """Compare ten medicines at a time, drawn by lot from those whose substances are known, with every notice."""
    for file in sorted((data / "dur").glob("dur_*.csv")):
        import_contraindications(path=file)
    held = ProductIngredient.objects.order_by("product__item_seq")
    numbers = list(held.values_list("product__item_seq", flat=True).distinct())
    dice = random.Random(SEED)
    tens = [dice.sample(numbers, TEN) for _ in range(TENS)]
    first = milliseconds(lambda: interactions(tens[0]))
    took = [min(milliseconds(lambda: interactions(ten)) for _ in range(ROUNDS)) for ten in tens]  # noqa: B023 called at once
    spent = [min(milliseconds(lambda: interactions(ten), time.thread_time) for _ in range(ROUNDS)) for ten in tens]  # noqa: B023 see above
    return {
        "products": len(numbers),
        "notices": DurRule.objects.count(),
        "p50": statistics.median(took),
        "p95": percentile(took, 95),
        "longest": max(took),
        "cpu_p95": percentile(spent, 95),
        "first": first,
        "found": sum(len(interactions(ten).findings) for ten in tens) / TENS,
    }


def times() -> dict:
    """Time every golden question by layer: the shelf with an empty memory, then memory."""
    asked = [Asked(NAME, one.query.casefold(), detail=False, limit=20) for one in golden.questions()]
    said = [Asked(SYMPTOM, query.casefold(), detail=False, limit=20) for query, _ in golden.sentences()]
    free = [Asked(FREE, one.text, detail=False, limit=20) for one in (*asked[::4], *said[::4])]
    drop_kept()
    answer(asked[0])
    gc.collect()
    shelf: dict[str, list[float]] = {}
    spent: dict[str, list[float]] = {}
    for kind, questions in (("name", asked), ("symptom", said), ("free", free)):
        shelf[kind] = [min(of_shelf(one) for _ in range(ROUNDS)) for one in questions]
        spent[kind] = [min(of_shelf(one, time.thread_time) for _ in range(ROUNDS)) for one in questions]
    labels = [Asked(one.kind, one.text, detail=True, limit=20) for one in asked]
    whole = [min(of_shelf(one) for _ in range(ROUNDS)) for one in labels]
    kept = [milliseconds(lambda: answer(one)) for _ in range(40) for one in ready(asked)]  # noqa: B023 called at once
    return {
        "products": Product.objects.count(),
        "shelf": {kind: [statistics.median(took), percentile(took, 95)] for kind, took in shelf.items()},
        "shelf_all": percentile([took for kind in shelf.values() for took in kind], 95),
        "shelf_cpu": percentile([took for kind in spent.values() for took in kind], 95),
        "labels": [statistics.median(whole), percentile(whole, 95)],
        "memory": [statistics.median(kept), percentile(kept, 99)],
        "answers": len(kept),
    }


def ready(asked: list[Asked]) -> list[Asked]:
    """Have the answers in memory."""
    for one in asked:
        answer(one)
    return asked


def of_shelf(asked: Asked, timer=time.perf_counter) -> float:
    """Answer from the shelf, as the first who asks."""
    memory.forget()
    return milliseconds(lambda: answer(asked), timer)


def milliseconds(work, timer=time.perf_counter) -> float:
    begun = timer()
    work()
    return (timer() - begun) * 1000


def timed(work) -> float:
    return milliseconds(work) / 1000


def percentile(values: list[float], percent: int) -> float:
    return statistics.quantiles(values, n=100, method="inclusive")[percent - 1]


def multiply(many: int) -> None:
    """Fill the shelf up to so many with names and labels put together from the real ones, always the same."""
    real = list(Product.objects.order_by("id").values_list("id", "name", "company"))
    labels = dict(LabelSection.objects.filter(kind="efficacy").values_list("product_id", "text"))
    mentioned: dict[int, list[tuple[str, float]]] = {}
    for product, symptom, weight in Mention.objects.values_list("product_id", "symptom", "weight"):
        mentioned.setdefault(product, []).append((symptom, weight))
    made = []
    for number in range(many - len(real)):
        one, other = real[number % len(real)], real[(number * 7919 + number // len(real) * 31 + 17) % len(real)]
        half, rest = bare(one[1]), bare(other[1])
        made.append((f"{half[: len(half) // 2]}{rest[len(rest) // 2 :]}", one))
    for start in range(0, len(made), AT_ONCE):
        part = made[start : start + AT_ONCE]
        products = Product.objects.bulk_create(
            [
                Product(item_seq=f"{100_000_000 + start + place}", name=name, company=one[2], source="만든 것")
                for place, (name, one) in enumerate(part)
            ]
        )
        sources = [one[0] for _, one in part]
        LabelSection.objects.bulk_create(
            LabelSection(product=product, kind="efficacy", text=labels[source], source="만든 것")
            for product, source in zip(products, sources, strict=True)
            if source in labels
        )
        Mention.objects.bulk_create(
            Mention(product=product, symptom=symptom, weight=weight)
            for product, source in zip(products, sources, strict=True)
            for symptom, weight in mentioned.get(source, [])
        )
        names.upsert(
            "medicines", [names.Entry(key=one.pk, text=one.name, weight=0.3, generic=False) for one in products]
        )


if __name__ == "__main__":
    print(json.dumps(measure(Path(sys.argv[1]), int(sys.argv[2])), ensure_ascii=False))
