"""From a line to the handler of its command: reading it, finding the record that it names, checking needs and rights.

Every refusal says why, and who may use the command. Nothing is changed here.
"""

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from bot.core import phrases
from bot.core.effects import Effect, Reply
from bot.core.events import Edited, Incoming, Message
from bot.core.facts import Recorded
from bot.core.people.identity import is_relayed
from bot.core.plugin.ask import Ask
from bot.core.plugin.command import Command, Needs
from bot.core.plugin.register import Register
from bot.core.plugin.visible_tracks import no_such_track
from bot.core.session.session import Session
from bot.core.state.access import Role, role_about, role_of, unconfirmed
from bot.core.state.visibility import may_see
from bot.core.turn.afterwards import ask_afterwards, run_afterwards
from bot.core.turn.decision import Context
from bot.core.turn.lines_below import is_below
from bot.core.words.bullets import points_below, with_points
from bot.core.words.grammar import Spoken, is_off_the_record, read
from bot.core.words.quoted_replies import without_quotation, without_quotation_after
from bot.core.words.text import clean, near_miss
from bot.core.words.track_commands import read_track_command

LONGEST_LINE = 16_000  # characters; longer lines are logged but never run as a command
IN_SESSION = frozenset({Needs.SESSION, Needs.SESSION_OR_PRIVATE})
IN_PRIVATE = frozenset(Needs) - {Needs.ROOM, Needs.TRACK, Needs.SESSION}
LONG_SYNONYM = 6  # letters
LONGEST_NUMBER = 9  # digits; no track has that many records


class ReadLine(Struct, frozen=True):
    """A line of a message as the bot reads it.

    text:    the cleaned text
    spoken:  the command, even if its word is unknown; None for talk
    command: the declaration of the command; None if its word is unknown
    is_off:  the line asks to be kept off the record
    is_below: it belongs to a command above it in its message
    """

    message: Message
    text: str
    spoken: Spoken | None = None
    command: Command | None = None
    is_off: bool = False
    is_below: bool = False

    @property
    def rest(self) -> str:
        """The text after the command word; for talk, the whole text."""
        return self.spoken.rest if self.spoken is not None else self.text.strip()


class Reading(Struct, frozen=True):
    """An event as the bot reads it.

    names: the bot's names in the room
    lines: the lines of a message or an edit; empty for other events
    """

    event: Incoming
    names: tuple[str, ...] = ()
    lines: tuple[ReadLine, ...] = ()


def read_event(event: Incoming, register: Register, names: tuple[str, ...]) -> Reading:
    """Read each line of an event once."""
    if isinstance(event, Message):
        return Reading(event, names, (read_line(event, register, names),))
    if isinstance(event, Edited):
        return Reading(event, names, tuple(read_line(line, register, names) for line in event.lines))
    return Reading(event)


def read_line(message: Message, register: Register, names: tuple[str, ...]) -> ReadLine:
    """Read a line as a command or as talk."""
    text = clean(message.text)
    if is_off_the_record(text):
        return ReadLine(message, text, is_off=True)
    if message.talk_only:
        return ReadLine(message, text)
    if message.number and message.lines and is_below(message, register, names):
        return ReadLine(message, text, is_below=True)
    said = without_quotation(text)
    if is_relayed(message.speaker):
        said = without_quotation_after(said)
    private = message.room.private
    vocabulary = register.vocabulary.in_private if private else register.vocabulary
    spoken = read(said, vocabulary, names, addressed=message.addressed or private)
    if (spoken is None or not spoken.known) and (private or message.room.id in register.gathering_rooms):
        spoken = read_track_command(said, vocabulary, names, addressed=message.addressed or private) or spoken
    command = register.commands[spoken.word] if spoken is not None and spoken.known else None
    if spoken is not None and message.lines and spoken.rest and spoken.word in register.kinds:
        points = points_below(message.lines, message.number)  # these lines belong to the record
        spoken = replace(spoken, rest=with_points(spoken.rest, points))
    return ReadLine(message, text, spoken, command)


