"""The actions of a track as they stand: which are open, whose they are, where they come from."""

from collections.abc import Hashable, Iterable
from datetime import date

from bot.api import (
    Ask,
    Identity,
    Lasting,
    Owner,
    RecordKept,
    Session,
    Setup,
    World,
    casefold,
    origin,
    plain_name,
    same_rights,
)
from plugins.actions import phrases
from plugins.actions.kind import ACTION
from plugins.actions.mentions import task_of

ACTIONS = Lasting(frozenset({ACTION.word}))


def open_ones(world: World, track: str) -> list[RecordKept]:
    """The open actions of a track: what is due first, then by number."""
    return in_order(one for one in ACTIONS.of(world, track) if not one.done)


def in_order(actions: Iterable[RecordKept]) -> list[RecordKept]:
    """What is due first, then by number."""
    return sorted(actions, key=lambda one: (one.content.due or date.max, one.n))


def is_owner(world: World, one: RecordKept, who: Identity) -> bool:
    """Whether an action is somebody's: by what is proven, and where the owner never spoke, by the name."""
    session = world.session(one.session)
    wanted = _persons(world, who, session)
    return any(
        bool(wanted & _persons(world, owner.person, session))
        if owner.person is not None
        else is_called(world, who, owner)
        for owner in one.content.owners
    )


def _persons(world: World, who: Identity, session: Session | None) -> set[Hashable]:
    """By what somebody counts as one human, now and as the session knew them."""
    found = {world.person_of(who)}
    return found if session is None else found | {world.person_of(who, session)}


def is_called(world: World, who: Identity, owner: Owner) -> bool:
    """Whether somebody goes by the name of an owner who never spoke."""
    name = casefold(plain_name(owner.name))
    return any(casefold(plain_name(one.name)) == name for one in world.identities_of(who))


def may_close(ask: Ask, session: Session, owners: Iterable[Owner]) -> bool:
    """Whether the speaker is one of these owners: by proven rights, or by name where the owner never spoke."""
    session_now = session.now_of
    return any(
        any(
            same_rights(session_now(owner.person), one) or ask.world.persons.has_rights_of(one, owner.person)
            for one in ask.identities
        )
        if owner.person is not None
        else is_called(ask.world, ask.speaker, owner)
        for owner in owners
    )


def described(setup: Setup, slug: str, one: RecordKept, today: date, *, named: bool = False) -> str:
    """An action in a list: number, owners, what is to be done, date and age; with its track where `named`."""
    track = setup.track(slug)
    age = origin(setup, track, one, today) if track is not None else ""
    return phrases.listed_action(
        slug if named else "", one.n, one.content, task_of(one.content, one.by), age, today
    )
