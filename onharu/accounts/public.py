"""The door of this room: who asks, what day it is for them, and the facts of a body."""

from onharu.accounts.actions import finish_setup, held_weight, note_consent, note_weight, register, set_consent
from onharu.accounts.actions.leaving import note_leaving, remove, shut
from onharu.accounts.actions.proving import ProofWanted, prove
from onharu.accounts.belongings import BELONGINGS
from onharu.accounts.models import User
from onharu.accounts.ports import use_elsewhere, use_erasing
from onharu.accounts.principal import forget, user_of_request
from onharu.accounts.queries import person_of, photos_may_leave, place_may_leave, today_of, words_may_leave
from onharu.accounts.rules import Person
from onharu.accounts.visits import Visit, asker_id, signed_in, visit_of

__all__ = [
    "BELONGINGS",
    "Person",
    "ProofWanted",
    "User",
    "Visit",
    "asker_id",
    "finish_setup",
    "forget",
    "held_weight",
    "note_consent",
    "note_leaving",
    "note_weight",
    "person_of",
    "photos_may_leave",
    "place_may_leave",
    "prove",
    "register",
    "remove",
    "set_consent",
    "shut",
    "signed_in",
    "today_of",
    "use_elsewhere",
    "use_erasing",
    "user_of_request",
    "visit_of",
    "words_may_leave",
]
