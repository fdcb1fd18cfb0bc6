"""Fields of this room: numbers of products, categories, tags."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from onharu.kernel.spelling import LONGEST_TAG
from onharu.records.medication import rules
from onharu.records.medication.models import Scrap


class ItemSeqField(serializers.RegexField):
    """The number of a product: nine digits."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(regex=r"\A[0-9]{9}\Z", help_text="The Ministry's number of the product.", **kwargs)


class CategoryField(serializers.ChoiceField):
    """Why a medicine is kept: often looked up, went well, did not go well."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=Scrap.Category.choices, **kwargs)


class ScrapTagsField(serializers.ListField):
    """Names of tags; those that are new are made."""

    def __init__(self, **kwargs: Any) -> None:
        child = serializers.CharField(max_length=2 * LONGEST_TAG)
        super().__init__(child=child, max_length=rules.MOST_TAGS_OF_A_SCRAP, required=False, **kwargs)


class NotesField(serializers.CharField):
    """A note of up to a thousand characters."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=rules.LONGEST_NOTE, required=False, allow_blank=True, **kwargs)
