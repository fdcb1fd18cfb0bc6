"""Amounts in templates: {% load wording %}{{ value|amount }}."""

from __future__ import annotations

from decimal import Decimal

from django import template

from onharu.kernel import wording

register = template.Library()


@register.filter
def amount(value: Decimal | float | None) -> str:
    """Write an amount with commas and at most one decimal; unknown is a dash."""
    return wording.amount(value)


@register.filter
def fraction(value: Decimal) -> str:
    """Write a quantity with halves and thirds."""
    return wording.fraction(value)
