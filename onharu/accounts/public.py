"""The door of this room: who asks, what day it is for them, and the facts of a body."""

from onharu.accounts.actions import finish_setup, register
from onharu.accounts.models import User
from onharu.accounts.principal import forget, user_of_request
from onharu.accounts.queries import person_of, today_of
from onharu.accounts.rules import Person

__all__ = ["Person", "User", "finish_setup", "forget", "person_of", "register", "today_of", "user_of_request"]
