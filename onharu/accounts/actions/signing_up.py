"""Making a person: names in one spelling, a password worth the word, an empty profile."""

from __future__ import annotations

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from onharu.accounts import rules
from onharu.accounts.actions.consents import set_consent
from onharu.accounts.models import Profile, User
from onharu.accounts.wordings import HEALTH
from onharu.kernel import clock
from onharu.kernel.problems import Invalid

Errors = dict[str, list[str]]


def register(
    *,
    username: str,
    password: str,
    nickname: str = "",
    email: str | None = None,
    language: str = "ko",
    health_data: bool = False,
) -> User:
    """Make a person with an empty profile. Raises Invalid that names every field refused; then nothing was made.

    `health_data` says that they agreed to its keeping; otherwise they are asked before anything of it is written.
    """
    username, email = rules.username_spelling(username), rules.email_spelling(email)
    user = User(username=username, email=email)
    profile = Profile(user=user, nickname=rules.nickname_spelling(nickname), language=language)
    errors = _refused(user, profile, password) or _taken(username, email)
    if errors:
        raise Invalid(errors=errors)
    user.set_password(password)  # a tenth of a second of arithmetic: before the transaction, which others wait for
    try:
        with transaction.atomic():
            user.save(force_insert=True)
            profile.save(force_insert=True)
            if health_data:
                set_consent(user_id=user.pk, purpose=HEALTH, given=True, how="api", at=clock.now())
    except IntegrityError as error:
        raise Invalid(errors=_taken(username, email)) from error
    if health_data:
        profile.refresh_from_db(fields=["health_data"])
    return user


def _refused(user: User, profile: Profile, password: str) -> Errors:
    errors: Errors = {}
    if not rules.is_username(user.username):
        errors["username"] = [_("아이디는 3~30자이고 한글, 영문, 숫자와 . _ - 만 쓸 수 있어요.")]
    if len(profile.nickname) > rules.LONGEST_NICKNAME:
        errors["nickname"] = [_("별명은 40자까지 쓸 수 있어요.")]
    if profile.language not in Profile.Language.values:
        errors["language"] = [_("한국어(ko)와 영어(en) 중에서 골라 주세요.")]
    if user.email is not None:
        try:
            validate_email(user.email)
        except ValidationError as error:
            errors["email"] = list(error.messages)
    if problems := _weaknesses(password, user):
        errors["password"] = problems
    return errors


def _weaknesses(password: str, user: User) -> list[str]:
    if len(password) > rules.LONGEST_PASSWORD:
        return [_("비밀번호는 128자까지 쓸 수 있어요.")]
    try:
        validate_password(password, user)
    except ValidationError as error:
        return list(error.messages)
    return []


def _taken(username: str, email: str | None) -> Errors:
    rivals = User.objects.filter(Q(username=username) | Q(email__isnull=False, email=email))
    errors: Errors = {}
    for name, address in rivals.values_list("username", "email"):
        if name == username:
            errors["username"] = [_("이미 쓰고 있는 아이디예요. 다른 아이디를 골라 주세요.")]
        if email is not None and address == email:
            errors["email"] = [_("이미 가입한 이메일이에요. 로그인해 주세요.")]
    return errors
