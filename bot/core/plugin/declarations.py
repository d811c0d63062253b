"""What a plugin declares: values in its constructor, functions by decorators.

Rules of this file: declarations are values; nothing is registered anywhere until the composition root makes a
`Register` of the plugins that the configuration names. A handler is a plain function from an `Ask` to effects.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from bot.core.events import Incoming, Message
from bot.core.plugin.ask import Ask
from bot.core.plugin.command import Command, Needs
from bot.core.plugin.hooks import F, Handler, HookByKey, OccasionHandler, PluginHooks, Rooms
from bot.core.plugin.kind import Kind
from bot.core.plugin.pages import LogLine
from bot.core.plugin.web_hooks import WebHooks
from bot.core.session.redacted_text import Gone
from bot.core.session.session import Session
from bot.core.state.access import Role
from bot.core.state.carried_over import CarriedOver
from bot.core.state.view import StateView
from bot.core.words.track_commands import TRACK_COMMAND

LONGEST_START = 32
Hears = Callable[[LogLine], bool]


def begins_with(text: str, starts: tuple[str, ...]) -> bool:
    """Whether a stripped line begins with one of these, in any case; a long line is not folded for that."""
    return text[:LONGEST_START].lower().startswith(starts)


class Talk(Struct, frozen=True):
    """Talk that a plugin wants to see: lines that begin with one of `starts`, or that a pattern fits.

    kind:   word of the record kind that such lines may be; empty if there is none
    like:   a pattern for the beginning of a line
    having: a pattern for any place of a line
    during: in which sessions a pattern counts; None for all
    afterwards: it also sees lines that begin so in the room of a session that just ended, with that session
    """

    starts: tuple[str, ...]
    handler: Handler
    plugin: str = ""
    kind: str = ""
    like: re.Pattern[str] | None = None
    having: re.Pattern[str] | None = None
    during: Callable[[Session], bool] | None = None
    afterwards: bool = False

    @property
    def has_pattern(self) -> bool:
        """Whether it is more than a list of beginnings."""
        return self.like is not None or self.having is not None

    def fits(self, text: str, session: Session) -> bool:
        """Whether one of its patterns fits a line; `text` is stripped."""
        found = (self.like is not None and self.like.match(text) is not None) or (
            self.having is not None and self.having.search(text) is not None
        )
        return found and (self.during is None or self.during(session))

    def concerns(self, text: str, session: Session) -> bool:
        """Whether the plugin wants to see a line; `text` is stripped."""
        return begins_with(text, self.starts) or self.fits(text, session)


def _undecorated(_: Ask) -> tuple[()]:
    raise LookupError("a command without its function was called")


class Plugin(PluginHooks):
    """A feature.

    Its hooks, which are questions that it answers by decorated functions, are in `PluginHooks`; what it shows on the web
    is in `web`.
    """

    def __init__(
        self,
        name: str,
        *,
        facts: tuple[type, ...] = (),
        blanks: Mapping[type, Callable[[Any], object]] | None = None,
        copies: Mapping[type, Callable[[Any, Gone], object]] | None = None,
        names_in_facts: Mapping[type, Callable[[Any], Iterable[str]]] | None = None,
        not_undone: Iterable[type] = (),
        undone_by_one: Iterable[type] = (),
        not_redacted: Iterable[type] = (),
        kinds: Iterable[Kind] = (),
        streams: Iterable[str] = (),
        title: str = "",
        carried_over: Iterable[CarriedOver] = (),
        table: tuple[str, type] | None = None,
        track_table: type | None = None,
        gathering_table: type | None = None,
    ) -> None:
        """Begin a plugin.

        facts, kinds: its own kinds of fact and of record
        title: what its commands are about, where commands are listed; by default its name
        blanks: for each of its facts that stays when a redaction takes its text: what is left of it
        copies: for facts that copy words of other messages: what is left of one when some of these are redacted
        names_in_facts: for facts that give words to something: the names by which copies know it
        not_undone: facts that #undo passes over, because there is another way back; it undoes all others
        undone_by_one: facts that end something: a second #undo in a row asks before it opens that again
        not_redacted: facts without words that stay valid when their message is redacted; all others are undone
        streams: names of further streams that its facts are written to
        carried_over: its records that stay when their session goes out of memory
        table:  name of its table in the configuration, and the pydantic model of it
        track_table, gathering_table: models of the keys that it adds to every track, and to the gathering
        """
        super().__init__()
        self.web = WebHooks()
        self.name, self.facts = name, facts
        self.title = title or name.capitalize()
        self.blanks, self.copies = dict(blanks or {}), dict(copies or {})
        self.names_in_facts = dict(names_in_facts or {})
        self.not_undone, self.not_redacted = frozenset(not_undone), frozenset(not_redacted)
        self.undone_by_one = frozenset(undone_by_one)
        self.kinds, self.carried_over, self.streams = list(kinds), tuple(carried_over), tuple(streams)
        self.table, self.track_table, self.gathering_table = table, track_table, gathering_table
        self.talks: list[Talk] = []
        self.overhearings: list[tuple[Rooms, OccasionHandler]] = []
        self.jobs: dict[str, Callable[..., object]] = {}
        self.heard: dict[str, Hears] = {}
        self.arrivals: HookByKey[OccasionHandler] = HookByKey()
        self._commands: list[Command] = []

    @property
    def commands(self) -> list[Command]:
        """Its commands, with what edits of their lines lead to."""
        edited, removed = self.edits.line_edited.last(), self.edits.line_removed.last()
        return [
            replace(
                command,
                on_line_edited=edited.get(command.word),
                on_line_removed=removed.get(command.word),
            )
            for command in self._commands
        ]

    def command(
        self,
        word: str,
        *,
        usage: str,
        says: str,
        example: str,
        before: tuple[str, ...] = (),
        aliases: tuple[str, ...] = (),
        bare: tuple[str, ...] = (),
        when_alone: tuple[str, ...] = (),
        role: Role = Role.ANYONE,
        needs: Needs = Needs.SESSION,
        silent_if_unavailable: bool = False,
        is_talk: Callable[[Ask], bool] | None = None,
        in_emotes: bool = False,
        record: bool = False,
        may_name_record: bool = False,
        afterwards: bool = False,
        record_form: re.Pattern[str] | None = None,
        takes_record_prefix: bool = False,
        about_track: bool = False,
        takes_lines: bool = False,
        sessions: Callable[[StateView, Message, str], Iterable[str]] | None = None,
        log_lines: Callable[[StateView, Message, str], Iterable[tuple[str, int]]] | None = None,
    ) -> Callable[[Handler], Handler]:
        """Let people run the decorated function by a word; `Command` says what each keyword means."""
        declared = Command(
            f"{TRACK_COMMAND}{word}" if about_track else word, _undecorated, usage=usage, says=says, example=example, before=before, aliases=aliases, bare=bare,
            when_alone=when_alone, role=role, needs=needs, silent_if_unavailable=silent_if_unavailable, is_talk=is_talk,
            in_emotes=in_emotes, record=record, may_name_record=may_name_record, afterwards=afterwards,
            record_form=record_form, takes_record_prefix=takes_record_prefix, about_track=about_track,
            takes_lines=takes_lines, sessions=sessions, log_lines=log_lines, plugin=self.name,
        )  # fmt: skip

        def declare(handler: Handler) -> Handler:
            self._commands.append(replace(declared, handler=handler))
            return handler

        return declare

    def talk(
        self,
        *starts: str,
        kind: str = "",
        like: re.Pattern[str] | None = None,
        having: re.Pattern[str] | None = None,
        during: Callable[[Session], bool] | None = None,
        afterwards: bool = False,
    ) -> Callable[[Handler], Handler]:
        """Let the decorated function see lines that are no command and begin so, or fit a pattern; `Talk` says more."""

        def declare(handler: Handler) -> Handler:
            self.talks.append(Talk(starts, handler, self.name, kind, like, having, during, afterwards))
            return handler

        return declare

    def overhears(self, rooms: Rooms) -> Callable[[OccasionHandler], OccasionHandler]:
        """Let the decorated function hear all that is said in these rooms: talk, commands and /me, in and out of sessions.

        `Occasion.event` is a `Message` (each line of a message of several) or an `Edited`. A line that asks to be off the
        record is not told. What is ordered stands before what the line leads to otherwise.
        """

        def declare(handler: OccasionHandler) -> OccasionHandler:
            self.overhearings.append((rooms, handler))
            return handler

        return declare

    def on(self, event: type[Incoming], name: str = "") -> Callable[[OccasionHandler], OccasionHandler]:
        """Let the decorated function answer an event that nobody said.

        A moment that has come (`MomentDue`), the outcome of a job (`Prepared`) and a page (`Fetched`) have the name that
        was given to them. The others have none. People come and go by the hundred, known or not, in and out of sessions:
        those who do not concern the plugin must cost it next to nothing.
        """
        return self.arrivals((event, name))

    def job(self, name: str, *, hears: Hears | None = None) -> Callable[[F], F]:
        """Declare the decorated pure function, of a `Sources` and the argument of the `Prepare`, as slow work.

        hears: which lines of its sessions' logs the job needs; it gets these, and the line before each. Without it, none
        """

        def declare(function: F) -> F:
            self.jobs[name] = function
            if hears is not None:
                self.heard[name] = hears
            return function

        return declare
