"""The actions of a track as they stand: which are open, whose they are, where they come from."""

from collections.abc import Hashable, Iterable
from datetime import date

from bot.api import (
    Ask,
    CarriedOver,
    Identity,
    Owner,
    RecordKept,
    Session,
    Setup,
    State,
    casefold,
    origin,
    plain_name,
    same_rights,
)
from plugins.actions import phrases
from plugins.actions.kind import ACTION
from plugins.actions.mentions import task_of

ACTIONS = CarriedOver(frozenset({ACTION.word}))


def open_ones(state: State, track: str) -> list[RecordKept]:
    """The open actions of a track: what is due first, then by number."""
    return in_order(one for one in ACTIONS.of(state, track) if not one.done)


def in_order(actions: Iterable[RecordKept]) -> list[RecordKept]:
    """What is due first, then by number."""
    return sorted(actions, key=lambda one: (one.content.due or date.max, one.n))


def is_owner(state: State, one: RecordKept, who: Identity) -> bool:
    """Whether an action is somebody's: by what is proven, and where the owner never spoke, by the name."""
    session = state.session(one.session)
    wanted = _persons(state, who, session)
    return any(
        bool(wanted & _persons(state, owner.person, session))
        if owner.person is not None
        else is_called(state, who, owner)
        for owner in one.content.owners
    )


def _persons(state: State, who: Identity, session: Session | None) -> set[Hashable]:
    """By what somebody counts as one human, now and as the session knew them."""
    found = {state.person_of(who)}
    return found if session is None else found | {state.person_of(who, session)}


def is_called(state: State, who: Identity, owner: Owner) -> bool:
    """Whether somebody goes by the name of an owner who never spoke."""
    name = casefold(plain_name(owner.name))
    return any(casefold(plain_name(one.name)) == name for one in state.identities_of(who))


def may_close(ask: Ask, session: Session, owners: Iterable[Owner]) -> bool:
    """Whether the speaker is one of these owners: by proven rights, or by name where the owner never spoke."""
    session_now = session.now_of
    return any(
        any(
            same_rights(session_now(owner.person), one) or ask.state.persons.has_rights_of(one, owner.person)
            for one in ask.identities
        )
        if owner.person is not None
        else is_called(ask.state, ask.speaker, owner)
        for owner in owners
    )


def described(setup: Setup, slug: str, one: RecordKept, today: date, *, named: bool = False) -> str:
    """An action in a list: number, owners, what is to be done, date and age; with its track where `named`."""
    track = setup.track(slug)
    age = origin(setup, track, one, today) if track is not None else ""
    return phrases.listed_action(
        slug if named else "", one.n, one.content, task_of(one.content, one.by), age, today
    )
