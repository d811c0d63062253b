"""Follows the nicks that give rights: who has them now, who is back after a gap, and who must be confirmed."""

from msgspec.structs import replace

from bot.core import effects, facts, phrases
from bot.core.events import Connected, Departed, Sighted
from bot.core.people.identity import Identity
from bot.core.session.redacted_text import SEEN
from bot.core.session.rights import is_by_nick, nick_of
from bot.core.session.session import Session
from bot.core.state.access import authored, is_chair
from bot.core.turn.decision import Context


def sighted(event: Sighted, context: Context) -> None:
    """A network shows who has a nick."""
    context.state.sighted(event.who, event.host)
    follow(event.who, context)


def follow(who: Identity, context: Context) -> None:
    """Note in each session where a nick gives rights who has it now, and ask the room about a chair who is not recognized.

    Nothing happens if the network does not show the user@host.
    """
    state, nick = context.state, nick_of(who)
    host = state.host_of(who)
    if not host:
        return
    for session in state.watching(nick):
        if session.watched[nick] != (host, who.account):
            # nobody's message is the cause: an undo or a redaction changes nothing of it
            noted = replace(context, by=None, stream=session.id, cause=f"{context.cause}{SEEN}")
            noted.write(facts.PersonWatched(who, host))
            _ask_for_confirmation(session.id, who, noted)


def follow_new_rights(context: Context) -> None:
    """Note who has the nicks that got rights by this decision."""
    for entry in tuple(context.decision.entries):
        match entry.fact:
            case facts.Recorded() | facts.SessionOpened() if entry.by is not None:
                follow(entry.by, context)
            case facts.ChairsAdded(people):
                for person in people:
                    follow(person, context)


def _ask_for_confirmation(session_id: str, who: Identity, context: Context) -> None:
    """Say once in the room that somebody has the nick of a chair and is not recognized."""
    session, nick = context.state.session(session_id), nick_of(who)
    if session is None or session.ended is not None or nick in session.unsure:
        return
    by_nick = any(is_by_nick(chair, nick) for chair in session.chairs)
    if by_nick and session.is_lapsed(who) and not is_chair(session, who, context.state.persons):
        context.write(facts.ConfirmationAsked(who))
        context.decision.orders.append(
            effects.Say(session.rooms, phrases.SOMEBODY_UNCONFIRMED(name=who.name))
        )


def departed(event: Departed, context: Context) -> None:
    """Somebody is out of sight, so the rights lapse that only their nick proves.

    A split changes nothing where the network shows no hosts (a log): nobody could be recognized again.
    """
    state = context.state
    if not event.split or state.host_of(event.who):
        for session in knowing(event.who, context):
            leaves(session, event.who, context)
    state.out_of_sight(event.who)


def connected(event: Connected, context: Context) -> None:
    """The bot did not see who left: all rights there lapse that only a nick proves."""
    state = context.state
    state.nobody_in_sight(event.network)
    lost = facts.SightLost(event.network)
    for session in list(state.sessions()):
        if (
            any(network == event.network for network, _ in session.watched)
            and session.entries[-1].fact != lost
        ):
            context.write(lost, stream=session.id)
        for chair in session.chairs:
            nick = state.persons.behind(chair)
            if nick is not chair and not nick.account and nick.network == event.network:
                context.write(
                    facts.PersonLeft(nick), stream=session.id
                )  # a bridge shows it on another network


def knowing(person: Identity, context: Context) -> list[Session]:
    """The sessions in memory that know a person, running or over: a nick gives rights while they are in memory."""
    prefix = f"{person.network}/"
    return [
        session
        for session in context.state.sessions()
        if person.key in session.known and any(room.startswith(prefix) for room in session.rooms)
    ]


def leaves(session: Session, who: Identity, context: Context) -> None:
    """End the rights that only the nick proved, even if an account was proven later; rights of accounts stay."""
    persons = context.state.persons
    by_nick = persons.behind(who)
    if by_nick is not who and not by_nick.account:
        # a bridge's puppet left, which proves nothing about a nick that the bot sees itself
        known = session.known.get(by_nick.key)
        if known is not None and known.network == by_nick.network:
            return
    by_nick = replace(by_nick if not by_nick.account else who, account="")
    if is_chair(session, by_nick, persons) or authored(session, by_nick, persons):
        context.write(facts.PersonLeft(by_nick), stream=session.id)
