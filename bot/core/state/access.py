"""Access control: roles, by the identity that a network proves at the time of the command."""

from collections.abc import Collection
from enum import IntEnum

from bot.core.events import Power
from bot.core.facts import PersonLeft, PersonRenamed, Recorded
from bot.core.people.identity import Identity, same_rights
from bot.core.people.persons import Persons
from bot.core.session.session import RecordedItem, Session
from bot.core.state.setup import Setup, Track


class Role(IntEnum):
    """The role of somebody in a room; each role includes the rights of the lower roles."""

    ANYONE = 0
    CHAIR = 1
    MODERATOR = 2
    ADMIN = 3


def proves(accounts: frozenset[str], person: Identity) -> bool:
    """Whether `person` has one of the configured accounts ("oftc/account", "@user:hs")."""
    if not person.account:
        return False
    return person.account in accounts or f"{person.network}/{person.account}" in accounts


def role_of(
    person: Identity,
    power: Power,
    *,
    setup: Setup,
    track: Track | None,
    session: Session | None,
    persons: Persons | None = None,
) -> Role:
    """The highest role of `person` in a room of `track` with the running `session`, under any proven identity.

    power: the person's power in the room now; it applies to this room only
    """
    people = persons.identities_of(person) if persons is not None else (person,)
    if any(proves(setup.admins, identity) for identity in people):
        return Role.ADMIN
    needed = Power.VOICE if setup.voice_moderates else Power.MODERATOR
    if power >= needed or (
        track is not None and any(proves(track.moderators, identity) for identity in people)
    ):
        return Role.MODERATOR
    if session is None:
        return Role.ANYONE
    chairs = session.is_chair(person) if persons is None else _has_chair(session, people, persons)
    return Role.CHAIR if chairs else Role.ANYONE


def is_chair(session: Session, person: Identity, persons: Persons | None = None) -> bool:
    """Whether `person` has a chair's rights under any proven identity, except for a nick that has quit since."""
    if persons is None:
        return session.is_chair(person)
    return _has_chair(session, persons.identities_of(person), persons)


def _has_chair(session: Session, people: Collection[Identity], persons: Persons) -> bool:
    """Whether one of the identities of a person holds a chair's rights."""
    return any(
        (held.account or not session.is_lapsed(held))
        and any(same_rights(held, identity) for identity in people)
        for held in map(persons.behind, session.chairs)
    )


def is_maintainer(person: Identity, track: Track, persons: Persons | None = None) -> bool:
    """Whether `person` is a maintainer, who gets the track's drafts."""
    people = persons.identities_of(person) if persons is not None else (person,)
    return any(
        proves(maintainer.accounts, identity) for maintainer in track.maintainers for identity in people
    )


def is_author(
    session: Session, record: RecordedItem, speaker: Identity, persons: Persons | None = None
) -> bool:
    """Whether `speaker` made this record: by account, or by a nick that the bot has seen ever since."""
    return any(own.n == record.n for own in authored(session, speaker, persons))


def authored(session: Session, speaker: Identity, persons: Persons | None = None) -> tuple[RecordedItem, ...]:
    """The records that `speaker` made and may still correct, oldest first."""
    known = persons if persons is not None else Persons()
    people = known.identities_of(speaker)
    holders: dict[int, Identity] = {}
    for entry in session.entries:
        fact = entry.fact
        if isinstance(fact, Recorded):
            holders[fact.n] = known.behind(entry.by or session.owner)
        elif isinstance(fact, PersonRenamed):
            holders |= {
                n: _renamed(holder, fact) for n, holder in holders.items() if _by_nick(holder, fact.old)
            }
        elif isinstance(fact, PersonLeft):
            holders = {n: holder for n, holder in holders.items() if not _by_nick(holder, fact.person)}
    return tuple(
        record
        for record in session.records
        if record.n in holders and any(same_rights(holders[record.n], identity) for identity in people)
    )


def _by_nick(holder: Identity, person: Identity) -> bool:
    """Whether only the nick of `person` proves `holder`."""
    return not holder.account and same_rights(holder, person)


def _renamed(holder: Identity, fact: PersonRenamed) -> Identity:
    return Identity(holder.network, fact.new.name, fact.new.key)
