"""What a line of an edit is asked with: the rights of now, and the moment and the place at which the message was said."""

from collections.abc import Iterable
from datetime import datetime

from bot.core.edits.lines import Line
from bot.core.edits.message_records import Made
from bot.core.events import Edited
from bot.core.plugin.ask import Ask
from bot.core.plugin.register import Register
from bot.core.session.fold import fold
from bot.core.session.session import Session
from bot.core.state.access import role_of
from bot.core.state.state import State

Place = tuple[str | None, str | None, str | None]  # topic, team and subtopic


def ask_of(line: Line, event: Edited, session: Session, state: State, register: Register) -> Ask:
    """The ask of a line, as if it were said now, in the session of its message."""
    spoken, track = line.spoken, state.setup.track(session.track)
    return Ask(
        at=event.at,
        speaker=event.speaker,
        role=role_of(
            event.speaker,
            line.message.power,
            setup=state.setup,
            track=track,
            session=session,
            persons=state.persons,
        ),
        room=event.room,
        text=line.text,
        rest=line.rest,
        state=state,
        register=register,
        cause=line.cause,
        command=register.commands.get(spoken.word) if spoken is not None and spoken.known else None,
        forced=spoken.forced if spoken else False,
        addressed=spoken.addressed if spoken else False,
        bare=spoken.bare if spoken else False,
        form=spoken.form if spoken else "",
        number=line.message.number,
        lines=line.message.lines,
        session=session,
        track=track,
        mentions=line.message.mentions,
    )


def said_at(event: Edited) -> datetime:
    """When the message was said; where no log tells, now."""
    earlier = event.earlier
    return earlier.at if earlier is not None and earlier.at is not None else event.at


def place_of(event: Edited, session: Session, records: Iterable[Made]) -> Place | None:
    """Where the message stood in the session: with the records that it made, else by its time; None where no log tells."""
    item = next((one.item for one in records if one.item is not None), None)
    if item is not None:
        return item.topic, item.team, item.subtopic
    at = event.earlier.at if event.earlier is not None else None
    if at is None or at < session.started:
        return None
    then = fold([entry for entry in session.entries if entry.at <= at], session.voided)
    return then.topic_id, then.team, then.subtopic
