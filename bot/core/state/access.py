"""Access control: roles, by the identity that a network proves at the time of the command."""

from collections.abc import Collection
from enum import IntEnum

from bot.core import phrases
from bot.core.events import Power
from bot.core.people.identity import Identity, same_rights
from bot.core.people.persons import Persons
from bot.core.session.session import RecordedItem, Session
from bot.core.state.authors import authors_of
from bot.core.state.setup import Setup, Track


class Role(IntEnum):
    """The role of somebody in a room; each role includes the rights of the lower roles."""

    ANYONE = 0
    CHAIR = 1
    MODERATOR = 2
    ADMIN = 3


def proves(accounts: Collection[str], person: Identity, persons: Persons | None = None) -> bool:
    """Whether `person` has one of the configured accounts ("oftc/account", "@user:hs") under any proven identity."""
    if not accounts:
        return False
    known = persons if persons is not None else Persons()
    return any(known.is_named_in(accounts, identity) for identity in known.identities_of(person))


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
    if proves(setup.admins, person, persons):
        return Role.ADMIN
    needed = Power.VOICE if setup.voice_moderates else Power.MODERATOR
    if power >= needed or (track is not None and proves(track.moderators, person, persons)):
        return Role.MODERATOR
    return Role.CHAIR if session is not None and is_chair(session, person, persons) else Role.ANYONE


def role_about(
    role: Role, session: Session, person: Identity, track: Track | None, persons: Persons | None = None
) -> Role:
    """The role of `person` in what concerns a session: who may change any of its records has a chair's.

    These are its chairs and the moderators, and once it is over the maintainers of its track as well.

    role: the person's role where they speak, without a chair's rights in another session
    """
    is_over = session.ended is not None
    if role == Role.ANYONE and is_over and track is not None and is_maintainer(person, track, persons):
        return Role.CHAIR
    return Role.CHAIR if role == Role.ANYONE and is_chair(session, person, persons) else role


def is_chair(session: Session, person: Identity, persons: Persons | None = None) -> bool:
    """Whether `person` has a chair's rights under any proven identity, except for a nick that the bot lost sight of."""
    if persons is None:
        return session.is_chair(person)
    return _has_chair(session, persons.identities_of(person), persons)


def _has_chair(session: Session, people: Collection[Identity], persons: Persons) -> bool:
    """Whether one of the identities of a person holds a chair's rights."""
    for held in map(persons.behind, session.chairs):
        is_theirs = any(same_rights(held, identity) for identity in people)
        if is_theirs and (held.account or not session.is_lapsed(held)):
            return True
    return False


def is_maintainer(person: Identity, track: Track, persons: Persons | None = None) -> bool:
    """Whether `person` is a maintainer, who gets the track's drafts."""
    return any(proves(maintainer.proofs, person, persons) for maintainer in track.maintainers)


def is_author(
    session: Session, record: RecordedItem, speaker: Identity, persons: Persons | None = None
) -> bool:
    """Whether `speaker` made this record: by account, or by a nick that the bot has watched ever since."""
    return any(own.n == record.n for own in authored(session, speaker, persons))


def authored(session: Session, speaker: Identity, persons: Persons | None = None) -> tuple[RecordedItem, ...]:
    """The records that `speaker` made and may still correct, oldest first."""
    known = persons if persons is not None else Persons()
    people = known.identities_of(speaker)
    authors = authors_of(session, known.behind)
    return tuple(
        record
        for record in session.records
        if (author := authors.get(record.n)) is not None
        and not author.lapsed
        and any(same_rights(author.who, identity) for identity in people)
    )


def unconfirmed(session: Session, speaker: Identity) -> str:
    """What a refusal adds for somebody with the nick of a chair whom the bot lost sight of; else empty."""
    lapsed = session.is_lapsed(speaker) and any(same_rights(chair, speaker) for chair in session.chairs)
    return phrases.UNCONFIRMED(name=speaker.name) if lapsed else ""


def unconfirmed_author(session: Session, record: RecordedItem, speaker: Identity, persons: Persons) -> str:
    """What a refusal adds for somebody with the nick of a record's author whom the bot lost sight of; else empty."""
    author = authors_of(session, persons.behind).get(record.n)
    lapsed = author is not None and author.lapsed and same_rights(author.who, speaker)
    return phrases.UNCONFIRMED(name=speaker.name) if lapsed else ""
