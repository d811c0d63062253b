"""The fold of facts into the floor of a session.

Facts that no longer apply have no effect. Identities in the queue follow renames. Several places of the same person are
merged after the fold, so that account links made later count too.
"""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from msgspec.structs import replace

from bot.api import Entry, Folding, Identity, Session, StateView
from bot.api.facts import (
    BreakBegan,
    BreakEnded,
    PersonRenamed,
    PersonSeen,
    SessionClosed,
    SessionPaused,
    SessionReopened,
    SessionResumed,
    TopicOpened,
)
from plugins.floor import facts
from plugins.floor.state import Floor, Note, QueueEntry, Round, Speaker

FOLDING = Folding(Floor())
HOLDING: dict[type, type] = {
    SessionPaused: SessionResumed,
    BreakBegan: BreakEnded,
    SessionClosed: SessionReopened,
}
RELEASING: dict[type, type] = {release: hold for hold, release in HOLDING.items()}


def _key(identity: Identity) -> tuple[str, str, str]:
    return identity.network, identity.key, identity.account


def is_same(identity: Identity, other: Identity) -> bool:
    """Whether two identities are equal apart from the displayed name."""
    return _key(identity) == _key(other)


def _among(person: Identity, people: Iterable[Identity]) -> bool:
    return any(is_same(person, other) for other in people)


def _now(floor: Floor, people: Iterable[Identity]) -> list[Identity]:
    """The people under the nicks that they have now: a chair may name them by an earlier one."""
    return [floor.renamed.get(_key(person), person) for person in people]


@FOLDING.on(facts.QueueJoined)
def _joined(floor: Floor, entry: Entry, fact: facts.QueueJoined) -> Floor:
    places = list(floor.places)
    came: list[QueueEntry] = []
    for person in _now(floor, fact.people):
        known = next((place for place in (*came, *places) if is_same(place.person, person)), None)
        place = _with(known or QueueEntry(person, entry.by), entry.cause, fact)
        if known in came or (known is not None and not fact.front):
            where = came if known in came else places
            where[where.index(known)] = place
            continue
        if known is not None:
            places.remove(known)
        came.append(place)
    return replace(floor, places=(*came, *places) if fact.front else (*places, *came))


def _with(place: QueueEntry, cause: str, fact: facts.QueueJoined) -> QueueEntry:
    new = fact.note and fact.note not in place.texts
    notes = (*place.notes, Note(cause, fact.note)) if new else place.notes
    return replace(place, notes=notes, said=place.said or not fact.hand, hands=place.hands + fact.hand)


@FOLDING.on(facts.QueueNoteChanged)
def _note_changed(floor: Floor, _: Entry, fact: facts.QueueNoteChanged) -> Floor:
    def changed(place: QueueEntry) -> QueueEntry:
        if not is_same(place.person, fact.person):
            return place
        new = Note(fact.of, fact.note)
        notes = [new if note.cause == fact.of else note for note in place.notes]
        notes += [new] if new not in notes else []
        return replace(place, notes=tuple(note for note in notes if note.text))

    return replace(floor, places=tuple(changed(place) for place in floor.places))


@FOLDING.on(facts.QueueLeft)
def _left(floor: Floor, _: Entry, fact: facts.QueueLeft) -> Floor:
    return replace(floor, places=_without(floor, fact.people))


def _without(floor: Floor, people: tuple[Identity, ...]) -> tuple[QueueEntry, ...]:
    return tuple(place for place in floor.places if not _among(place.person, people))


@FOLDING.on(facts.QueuePutBack)
def _put_back(floor: Floor, _: Entry, fact: facts.QueuePutBack) -> Floor:
    back = tuple(place for place in floor.places if _among(place.person, fact.people))
    return replace(floor, places=(*_without(floor, fact.people), *back))


@FOLDING.on(facts.QueueReplaced)
def _replaced(floor: Floor, entry: Entry, fact: facts.QueueReplaced) -> Floor:
    known = {_key(place.person): place for place in floor.places}
    places = (
        known.get(_key(person)) or QueueEntry(person, entry.by, said=True)
        for person in _now(floor, fact.people)
    )
    return replace(floor, places=tuple(replace(place, said=True) for place in places))


FOLDING.on(facts.QueueClosed)(lambda floor, _entry, _fact: replace(floor, closed=True))
FOLDING.on(facts.QueueOpened)(lambda floor, _entry, _fact: replace(floor, closed=False))


@FOLDING.on(facts.FloorGiven)
def _given(floor: Floor, entry: Entry, fact: facts.FloorGiven) -> Floor:
    notes = [text for place in floor.places if _among(place.person, fact.places) for text in place.texts]
    speaker = Speaker(fact.person, tuple(dict.fromkeys(notes)), entry.at)
    return replace(floor, places=_without(floor, fact.places), speaker=speaker)


@FOLDING.on(facts.FloorYielded)
def _yielded(floor: Floor, entry: Entry, _: facts.FloorYielded) -> Floor:
    again = replace(floor.round, since=entry.at) if floor.round is not None else None
    return replace(floor, speaker=None, round=again)


