"""What a record says: its words, and what its kind understood of them."""

from dataclasses import dataclass
from datetime import date, datetime

from bot.core.people.identity import Identity


@dataclass(frozen=True, slots=True)
class Owner:
    """An owner of an action: the name as typed, and the person where one is known."""

    name: str
    person: Identity | None = None


@dataclass(frozen=True, slots=True)
class Content:
    """What a record says, as its kind understood it. `text` is what was typed after the word.

    when: by when, in the text's own words, where these are no day (`Epoxy-2`)
    """

    text: str
    owners: tuple[Owner, ...] = ()
    due: date | None = None
    url: str | None = None
    title: str | None = None
    when: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What somebody answered to a question."""

    text: str
    by: Identity
    at: datetime
