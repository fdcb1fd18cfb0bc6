"""Fills the house of a running server as its people would have: a past, a row of each kind, and hostile words in every text.

Run beside the server, on its data: `python -m tests.journeys.furnish OWNER VIEWER STAFF CAREFUL`. Prints the rows as JSON.
"""

from __future__ import annotations

import json
import sys
from typing import Any

import django
from django.conf import settings
from django.core.management import call_command


def furnish(owner: str, viewer: str, staff: str, careful: str) -> dict[str, Any]:
    """Give the owner rows, the viewer a share of them, the third the office of staff, the fourth a second step.

    Returns what fills addresses.
    """
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    from conftest import signed_in
    from onharu.accounts.models import User
    from onharu.catalog.exercises.models import Exercise
    from onharu.catalog.foods.models import Food
    from onharu.catalog.medicines.models import Product
    from onharu.catalog.pharmacies.models import Pharmacy
    from onharu.kernel import clock
    from onharu.kernel.allowances import Allowance
    from onharu.kernel.leaving import Left, leaving
    from tests.medicine_shelf import TABLET, tablet
    from tests.test_strangers import rows_of
    from tests.xss_writing import forms, write_bodies, write_forms

    person = User.objects.get(username=owner)
    User.objects.filter(username=staff).update(is_staff=True, is_superuser=True)
    TOTP.activate(User.objects.get(username=careful), generate_totp_secret())
    with leaving(person.pk, "photo") as trip:
        trip.calls += [
            Left(clock.now(), "api.example.com", 204_800, ok=True),
            Left(clock.now(), "api.example.com", 900, ok=False),
        ]
    Product.objects.filter(item_seq=TABLET).exists() or tablet()
    rice = Food.objects.get(code="ST-0001")  # 쌀밥
    browser = signed_in(person)
    made = rows_of(browser, User.objects.get(username=viewer), rice, also_shelf=False)
    call_command("seed_demo", username=owner, days=8, verbosity=0)  # leaves what stands there, and brings pharmacies
    rows = {
        **made,
        "rice": rice.pk,
        "walking": Exercise.objects.filter(measure="minutes").first().pk,
        "tablet": TABLET,
        "pharmacy": Pharmacy.objects.first().pk,
        "secret": "nobody",
        "receipt": "nobody",
    }
    found = forms(browser, rows)
    kept = [one.where for one in (*write_bodies(browser, rows, 0), *write_forms(browser, found, 100)) if one.taken]
    Allowance.objects.all().delete()  # passwords were among the words: nobody is to wait for that now
    return {**{name: str(value) for name, value in rows.items()}, "kept": len(kept)}


if __name__ == "__main__":
    django.setup()
    settings.ALLOWED_HOSTS = ["*"]
    print(json.dumps(furnish(*sys.argv[1:])))