@FOLDING.on(facts.SpeakersTimed)
def _timed(floor: Floor, entry: Entry, fact: facts.SpeakersTimed) -> Floor:
    """The current speaker gets the whole time from now on."""
    return _begun(replace(floor, seconds=fact.seconds), lambda _: entry.at)


def _begun(floor: Floor, begin: Callable[[datetime], datetime]) -> Floor:
    """Return the floor with other start times for the speaker and the turn."""
    speaker, turn = floor.speaker, floor.round
    return replace(
        floor,
        speaker=replace(speaker, since=begin(speaker.since)) if speaker is not None else None,
        round=replace(turn, since=begin(turn.since)) if turn is not None else None,
    )


@FOLDING.on(facts.RoundtableOpened)
def _round_opened(floor: Floor, entry: Entry, fact: facts.RoundtableOpened) -> Floor:
    opened = Round(fact.people, fact.question, entry.at) if fact.people else None
    return replace(floor, speaker=None, round=opened)


@FOLDING.on(facts.TurnGiven)
def _turn_given(floor: Floor, entry: Entry, fact: facts.TurnGiven) -> Floor:
    if floor.round is None or not 0 <= fact.place < len(floor.round.people):
        return floor
    turn = replace(floor.round, place=fact.place, since=entry.at, reminded=False)
    return replace(floor, speaker=None, round=turn)


@FOLDING.on(facts.TurnReminded)
def _reminded(floor: Floor, _: Entry, fact: facts.TurnReminded) -> Floor:
    if floor.round is None or floor.round.place != fact.place:
        return floor
    return replace(floor, round=replace(floor.round, reminded=True))


FOLDING.on(facts.RoundtableClosed)(lambda floor, _entry, _fact: replace(floor, round=None))
FOLDING.on(TopicOpened)(lambda floor, _entry, _fact: replace(floor, speaker=None))


@FOLDING.on(PersonRenamed)
def _renamed(floor: Floor, _: Entry, fact: PersonRenamed) -> Floor:
    """Apply a rename to the queue, the round and the speaker, and claim entries under the new nick without account."""
    bare = replace(fact.new, account="")

    def now(person: Identity) -> Identity:
        if is_same(person, bare):
            return fact.new
        same = (person.network, person.key) == (fact.old.network, fact.old.key)
        if not same or (person.account and person.account != fact.old.account):
            return person
        return replace(fact.new, account=person.account or fact.new.account)

    renamed = {
        before: fact.new if is_same(person, fact.old) else person
        for before, person in floor.renamed.items()
        if before != _key(fact.new)
    }
    if not is_same(fact.old, fact.new):
        renamed[_key(fact.old)] = fact.new
    return _with_identities(replace(floor, renamed=renamed), now)


@FOLDING.on(PersonSeen)
def _seen(floor: Floor, _: Entry, fact: PersonSeen) -> Floor:
    """Add the account to a known nick that has logged in."""
    if not fact.person.account:
        return floor
    bare = replace(fact.person, account="")
    return _with_identities(floor, lambda person: fact.person if is_same(person, bare) else person)


def _with_identities(floor: Floor, now: Callable[[Identity], Identity]) -> Floor:
    if not floor.places and floor.speaker is None and floor.round is None:
        return floor
    speaker, turn = floor.speaker, floor.round
    return replace(
        floor,
        places=tuple(replace(place, person=now(place.person)) for place in floor.places),
        speaker=replace(speaker, person=now(speaker.person)) if speaker is not None else None,
        round=replace(turn, people=tuple(map(now, turn.people))) if turn is not None else None,
    )


@FOLDING.on(*HOLDING)
def _hold(floor: Floor, entry: Entry, fact: object) -> Floor:
    """Stop all clocks."""
    stopped_by = (
        frozenset({SessionClosed}) if isinstance(fact, SessionClosed) else floor.stopped_by | {type(fact)}
    )
    return replace(floor, stopped_at=floor.stopped_at or entry.at, stopped_by=stopped_by)


@FOLDING.on(*RELEASING)
def _release(floor: Floor, entry: Entry, fact: object) -> Floor:
    """Restart the clocks unless something else still stops them."""
    stopped_by = floor.stopped_by - {RELEASING[type(fact)]}
    stopped_at = floor.stopped_at
    if stopped_by or stopped_at is None:
        return replace(floor, stopped_by=stopped_by)
    gone_on = _begun(floor, lambda since: since + max(entry.at - max(since, stopped_at), timedelta()))
    return replace(gone_on, stopped_at=None, stopped_by=stopped_by)


def floor_of(state: StateView, session: Session) -> Floor:
    """Return the floor of a session, with a single place for each person."""
    floor = FOLDING.of(session)
    if len(floor.places) < 2:
        return floor
    found: dict[object, QueueEntry] = {}
    for place in floor.places:
        key = state.person_of(place.person, session)
        found[key] = _merged(found[key], place) if key in found else place
    return replace(floor, places=tuple(found.values())) if len(found) < len(floor.places) else floor


def _merged(place: QueueEntry, other: QueueEntry) -> QueueEntry:
    """Merge two places of the same person: keep the first one and add the notes of the other."""
    return replace(
        place,
        notes=(*place.notes, *(note for note in other.notes if note.text not in place.texts)),
        said=place.said or other.said,
        hands=place.hands + other.hands,
        also=(*place.also, other.person),
    )
