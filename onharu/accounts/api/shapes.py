"""What comes in and what goes out, and an example of each."""

from __future__ import annotations

from drf_spectacular.utils import OpenApiExample
from rest_framework import serializers

from onharu.accounts import rules
from onharu.accounts.models import Profile
from onharu.accounts.queries import BODY_FACTS


class RegisterIn(serializers.Serializer[None]):
    """A new person. `nickname` and `email` may be left out."""

    username = serializers.CharField(max_length=rules.LONGEST_USERNAME * 3, help_text="3-30: 한글, a-z, 0-9, . _ -")
    password = serializers.CharField(trim_whitespace=False, max_length=1000)
    email = serializers.EmailField(required=False, allow_blank=True, allow_null=True)
    nickname = serializers.CharField(required=False, allow_blank=True, max_length=200)
    language = serializers.ChoiceField(choices=Profile.Language.choices, required=False)
    health_data = serializers.BooleanField(
        required=False, help_text="Agreed, on its own, that health data is kept; without it none can be written yet"
    )


class SignInIn(serializers.Serializer[None]):
    """A sign-in name or e-mail address, and the password."""

    username = serializers.CharField(max_length=254)
    password = serializers.CharField(trim_whitespace=False, max_length=1000)


class SecondIn(serializers.Serializer[None]):
    """The ticket of a 401 `second_factor`, and the code of an authenticator app or a recovery code."""

    ticket = serializers.CharField(max_length=100)
    code = serializers.CharField(max_length=40)


class RefreshIn(serializers.Serializer[None]):
    """A refresh token."""

    refresh = serializers.CharField(max_length=4000)


class VerifyIn(serializers.Serializer[None]):
    """An access or a refresh token."""

    token = serializers.CharField(max_length=4000)


class SignOutIn(serializers.Serializer[None]):
    """The refresh token to end; may be left out when the request itself is signed in."""

    refresh = serializers.CharField(max_length=4000, required=False, allow_null=True)


class ExchangeIn(serializers.Serializer[None]):
    """What an app came back with: the code, the verifier of its challenge, and the address it was sent to."""

    code = serializers.CharField(max_length=100)
    verifier = serializers.CharField(max_length=128, help_text="RFC 7636: 43-128 letters; its S256 was the challenge")
    redirect_uri = serializers.CharField(max_length=300)


class ActiveIn(serializers.Serializer[None]):
    """Whether a person may sign in."""

    is_active = serializers.BooleanField()


class ProfileIn(serializers.Serializer[None]):
    """Facts to change; what is left out stays, null makes a fact unknown again. Anything else sent is ignored."""

    nickname = serializers.CharField(max_length=200, required=False, allow_blank=True)
    sex = serializers.ChoiceField(choices=Profile.Sex.choices, required=False, allow_null=True)
    birth_year = serializers.IntegerField(required=False, allow_null=True, min_value=0, max_value=9999)
    height_cm = serializers.DecimalField(max_digits=4, decimal_places=1, required=False, allow_null=True)
    weight_kg = serializers.DecimalField(max_digits=4, decimal_places=1, required=False, allow_null=True)
    activity = serializers.ChoiceField(choices=Profile.Activity.choices, required=False)
    zone = serializers.CharField(max_length=40, required=False)
    day_start_hour = serializers.IntegerField(required=False, min_value=-99, max_value=99, help_text="0-6")
    language = serializers.ChoiceField(choices=Profile.Language.choices, required=False)
    purpose = serializers.ChoiceField(choices=Profile.Purpose.choices, required=False, allow_null=True)
    takes_medicine = serializers.BooleanField(required=False, allow_null=True)
    maternity = serializers.ChoiceField(choices=Profile.Maternity.choices, required=False, allow_null=True)
    hide_numbers = serializers.BooleanField(required=False)
    photos_may_leave = serializers.BooleanField(required=False)
    words_may_leave = serializers.BooleanField(required=False)
    place_may_leave = serializers.BooleanField(required=False)


