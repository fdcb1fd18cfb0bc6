"""The product's settings with a source of official facts next door."""

from onharu.site.settings import *  # noqa: F403

UPSTREAM = {"medicine_facts": {"BACKEND": "bench.fake_medicines.Backend"}}
