"""After the end of a session: for a while its room can still add to it and mend it, and every answer says that it ended.

It can until the recap is made, and for ten minutes at least. Before the recap is made, those who took part may add what
they could add in the session; after that, only those who may change any of its records.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta

from msgspec.structs import replace

from bot.core import phrases
from bot.core.effects import Acknowledge, Announce, Effect, Reply
from bot.core.plugin.ask import Ask, Declared
from bot.core.plugin.command import Command
from bot.core.session.session import Session
from bot.core.state.access import Role, role_about
from bot.core.state.view import StateView
from bot.core.words.sentences import clock, day_in_words

AFTERWARDS = timedelta(minutes=10)
ANSWERS = (Reply, Acknowledge, Announce)


def last_ended(state: StateView, room: str) -> Session | None:
    """The session in memory that ended last in a room; None if there is none."""
    over = [(s.ended, s) for s in state.sessions() if s.ended is not None and room in s.rooms]
    return max(over, key=lambda pair: pair[0])[1] if over else None


def just_ended(state: StateView, register: Declared, room: str, at: datetime) -> Session | None:
    """The session that ended in a room and can still be added to there; None if there is none."""
    session = last_ended(state, room)
    if session is None or session.ended is None:
        return None
    is_fresh = at - session.ended < AFTERWARDS
    return session if is_fresh or register.why_not_reopen(state, session) is None else None


def ask_afterwards(ask: Ask) -> Ask | None:
    """The ask about the session that just ended in its room; None if there is none."""
    if ask.session is not None or ask.room.private:
        return None
    session = just_ended(ask.state, ask.register, ask.room.id, ask.at)
    if session is None:
        return None
    track = ask.setup.track(session.track)
    role = role_about(ask.role, session, ask.speaker, track, ask.state.persons)
    return replace(ask, session=session, track=track, role=role)


def run_afterwards(ask: Ask, command: Command, refused: str) -> list[Effect]:
    """What a command orders for the session that just ended; `refused` says why the speaker may not use it, if so."""
    why = refused or (why_not_add(ask) if command.word in ask.register.kinds else "")
    return answered(ask, lambda late: [Reply(why)] if why else command.handler(late))


def answered(ask: Ask, handler: Callable[[Ask], Sequence[Effect]]) -> list[Effect]:
    """What a handler orders for a session that ended; the answer begins with its end, and says what comes of a change."""
    session = ask.running
    orders = handler(ask)
    is_changed = any(not isinstance(order, ANSWERS) for order in orders)
    return list(
        _told(ask, orders, ask.register.late_changes(ask.state, session, ask.at) if is_changed else [])
    )


def _told(ask: Ask, orders: Sequence[Effect], more: Sequence[str]) -> Iterator[Effect]:
    end = ended_at(ask)
    for order in orders:
        if isinstance(order, ANSWERS) and end:
            yield Reply(phrases.ENDED(at=end, text="; ".join((order.text, *more))))
            end = ""
        else:
            yield order


def ended_at(ask: Ask) -> str:
    """When the session ended, with the day if that is not today."""
    zone, end = ask.setup.gathering.zone, ask.running.ended or ask.at
    day = end.astimezone(zone).date()
    return clock(end, zone) + (f" on {day_in_words(day)}" if day != ask.at.astimezone(zone).date() else "")


def why_not_add(ask: Ask) -> str:
    """Why the speaker can add no record to the session that ended; empty if they can."""
    session = ask.running
    if ask.role >= Role.CHAIR:
        return ""
    chairs = [chair.name for chair in session.chairs]
    if ask.register.why_not_reopen(ask.state, session) is not None:
        return phrases.ONLY_CHAIRS_ADD(chairs=chairs)
    speaker = ask.state.person_of(ask.speaker, session)
    took_part = any(ask.state.person_of(person, session) == speaker for person in session.seen)
    return "" if took_part else phrases.ONLY_THOSE_THERE_ADD(chairs=chairs)
