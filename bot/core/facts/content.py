"""The content of a record: its text, and the owners, dates and links found in it."""

from datetime import date, datetime

from msgspec import Struct

from bot.core.people.identity import Identity


class Owner(Struct, frozen=True):
    """An owner of an action: the name as typed, and the person if known."""

    name: str
    person: Identity | None = None


class Content(Struct, frozen=True):
    """The content of a record.

    text: the text after the command word
    when: the due date as typed, if it is not a calendar day (`Epoxy-2`)
    """

    text: str
    owners: tuple[Owner, ...] = ()
    due: date | None = None
    url: str | None = None
    title: str | None = None
    when: str = ""

    @property
    def is_sentence(self) -> bool:
        """Whether its address stands within words that are no title."""
        around = self.text.replace(self.url, " ", 1) if self.url and not self.title else ""
        return any(letter.isalnum() for letter in around)


class Origin(Struct, frozen=True):
    """The line whose words a record has, where somebody else made it a record.

    message: id of the message, or of the edit that gave it its words; empty if the network gives none
    """

    by: Identity
    at: datetime
    message: str = ""


class Answer(Struct, frozen=True):
    """An answer to a question."""

    text: str
    by: Identity
    at: datetime
