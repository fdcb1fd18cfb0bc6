"""What comes in and goes out where a person looks after how they sign in, and an example of each."""

from __future__ import annotations

from rest_framework import serializers

from onharu.accounts.alerted import Alert


class ProofIn(serializers.Serializer[None]):
    """The password once more; may be left out within ten minutes of a sign-in."""

    password = serializers.CharField(
        max_length=1000, trim_whitespace=False, required=False, default="", allow_blank=True
    )


class NewPasswordIn(ProofIn):
    """Another password, and the one before."""

    new_password = serializers.CharField(max_length=1000, trim_whitespace=False)


class SecondOnIn(serializers.Serializer[None]):
    """The ticket that came with the secret, and a code that the app makes of it."""

    ticket = serializers.CharField(max_length=500)
    code = serializers.CharField(max_length=40)


class LettersIn(serializers.Serializer[None]):
    """Whether letters are sent about sign-ins and changes; what is shown is not switched off."""

    alert_mail = serializers.BooleanField()


class SecurityOut(serializers.Serializer[None]):
    """How a person signs in."""

    has_password = serializers.BooleanField(help_text="False for who signs in with a company only")
    second_factor = serializers.BooleanField()
    recovery_codes_left = serializers.IntegerField()
    passkeys = serializers.IntegerField()
    alert_mail = serializers.BooleanField()
    mail_offered = serializers.BooleanField(help_text="Whether this house sends letters, and knows an address")


class SecretOut(serializers.Serializer[None]):
    """What an authenticator app is given: as text, and as the address behind the usual picture."""

    ticket = serializers.CharField(help_text="For 30 minutes, for this person")
    secret = serializers.CharField()
    uri = serializers.CharField(help_text="otpauth://totp/…")


class CodesOut(serializers.Serializer[None]):
    """Ten codes, each good once. They are told now and never again."""

    recovery_codes = serializers.ListField(child=serializers.CharField())


class PasskeyIn(serializers.Serializer[None]):
    """A new key as `navigator.credentials.create` answered (toJSON), the ticket of the question, and a name."""

    ticket = serializers.CharField(max_length=100)
    name = serializers.CharField(max_length=200, required=False, default="", allow_blank=True)
    credential = serializers.JSONField(help_text="PublicKeyCredential.toJSON(), base64url")


class PasskeyNameIn(serializers.Serializer[None]):
    """What the person calls it."""

    name = serializers.CharField(max_length=200)


class KnownIn(serializers.Serializer[None]):
    """The ticket of a 401 `second_factor`, where the passkey is the second step; nothing where it is the only one."""

    second_ticket = serializers.CharField(max_length=100, required=False, default="", allow_blank=True)


class ShownIn(serializers.Serializer[None]):
    """What `navigator.credentials.get` answered (toJSON), and the ticket of the question."""

    ticket = serializers.CharField(max_length=100)
    credential = serializers.JSONField(help_text="PublicKeyCredential.toJSON(), base64url")


class AskedOut(serializers.Serializer[None]):
    """A question to a passkey, good once and for five minutes."""

    ticket = serializers.CharField()
    options = serializers.DictField(help_text="For parseCreationOptionsFromJSON or parseRequestOptionsFromJSON")


class PasskeyOut(serializers.Serializer[None]):
    """One passkey. The key itself is not told."""

    id = serializers.IntegerField()
    name = serializers.CharField()
    added_at = serializers.DateTimeField()
    used_at = serializers.DateTimeField(allow_null=True)


class AlertOut(serializers.Serializer[None]):
    """Something about the account that its person should know. `alerts.Told` is sent as it is."""

    id = serializers.IntegerField()
    kind = serializers.ChoiceField(choices=Alert.Kind.choices)
    said = serializers.CharField(help_text="The same in words")
    at = serializers.DateTimeField()
    device = serializers.CharField(allow_blank=True)
    address = serializers.CharField(allow_blank=True, help_text="Its beginning: 203.0.*.*")
    here = serializers.BooleanField(help_text="It was done in the session of this request")
    may_vouch = serializers.BooleanField(help_text="Whether this session may answer that it was the person")
    may_deny = serializers.BooleanField(help_text="Whether this session may answer that it was not")
    answer = serializers.BooleanField(allow_null=True, help_text="What the person said: it was me")


class WhoseIn(serializers.Serializer[None]):
    """Whether it was oneself."""

    mine = serializers.BooleanField()


TICKET = "0oVhJ2hJH1lq2V1uXk8Yz5n3yQmT9wR4bC6dE7fG8hI"
CHALLENGE = "c2VjcmV0cyBhcmUgZHJhd24gYW5ldyBlYWNoIHRpbWU"
PROOF = {"password": "먹은 만큼 적는 하루"}
NEW_PASSWORD = {**PROOF, "new_password": "움직인 만큼 쉬는 저녁"}
SECURITY = {
    "has_password": True,
    "second_factor": True,
    "recovery_codes_left": 10,
    "passkeys": 1,
    "alert_mail": True,
    "mail_offered": False,
}
SECRET = {
    "ticket": "q0jX…",
    "secret": "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP",
    "uri": "otpauth://totp/Onharu:haru?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Onharu",
}
SECOND_ON = {"ticket": "q0jX…", "code": "492 039"}
CODES = {"recovery_codes": ["4920391774", "0183746529"]}
TO_MAKE = {
    "ticket": TICKET,
    "options": {
        "rp": {"id": "haru.example.com", "name": "온하루"},
        "user": {"id": "mJ0c…", "name": "haru", "displayName": "haru"},
        "challenge": CHALLENGE,
        "pubKeyCredParams": [{"type": "public-key", "alg": -7}],
        "timeout": 300000,
        "excludeCredentials": [],
        "authenticatorSelection": {"residentKey": "required", "userVerification": "required"},
        "attestation": "none",
    },
}
MADE = {
    "ticket": TICKET,
    "name": "내 휴대폰",
    "credential": {
        "id": "Zm9v…",
        "rawId": "Zm9v…",
        "type": "public-key",
        "response": {"clientDataJSON": "eyJ0…", "attestationObject": "o2Nm…"},
    },
}
TO_SHOW = {
    "ticket": TICKET,
    "options": {
        "rpId": "haru.example.com",
        "challenge": CHALLENGE,
        "timeout": 300000,
        "userVerification": "required",
        "allowCredentials": [],
    },
}
SHOWN = {
    "ticket": TICKET,
    "credential": {
        "id": "Zm9v…",
        "rawId": "Zm9v…",
        "type": "public-key",
        "response": {
            "clientDataJSON": "eyJ0…",
            "authenticatorData": "SZYN…",
            "signature": "MEUC…",
            "userHandle": "mJ0c…",
        },
    },
}
PASSKEY = {
    "id": 3,
    "name": "내 휴대폰",
    "added_at": "2026-11-22T03:00:00+00:00",
    "used_at": None,
}
ALERT = {
    "id": 12,
    "kind": "new_device",
    "said": "처음 보는 기기에서 로그인했어요",
    "at": "2026-11-22T03:00:00+00:00",
    "device": "Chrome · Android",
    "address": "203.0.*.*",
    "here": False,
    "may_vouch": True,
    "may_deny": True,
    "answer": None,
}