class MeOut(serializers.Serializer[None]):
    """A person as they are told about themselves; an unknown fact is null. `queries.Me` is sent as it is."""

    id = serializers.IntegerField()
    username = serializers.CharField()
    email = serializers.EmailField(allow_null=True)
    nickname = serializers.CharField(help_text="The sign-in name when no nickname was given")
    sex = serializers.ChoiceField(choices=Profile.Sex.choices, allow_null=True)
    birth_year = serializers.IntegerField(allow_null=True)
    height_cm = serializers.FloatField(allow_null=True)
    weight_kg = serializers.FloatField(allow_null=True)
    activity = serializers.ChoiceField(choices=Profile.Activity.choices)
    zone = serializers.CharField(help_text="IANA name")
    day_start_hour = serializers.IntegerField(help_text="The hour a day begins, 0-6")
    language = serializers.ChoiceField(choices=Profile.Language.choices)
    purpose = serializers.ChoiceField(choices=Profile.Purpose.choices, allow_null=True)
    takes_medicine = serializers.BooleanField(allow_null=True)
    maternity = serializers.ChoiceField(
        choices=Profile.Maternity.choices,
        allow_null=True,
        help_text="Pregnant or lactating; null: neither, or not said",
    )
    hide_numbers = serializers.BooleanField(help_text="Energy and weight are kept out of sight; no goal to lose weight")
    photos_may_leave = serializers.BooleanField(help_text="Photographs may be sent to another company's recogniser")
    words_may_leave = serializers.BooleanField(
        help_text="A day's notes may be sent to another company's language model"
    )
    place_may_leave = serializers.BooleanField(
        help_text="Where they are may be sent to the maker of a map, when they look for pharmacies"
    )
    setup_done_at = serializers.DateTimeField(allow_null=True)
    version = serializers.IntegerField(help_text="Grows with every change of a fact")
    is_staff = serializers.BooleanField()
    is_active = serializers.BooleanField()
    joined_at = serializers.DateTimeField()


class SeenByStaffOut(MeOut):
    """A person as staff are told about them: the facts of the body are null, whatever they are."""

    hide_numbers = serializers.BooleanField(allow_null=True, help_text="Always null here")


class PairOut(serializers.Serializer[None]):
    """An access token for 15 minutes and the refresh token for the next pair."""

    access = serializers.CharField()
    refresh = serializers.CharField()


class SignedInOut(PairOut):
    """The tokens, and who signed in."""

    user = MeOut()


class VerifiedOut(serializers.Serializer[None]):
    """What kind of token it is, and until when it holds."""

    token_use = serializers.ChoiceField(choices=["access", "refresh"])
    expires_at = serializers.DateTimeField()


class PlaceOut(serializers.Serializer[None]):
    """Somewhere a person is signed in. `queries.Place` is sent as it is."""

    id = serializers.CharField()
    device = serializers.CharField(allow_blank=True)
    kind = serializers.ChoiceField(choices=["app", "browser"])
    signed_in_at = serializers.DateTimeField(allow_null=True)
    used_at = serializers.DateTimeField(allow_null=True, help_text="Sign-in, or the last exchange of the refresh token")
    expires_at = serializers.DateTimeField()
    current = serializers.BooleanField(help_text="The session of this request")


ME = {
    "id": 7,
    "username": "haru",
    "email": "haru@example.com",
    "nickname": "하루",
    "sex": "FEMALE",
    "birth_year": 1991,
    "height_cm": 162.5,
    "weight_kg": 55,
    "activity": "LOW",
    "zone": "Asia/Seoul",
    "day_start_hour": 0,
    "language": "ko",
    "purpose": "NUTRITION",
    "takes_medicine": False,
    "maternity": None,
    "hide_numbers": False,
    "photos_may_leave": False,
    "words_may_leave": False,
    "place_may_leave": False,
    "setup_done_at": "2026-11-22T03:05:00+00:00",
    "version": 3,
    "is_staff": False,
    "is_active": True,
    "joined_at": "2026-11-22T03:00:00+00:00",
}
SEEN = ME | dict.fromkeys(BODY_FACTS)
PAIR = {"access": "eyJhbGciOiJIUzI1NiJ9.…", "refresh": "eyJhbGciOiJIUzI1NiJ9.…"}
NEW = {"username": "김하루", "password": "먹은 만큼 적는 하루", "email": "haru@example.com", "nickname": "하루"}
KNOWN = {"username": "haru", "password": "먹은 만큼 적는 하루"}
SECOND = {"ticket": "0oVhJ2hJH1lq2V1uXk8Yz5n3yQmT9wR4bC6dE7fG8hI", "code": "492 039"}
EXCHANGE = {
    "code": "0oVhJ2hJH1lq2V1uXk8Yz5n3yQmT9wR4bC6dE7fG8hI",
    "verifier": "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk",
    "redirect_uri": "https://app.example.com/signed-in",
}
CHANGES = {"nickname": "하루", "birth_year": 1991, "height_cm": 162.5, "weight_kg": None, "day_start_hour": 4}
VERIFIED = {"token_use": "access", "expires_at": "2026-11-22T03:15:00+00:00"}
PLACE = {
    "id": "0b9c2f4d7e1a48c5b3d6f012",
    "device": "Chrome · Android",
    "kind": "browser",
    "signed_in_at": "2026-11-22T03:00:00+00:00",
    "used_at": "2026-11-22T03:00:00+00:00",
    "expires_at": "2027-01-21T03:00:00+00:00",
    "current": True,
}


def asked(value: object, name: str = "요청") -> OpenApiExample:
    """Show a request body."""
    return OpenApiExample(name, value=value, request_only=True)


def answered(value: object, status: int = 200, name: str = "응답") -> OpenApiExample:
    """Show an answer's body."""
    return OpenApiExample(name, value=value, response_only=True, status_codes=[str(status)])
