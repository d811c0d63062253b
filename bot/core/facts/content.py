"""What a record says: its words, and what its kind understood of them."""

from datetime import date, datetime

from msgspec import Struct

from bot.core.people.identity import Identity


class Owner(Struct, frozen=True):
    """An owner of an action: the name as typed, and the person where one is known."""

    name: str
    person: Identity | None = None


class Content(Struct, frozen=True):
    """What a record says, as its kind understood it. `text` is what was typed after the word.

    when: by when, in the text's own words, where these are no day (`Epoxy-2`)
    """

    text: str
    owners: tuple[Owner, ...] = ()
    due: date | None = None
    url: str | None = None
    title: str | None = None
    when: str = ""


class Answer(Struct, frozen=True):
    """What somebody answered to a question."""

    text: str
    by: Identity
    at: datetime
