"""The rules of the session fold for people: chairs, who was seen, who changed their name, and whose rights lapse.

A right that only a nick proves lasts as long as the bot watches the nick. `watched` says who has such a nick now; once the
bot loses sight of it, `proofs` keeps the user@host by which its owner is recognized again.
"""

from typing import Any

from msgspec.structs import replace

from bot.core import facts
from bot.core.people.identity import Identity, casefold
from bot.core.people.real_names import real_name_in
from bot.core.session.rights import (
    became,
    given,
    is_among,
    is_by_nick,
    moved,
    nick_of,
    proven,
    renamed,
    was_seen,
)
from bot.core.session.rules import Rules
from bot.core.session.session import UNSEEN, Entry, Session

RULES: Rules[Session] = Rules()
on = RULES.on


@on(facts.ChairsAdded)
def _chairs_added(session: Session, _: Entry, fact: facts.ChairsAdded) -> Session:
    """Add chairs; the rights of a nick that lapsed are confirmed for whoever has it now."""
    owner, *chairs = (session.owner, *session.chairs)
    for person in fact.people:
        owner, *chairs = proven((owner, *chairs), person)
    new = tuple(who for who in fact.people if not is_among(who, chairs))
    session = replace(
        session,
        chairs=(*chairs, *new),
        owner=owner,
        moderated=session.moderated + tuple(who for who in new if who not in session.moderated),
        known={**{who.key: who for who in new}, **session.known},
        watched=given(session.watched, fact.people),
    )
    for person in fact.people:
        session = _recognized(session, replace(person, account=""))
    return session


@on(facts.ChairsRemoved)
def _chairs_removed(session: Session, _: Entry, fact: facts.ChairsRemoved) -> Session:
    return replace(session, chairs=tuple(who for who in session.chairs if not is_among(who, fact.people)))


@on(facts.PersonLeft)
def _person_left(session: Session, _: Entry, fact: facts.PersonLeft) -> Session:
    return _out_of_sight(session, fact.person)


@on(facts.SightLost)
def _sight_lost(session: Session, _: Entry, fact: facts.SightLost) -> Session:
    for chair in session.chairs:
        if not chair.account and chair.network == fact.network:
            session = _out_of_sight(session, chair)
    unseen = {nick: UNSEEN for nick in session.watched if nick[0] == fact.network}
    return replace(session, watched={**session.watched, **unseen})


def _out_of_sight(session: Session, person: Identity) -> Session:
    """The session in which a nick proves nothing, until its owner is recognized or confirmed."""
    nick, watched, proofs = nick_of(person), session.watched, session.proofs
    if session.is_lapsed(person):
        return replace(session, watched={**watched, nick: UNSEEN}) if nick in watched else session
    host, _ = watched.get(nick, UNSEEN)
    return replace(
        session,
        lapsed=(*session.lapsed, person),
        proofs={**proofs, nick: host} if host else proofs,
        watched={**watched, nick: UNSEEN} if nick in watched else watched,
    )


def _recognized(session: Session, nick: Identity) -> Session:
    """The session in which a lapsed nick gives its rights again."""
    key = nick_of(nick)
    return replace(
        session,
        lapsed=tuple(gone for gone in session.lapsed if nick_of(gone) != key),
        proofs={known: host for known, host in session.proofs.items() if known != key},
        unsure=session.unsure - {key},
    )


@on(facts.PersonWatched)
def _person_watched(session: Session, _: Entry, fact: facts.PersonWatched) -> Session:
    person, nick = fact.person, nick_of(fact.person)
    bare = replace(person, account="")
    if session.is_lapsed(bare) and session.proofs.get(nick) == fact.host:
        session = _recognized(session, bare)
    session = replace(session, watched={**session.watched, nick: (fact.host, person.account)})
    return session if session.is_lapsed(bare) else _with_account(session, person)


def _with_account(session: Session, person: Identity) -> Session:
    """The session in which the rights of a watched nick belong to the account that its owner proved."""
    owner, *chairs = proven((session.owner, *session.chairs), person)
    return replace(session, owner=owner, chairs=tuple(chairs))


@on(facts.ConfirmationAsked)
def _confirmation_asked(session: Session, _: Entry, fact: facts.ConfirmationAsked) -> Session:
    return replace(session, unsure=session.unsure | {nick_of(fact.person)})


@on(facts.PersonRenamed)
def _person_renamed(session: Session, _: Entry, fact: facts.PersonRenamed) -> Session:
    lapsed = session.is_lapsed(fact.old)
    owner, *chairs = renamed((session.owner, *session.chairs), fact, lapsed=lapsed)
    if not lapsed and any(is_by_nick(chair, nick_of(fact.old)) for chair in session.chairs):
        session = _recognized(session, fact.new)  # a chair has this nick now, whoever had it before
    return replace(
        session,
        renames=(*session.renames, (fact.old, fact.new)),
        chairs=tuple(chairs),
        owner=owner,
        seen=session.seen | {fact.new} if was_seen(session.seen, fact.old) else session.seen,
        heard=session.heard | {fact.new} if was_seen(session.heard, fact.old) else session.heard,
        known={**session.known, fact.new.key: fact.new},
        became=became(session.became, fact),
        watched=moved(session.watched, fact),
    )


@on(facts.PersonSeen)
def _person_seen(session: Session, entry: Entry, fact: facts.PersonSeen) -> Session:
    person = fact.person
    changes: dict[str, Any] = {}
    if person.account and not session.is_lapsed(person):
        session = _with_account(session, person)
        nick = nick_of(person)
        if nick not in session.became and replace(person, account="") in session.seen:
            changes["became"] = {**session.became, nick: person}
    name = real_name_in(fact.real_name)
    if name:
        changes["real_names"] = (*session.real_names, (person, name))
    if entry.by in {None, person}:
        changes["heard"] = session.heard | {person}
    return replace(
        session,
        sightings=(*session.sightings, person),
        seen=session.seen | {person},
        known={**session.known, person.key: person},
        **changes,
    )


@on(facts.Regretted)
def _regretted(session: Session, _: Entry, fact: facts.Regretted) -> Session:
    known = {casefold(name) for name in session.regrets}
    new = tuple(name for name in fact.names if casefold(name) not in known)
    return replace(session, regrets=session.regrets + new)


@on(facts.PresenceWithdrawn)
def _presence_withdrawn(session: Session, _: Entry, fact: facts.PresenceWithdrawn) -> Session:
    """Take people out of those who were seen, so that they are seen anew when they speak."""
    return replace(session, seen=session.seen.difference(fact.people))


@on(facts.RegretsWithdrawn)
def _regrets_withdrawn(session: Session, _: Entry, fact: facts.RegretsWithdrawn) -> Session:
    gone = {casefold(name) for name in fact.names}
    return replace(session, regrets=tuple(name for name in session.regrets if casefold(name) not in gone))
