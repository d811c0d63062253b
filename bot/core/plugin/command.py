"""A command as it is declared.

Rules of this file: the functions of a command take an `Ask`, and an ask knows its command; so here they take anything.
`Plugin.command` holds them to what a handler takes.
"""

import re
from collections.abc import Callable, Sequence
from enum import Enum
from typing import Any

from msgspec import Struct

from bot.core.effects import Effect
from bot.core.state.access import Role

Run = Callable[[Any], Sequence[Effect]]


class Needs(Enum):
    """What must be there for a command to make sense."""

    NOTHING = "anywhere"
    ROOM = "in a room"
    TRACK = "in a track's room"
    SESSION = "while a session runs"


class Command(Struct, frozen=True):
    """A word that people type.

    usage:   how it is typed, as help shows it, with its prefix
    says:    what it does, in a few words
    example: a line that works after the lines of `before`; a test runs it
    bare:    forms that need no prefix (`present+`); in `close [this] agendum|item` a word may be left out, or be another
    when_alone: words of other commands that mean this one when nothing follows them
    silent_if_unavailable: its bare forms are talk where what it needs is not there (`+1` outside of a session)
    is_talk: whether a line that begins with a bare form is talk all the same (`ack, thanks`); not where we are addressed
    in_emotes: it works in /me too
    record:  it takes a record number first, and works on that record's session, which may be over
    may_name_record: the number may be left out
    record_form: a line of this form works on the record whose number is the first group (`3++`)
    on_line_edited: asked instead of the handler when an edit brought or changed the line; None: an edit does not run it
    on_line_removed: asked when an edit took the line away (`ask.edits` is the cause of what it did); None: that stays
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
    record_form: re.Pattern[str] | None = None
    takes_record_prefix: bool = False
    on_line_edited: Run | None = None
    on_line_removed: Run | None = None
    plugin: str = ""
