"""The accounts room as a Django app."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Registers users and profiles."""

    name = "onharu.accounts"
    label = "accounts"
