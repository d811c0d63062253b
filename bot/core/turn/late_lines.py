"""Lines that come after the end of a session and concern it."""

from bot.core.plugin.declarations import begins_with
from bot.core.plugin.register import Register
from bot.core.session.session import Session
from bot.core.turn.afterwards import just_ended
from bot.core.turn.commands import ReadLine
from bot.core.turn.decision import Context


def stream_of(line: ReadLine, session: Session | None, context: Context) -> str:
    """The session that the line is for: the one that runs, or the one that just ended; empty if there is none."""
    if session is not None:
        return session.id
    message = line.message
    works = line.command.afterwards if line.command is not None else is_late_talk(line, context.register)
    if not works or message.room.private:
        return ""
    late = just_ended(context.state, context.register, message.room.id, message.at)
    return late.id if late is not None else ""


def is_late_talk(line: ReadLine, register: Register) -> bool:
    """Whether a plugin wants to see this talk after the end of a session."""
    text = line.text.strip()
    return line.spoken is None and any(
        talk.afterwards and begins_with(text, talk.starts) for talk in register.talks
    )
