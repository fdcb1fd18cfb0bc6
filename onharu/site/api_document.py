"""How the OpenAPI document is drawn from the code."""

from __future__ import annotations

from typing import Any

SETTINGS: dict[str, Any] = {
    "TITLE": "Onharu",
    "DESCRIPTION": "The day-book of meals, movement and medicines. Guide: docs/api.md.",
    "VERSION": "0.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["rest_framework.permissions.AllowAny"],
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
    "COMPONENT_SPLIT_REQUEST": True,
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "onharu.site.api_problems.tell_problems",
    ],
    "ENUM_ADD_EXPLICIT_BLANK_NULL_CHOICE": True,
    "ENUM_NAME_OVERRIDES": {
        "ProfilePurposeEnum": "onharu.accounts.models.Profile.Purpose",
        "ConsentPurposeEnum": "onharu.accounts.wordings.PURPOSES",
        "LeftForEnum": "onharu.accounts.agreements.LEFT_FOR",
        "MealTypeEnum": "onharu.records.meals.models.Slot",
        "GoalKindEnum": "onharu.records.goals.models.Goal.Kind",
        "GoalStateEnum": "onharu.records.goals.models.Goal.State",
        "GoalDirectionEnum": "onharu.records.goals.models.Goal.Direction",
        "MeasurementKindEnum": "onharu.records.goals.models.Measurement.Kind",
        "TargetDirectionEnum": "onharu.records.goals.api.shapes.DIRECTIONS",
        "TargetKeyEnum": "onharu.records.goals.api.shapes.KEYS",
        "DoseStateEnum": "onharu.records.medication.api.dose_shapes.STATES",
        "FindingKindEnum": "onharu.records.medication.api.shapes.KINDS",
        "ProductNoticeKindEnum": "onharu.records.medication.api.shapes.ON_PRODUCTS",
    },
}
