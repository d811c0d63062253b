"""Presence and regrets that are taken back: `present-` and `regrets-`."""

from collections.abc import Sequence

from bot.api import Acknowledge, Ask, Effect, Identity, Reply, Session, Write
from bot.api.facts import PresenceWithdrawn, RegretsWithdrawn
from bot.api.people import Named, casefold
from plugins.attendance import phrases
from plugins.attendance.named import NAMED


def withdraw_presence(ask: Ask, named: Sequence[Named]) -> Sequence[Effect]:
    """Take back that people are present; who said something is."""
    people = [ask.identity_of(person) for person in named]
    refused = next((said for person in people if (said := _why_not(ask, person))), None)
    if refused is not None:
        return [Reply(refused)]
    gone = PresenceWithdrawn(tuple(people))
    return [
        Write(gone, keep_on_undo=True),
        Acknowledge(phrases.NOT_PRESENT(names=[person.name for person in named])),
    ]


def _why_not(ask: Ask, person: Identity) -> str | None:
    session = ask.running
    if was_heard(session, person):
        return phrases.SPOKE(name=person.name)
    return None if person in NAMED.of(session).present else phrases.NOT_NAMED(name=person.name)


def was_heard(session: Session, person: Identity) -> bool:
    """Whether somebody spoke or signed in, under this nick or account."""
    return any((who.network, who.key) == (person.network, person.key) for who in session.heard)


def withdraw_regrets(ask: Ask, names: Sequence[str]) -> Sequence[Effect]:
    """Take back regrets."""
    known = {casefold(name) for name in ask.running.regrets}
    unknown = next((name for name in names if casefold(name) not in known), None)
    if unknown is not None:
        return [Reply(phrases.NONE_SENT(name=unknown))]
    gone = RegretsWithdrawn(tuple(names))
    return [Write(gone, keep_on_undo=True), Acknowledge(phrases.NO_REGRETS(names=names))]
