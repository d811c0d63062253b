"""A message as the bot reads it, and the ask that a line of it becomes."""

from msgspec import Struct

from bot.core.events import Edited, Incoming, Message
from bot.core.plugin.ask import Ask
from bot.core.plugin.declarations import Command
from bot.core.plugin.register import Register
from bot.core.session.session import Session
from bot.core.state.access import role_of
from bot.core.turn.decision import Context
from bot.core.words.grammar import Spoken, is_off_the_record, read
from bot.core.words.text import clean

LONGEST_LINE = 16_000  # characters; longer lines are logged, and never run as a command


class ReadLine(Struct, frozen=True):
    """A line of a message as the bot reads it.

    text:    as it was said, cleaned
    spoken:  the command that it is, or would be if its word were known; None for talk
    command: the command, where its word is known
    is_off:  the line asks to be kept off the record
    """

    message: Message
    text: str
    spoken: Spoken | None = None
    command: Command | None = None
    is_off: bool = False

    @property
    def rest(self) -> str:
        """What follows the command word; of talk, all of it."""
        return self.spoken.rest if self.spoken is not None else self.text.strip()


class Reading(Struct, frozen=True):
    """An event as the bot reads it.

    names: what the bot is called where it happened
    lines: of a message or an edit; other events have none
    """

    event: Incoming
    names: tuple[str, ...] = ()
    lines: tuple[ReadLine, ...] = ()


def read_event(event: Incoming, register: Register, names: tuple[str, ...]) -> Reading:
    """Read an event: each line of it once."""
    if isinstance(event, Message):
        return Reading(event, names, (read_line(event, register, names),))
    if isinstance(event, Edited):
        return Reading(event, names, tuple(read_line(line, register, names) for line in event.lines))
    return Reading(event)


def read_line(message: Message, register: Register, names: tuple[str, ...]) -> ReadLine:
    """Read a line, for a command or for talk."""
    text = clean(message.text)
    if is_off_the_record(text):
        return ReadLine(message, text, is_off=True)
    if message.talk_only:
        return ReadLine(message, text)
    spoken = read(text, register.vocabulary, names, addressed=message.addressed or message.room.private)
    command = register.commands[spoken.word] if spoken is not None and spoken.known else None
    return ReadLine(message, text, spoken, command)


def ask_of(line: ReadLine, session: Session | None, context: Context, before: str | None = None) -> Ask:
    """The ask of a line that is said in a session, or outside of one, with the rights of now.

    before: cause of what the speaker said before in the session
    """
    message, spoken, state = line.message, line.spoken, context.state
    track = state.setup.track_in(message.room.id, session)
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
        session=session,
        track=track,
        before=before,
        mentions=message.mentions,
        number=message.number,
        lines=message.lines,
    )
