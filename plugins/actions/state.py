"""The actions of a track, their owners and their origin."""

from collections.abc import Hashable, Iterable
from datetime import date

from bot.api import Ask, Identity, Session, Setup, StateView
from bot.api.facts import Owner, RecordKept
from bot.api.people import casefold, plain_name, same_rights
from bot.api.records import CarriedOver, origin
from plugins.actions import phrases
from plugins.actions.kind import ACTION
from plugins.actions.mentions import task_of

ACTIONS = CarriedOver(frozenset({ACTION.word}))


def open_actions(state: StateView, track: str) -> list[RecordKept]:
    """Return the open actions of a track, sorted by due date and number."""
    return in_order(action for action in ACTIONS.of(state, track) if not action.done)


def in_order(actions: Iterable[RecordKept]) -> list[RecordKept]:
    """Sort actions by due date, then by number."""
    return sorted(actions, key=lambda action: (action.content.due or date.max, action.n))


def is_owner(state: StateView, action: RecordKept, who: Identity) -> bool:
    """Whether somebody owns an action: by a proven identity, or by name if the owner never spoke."""
    session = state.session(action.session)
    wanted = _persons(state, who, session)
    return any(
        bool(wanted & _persons(state, owner.person, session))
        if owner.person is not None
        else is_called(state, who, owner)
        for owner in action.content.owners
    )


def _persons(state: StateView, who: Identity, session: Session | None) -> set[Hashable]:
    """Return the person keys of somebody, now and in the session."""
    found = {state.person_of(who)}
    return found if session is None else found | {state.person_of(who, session)}


def is_called(state: StateView, who: Identity, owner: Owner) -> bool:
    """Whether somebody has the name of an owner who never spoke."""
    return any(
        casefold(plain_name(identity.name), mapping) == casefold(plain_name(owner.name), mapping)
        for identity in state.persons.identities_of(who)
        for mapping in (state.persons.casemapping(identity.network),)
    )


def may_close(ask: Ask, session: Session, owners: Iterable[Owner]) -> bool:
    """Whether the speaker is one of these owners: by proven rights, or by name if the owner never spoke."""
    session_now = session.now_of
    return any(
        any(
            same_rights(session_now(owner.person), identity)
            or ask.state.persons.has_rights_of(identity, owner.person)
            for identity in ask.identities
        )
        if owner.person is not None
        else is_called(ask.state, ask.speaker, owner)
        for owner in owners
    )


def described(setup: Setup, slug: str, action: RecordKept, today: date, *, named: bool = False) -> str:
    """Format an action for a list: number, owners, task, date and age; with its track if `named`."""
    track = setup.track(slug)
    age = origin(setup, track, action, today) if track is not None else ""
    return phrases.listed_action(
        slug if named else "", action.n, action.content, task_of(action.content, action.by), age, today
    )