def ask_of(line: ReadLine, session: Session | None, context: Context, before: str | None = None) -> Ask:
    """The ask of a line, with the speaker's present rights; `before` is the cause of their previous line in the session."""
    message, spoken, state = line.message, line.spoken, context.state
    about = spoken.about if spoken is not None else ""
    track = state.setup.track(about) if about else state.setup.track_in(message.room.id, session)
    return Ask(
        at=message.at,
        speaker=message.speaker,
        role=role_of(
            message.speaker,
            message.power,
            setup=state.setup,
            track=track,
            session=session,
            persons=state.persons,
        ),
        room=message.room,
        text=line.text,
        rest=line.rest,
        state=state,
        register=context.register,
        cause=context.cause,
        command=line.command,
        forced=spoken.forced if spoken else False,
        addressed=spoken.addressed if spoken else False,
        bare=spoken.bare if spoken else False,
        form=spoken.form if spoken else "",
        typed=spoken.typed if spoken else "",
        in_emote=message.off_record,
        session=session,
        track=track,
        before=before,
        mentions=message.mentions,
        number=message.number,
        lines=message.lines,
        about=about,
        power=message.power,
        quoted=message.quoted,
    )


def helping(word: str, register: Register) -> str | None:
    """What to say instead of an unknown word; None if nobody can know what was meant."""
    vocabulary = register.vocabulary
    if word in vocabulary.advice:
        return vocabulary.advice[word]
    meant = near_miss(word, vocabulary.words)
    if meant is None:  # short ones are too easily something else
        other = near_miss(word, (one for one in vocabulary.synonyms if len(one) >= LONG_SYNONYM))
        meant = vocabulary.synonyms[other] if other is not None else None
    return phrases.UNKNOWN(word=word, meant=meant) if meant is not None else None


def run_command(ask: Ask) -> Sequence[Effect]:
    """The orders of the command's handler, or an answer that says why the command is refused."""
    command = ask.command
    if command is None:
        raise LookupError("an ask without a command was routed")
    if command.about_track:
        no_track = _why_not_about_track(ask)
        if no_track is not None:
            return [Reply(no_track)]
    if ask.room.private and command.needs not in IN_PRIVATE:
        return [Reply(phrases.NOT_IN_PRIVATE(word=command.word))]
    if command.record or (command.may_name_record and number_in(ask.rest)):
        named = _named_record(ask)
        if isinstance(named, str):
            return [Reply(named)]
        ask = named
    late = ask_afterwards(ask) if command.afterwards and not _unreadable(ask, command) else None
    if late is not None:
        return run_afterwards(late, command, refusal(late, command) if late.role < command.role else "")
    return _run_here(ask, command)


def _run_here(ask: Ask, command: Command) -> Sequence[Effect]:
    """The orders of a command in its place and time, or why it is refused."""
    if command.is_talk is not None and ask.bare and not ask.addressed and command.is_talk(ask):
        return ()
    lacking = _unreadable(ask, command) or _lacks(ask, command)
    if lacking:
        silent = command.silent_if_unavailable and ask.bare and not ask.addressed
        return () if silent else [Reply(lacking)]
    if ask.role < command.role:
        return [Reply(refusal(ask, command))]
    form = command.record_form.fullmatch(ask.rest) if command.record_form is not None else None
    about = _about_record(ask, form[1], ask.rest) if form else ask
    return [Reply(about)] if isinstance(about, str) else command.handler(about)


def _why_not_about_track(ask: Ask) -> str | None:
    """Why a command about a track is refused: there is no such track that the speaker may see, or not for them."""
    if ask.track is None or not may_see(ask.state, ask.speaker, ask.track):
        return no_such_track(ask, ask.about)
    return ask.register.why_no_track_command(ask)


def _lacks(ask: Ask, command: Command) -> str | None:
    if ask.room.private:
        return None
    if command.needs is Needs.GATHERING and not ask.setup.is_gathering_room(ask.room.id):
        rooms = [room.partition("/")[2] for room in ask.setup.gathering.rooms]
        return phrases.NOT_IN_GATHERING(word=command.typed, rooms=rooms)
    if command.needs in IN_SESSION and ask.session is None:
        return phrases.NO_SESSION
    if command.needs in {Needs.TRACK, Needs.TRACK_OR_PRIVATE} and ask.track is None:
        return _no_track(ask, command.word)
    return None


