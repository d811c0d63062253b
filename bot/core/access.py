"""Who may do what: roles, judged by what a network proves at the time of the command."""

from enum import IntEnum

from bot.core.messages import Power
from bot.core.people import Identity
from bot.core.session import Session
from bot.core.setup import Setup, Track


class Role(IntEnum):
    """What somebody is in a room; each may do what those before may."""

    ANYONE = 0
    CHAIR = 1
    MODERATOR = 2
    ADMIN = 3


def proves(accounts: frozenset[str], person: Identity) -> bool:
    """Whether one of the configured accounts ("oftc/account", "@user:hs") is `person`'s."""
    if not person.account:
        return False
    return person.account in accounts or f"{person.network}/{person.account}" in accounts


def role_of(
    person: Identity, power: Power, *, setup: Setup, track: Track | None, session: Session | None
) -> Role:
    """The highest role of `person` in a room of `track`, where `session` runs."""
    if proves(setup.admins, person):
        return Role.ADMIN
    needed = Power.VOICE if setup.voice_moderates else Power.MODERATOR
    if power >= needed or (track is not None and proves(track.moderators, person)):
        return Role.MODERATOR
    if session is not None and session.is_chair(person):
        return Role.CHAIR
    return Role.ANYONE


def is_maintainer(person: Identity, track: Track) -> bool:
    """Whether `person` is one of those who get the track's drafts."""
    return any(proves(maintainer.accounts, person) for maintainer in track.maintainers)
