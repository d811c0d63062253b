"""The declaration of a command.

The functions of a command take an `Ask`, which refers to its command; to avoid a circular import they are typed with
`Any` here. `Plugin.command` checks their types.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from enum import Enum
from typing import Any

from msgspec import Struct

from bot.core.effects import Effect
from bot.core.state.access import Role

Run = Callable[[Any], Sequence[Effect]]


class Needs(Enum):
    """Where a command can be used."""

    GATHERING = "in the gathering's own rooms, or in private"
    NOTHING = "anywhere"
    ROOM = "in a room"
    TRACK = "in a track's room"
    TRACK_OR_PRIVATE = "in a track's room, or in private"
    SESSION = "while a session runs"
    SESSION_OR_PRIVATE = "while a session runs, or in private"


class Command(Struct, frozen=True):
    """A word that people type.

    usage:   its syntax for help, with prefix
    says:    what it does, in a few words
    example: a line that works after the lines of `before`; a test runs it
    bare:    forms that need no prefix (`present+`); in `close [this] agendum|item`, `[this]` is optional and
             `agendum|item` are alternatives
    when_alone: words of other commands that mean this command if nothing follows them
    silent_if_unavailable: its bare forms are talk if `needs` is not met (`+1` outside of a session)
    is_talk: tells whether a line with a bare form is talk after all (`ack, thanks`); not asked if the bot is addressed
    in_emotes: it also works in /me
    record:  it takes a record number first, and works on that record's session, which may be over
    may_name_record: it may take a record number first
    afterwards: it also works in the room of a session that just ended, on that session
    takes_lines: the lines below it in its message belong to it, up to one that begins with #
    sessions: gives the ids of sessions that it needs and that may not be in memory, for a message and the text after its word
    log_lines: gives the session and the number in its log of the lines that it needs as `Ask.quoted`, for the same
    about_track: the name of a track stands before it (`#nova now text`), and `Ask.track` is that track
    record_form: a line of this form works on the record whose number is the first group (`3++`)
    on_line_edited: called instead of the handler if an edit added or changed the line; None: an edit does not run it
    on_line_removed: called if an edit removed the line (`ask.edits` is the cause of its facts); None: the facts stay
    """

    word: str
    handler: Run
    usage: str
    says: str
    example: str
    before: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    bare: tuple[str, ...] = ()
    when_alone: tuple[str, ...] = ()
    role: Role = Role.ANYONE
    needs: Needs = Needs.SESSION
    silent_if_unavailable: bool = False
    is_talk: Callable[[Any], bool] | None = None
    in_emotes: bool = False
    record: bool = False
    may_name_record: bool = False
    afterwards: bool = False
    record_form: re.Pattern[str] | None = None
    takes_record_prefix: bool = False
    about_track: bool = False
    takes_lines: bool = False
    sessions: Callable[[Any, Any, str], Iterable[str]] | None = None
    log_lines: Callable[[Any, Any, str], Iterable[tuple[str, int]]] | None = None
    on_line_edited: Run | None = None
    on_line_removed: Run | None = None
    plugin: str = ""

    @property
    def typed(self) -> str:
        """How people type its word: `#topic`, `#TRACK now`, `~list`."""
        first = self.usage.partition(" ")[0].rstrip(",")
        has_sign = first in self.bare and not first[0].isalnum()
        return first if has_sign else f"#{self.word}"