def _unreadable(ask: Ask, command: Command) -> str | None:
    """Why a command cannot work where the session or the track that it needs could not be read."""
    unreadable = ask.state.unreadable
    if not unreadable or command.needs is Needs.NOTHING:
        return None
    if command.needs in IN_SESSION:
        lost = ask.session is None and unreadable.session_in(ask.room.id) is not None
        return phrases.UNREADABLE_SESSION if lost else None
    tracks = (ask.track,) if ask.track is not None else ask.setup.tracks_of(ask.room.id)
    lost_track = next((track.slug for track in tracks if unreadable.has_track(track.slug)), None)
    return phrases.UNREADABLE_TRACK(track=lost_track) if lost_track is not None else None


def _no_track(ask: Ask, word: str) -> str:
    tracks = [track.slug for track in ask.setup.tracks_of(ask.room.id)]
    return phrases.SHARED_ROOM(tracks=tracks, word=word) if tracks else phrases.NO_TRACK(word=word)


def refusal(ask: Ask, command: Command) -> str:
    """The answer to somebody who uses a command that needs a higher role."""
    if command.role is Role.CHAIR:
        if ask.session is None:
            return phrases.ONLY_CHAIRS_NO_SESSION(word=command.typed)
        chairs = [chair.name for chair in ask.session.chairs]
        return phrases.ONLY_CHAIRS(
            word=command.typed, chairs=chairs, unconfirmed=unconfirmed(ask.session, ask.speaker)
        )
    if command.role is Role.MODERATOR:
        return phrases.ONLY_MODERATORS(word=command.typed, private=ask.room.private)
    return phrases.ONLY_ADMINS(word=command.typed)


def number_in(rest: str) -> str:
    """The digits of the record number at the beginning; empty if there is none."""
    digits = (
        rest.partition(" ")[0].removeprefix("#").rstrip(":,")
    )  # `#answer 3: text`, `#did 3, with pleasure`
    return digits if digits.isascii() and digits.isdigit() else ""


def _named_record(ask: Ask) -> Ask | str:
    """The ask about the record whose number comes first, or the answer that says why not."""
    digits = number_in(ask.rest)
    return _about_record(ask, digits, ask.rest.partition(" ")[2].strip()) if digits else ask.usage


def _about_record(ask: Ask, digits: str, rest: str) -> Ask | str:
    """The ask about the record with this number, in its session; or the answer that says why there is none.

    rest: the text after the number
    The desk loads the sessions of `absent_records` into memory before the core decides.
    """
    if ask.track is None:
        word = ask.command.word if ask.command else ""
        return _no_track(ask, word)
    if len(digits) > LONGEST_NUMBER:
        return phrases.NO_RECORD(digits=digits)
    n = int(digits)
    sessions = ask.state.of_track(ask.track.slug)
    for session in reversed(sessions):
        record = session.record(n)
        if record is not None:
            return replace(ask, session=session, record=record, rest=rest, role=_role_in(session, ask))
    if any(had(session, n) for session in sessions):
        return phrases.GONE_RECORD(n=n)
    if n <= ask.state.last_number(ask.track.slug) and ask.state.unreadable.may_hold_record(ask.track.slug):
        return phrases.UNREADABLE_RECORD(n=n)
    return phrases.NO_RECORD(digits=digits)


def _role_in(session: Session, ask: Ask) -> Role:
    """The role in the record's session: a chair of another session has no rights there."""
    elsewhere = ask.session is not session and ask.role == Role.CHAIR
    role = Role.ANYONE if elsewhere else ask.role
    return role_about(role, session, ask.speaker, ask.track, ask.state.persons)


def had(session: Session, n: int) -> bool:
    """Whether a session ever had a record with this number."""
    return any(isinstance(entry.fact, Recorded) and entry.fact.n == n for entry in session.entries)
