"""The fact that somebody got a hint, so that nobody gets it twice in a session."""

from msgspec import Struct

from bot.api import Identity


class HintGiven(Struct, frozen=True):
    """Somebody was told in private how a command is typed; `about` is the habit that the hint was about."""

    person: Identity
    about: str = ""
