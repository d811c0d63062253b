"""The places on the queue: people join it, leave it and go to its end."""

from collections.abc import Sequence

from msgspec.structs import replace

from bot.api import Acknowledge, Ask, Effect, Identity, InputProblem, Reply, Role, Write
from bot.api.facts import Voided
from plugins.floor import phrases, speakers
from plugins.floor.declaration import plugin
from plugins.floor.facts import (
    QueueJoined,
    QueueLeft,
    QueueNoteChanged,
    QueuePutBack,
)
from plugins.floor.people import (
    chairs,
    floor_here,
    is_holder,
    names,
    once,
    place_here,
    place_of,
    too_many_absent,
)
from plugins.floor.state import Floor, QueueEntry
from plugins.floor.syntax import (
    LATER,
    SEEN,
    SELF,
    Seen,
    SpeakRequest,
    called,
    read_seen,
    read_wish,
)

MOST = 100  # people
MOST_NOTES = 5  # of one person
HAND = "✋"


def is_talk_of_hands(ask: Ask) -> bool:
    """Whether a `sees` line is talk because it does not mention a hand."""
    return ask.form == SEEN and read_seen(ask.rest) is None


@plugin.command(
    "raise",
    bare=("q+|queue+", "qq+|qqueue+", "q+!|queue+!", "qq+!|qqueue+!", "raises hand", SEEN),
    is_talk=is_talk_of_hands,
    usage="q+ [NAMES] [to NOTE]",
    says="puts you (or the people you name) on the queue; the note is read out with your turn; qq+ goes to the front; reacting with a raised hand works too",
    example="q+ to ask about Cells",
    silent_if_unavailable=True,
    in_emotes=True,
)
def join(ask: Ask) -> Sequence[Effect]:
    """Add the speaker or the named people to the queue."""
    if ask.form == SEEN:
        seen = read_seen(ask.rest)
        return [] if seen is None else _see(replace(ask, form="", rest=seen.names), seen)
    if ask.rest.lower() == LATER and place_of(ask.state, ask.running, floor_here(ask), ask.speaker):
        return _go_to_the_end(ask)
    request = read_wish(ask)
    if isinstance(request, InputProblem):
        return [Reply(request)]
    strangers = [] if _is_forced(ask) else _never_queued(ask, request.unknown)
    if strangers:
        word = "qq+" if _is_front(ask) else "q+"
        note = strangers[0] if len(request.people) == 1 else ""
        return [Reply(phrases.WHO_IS_THAT(unknown=strangers, word=word, typed=ask.rest, note=note))]
    return _come(ask, request, front=_is_front(ask))


def _see(ask: Ask, seen: Seen) -> Sequence[Effect]:
    return join(ask) if seen.up else _take_off(ask)


def _is_front(ask: Ask) -> bool:
    return ask.form.startswith("qq")


def _is_forced(ask: Ask) -> bool:
    return ask.forced or ask.form.endswith("!")


def _never_queued(ask: Ask, unknown: Sequence[str]) -> list[str]:
    """Return the names that nobody has here and that were not put on this session's queue before."""
    if not unknown:
        return []
    before = {person.key for fact in ask.running.every(QueueJoined) for person in fact.people}
    return [name for name in unknown if ask.fold(name) not in before]


def _come(ask: Ask, request: SpeakRequest, *, front: bool) -> Sequence[Effect]:
    floor, session = floor_here(ask), ask.running
    twin = place_here(floor, ask.speaker) if not request.people else None
    if twin is not None:
        return [Acknowledge(_there(floor, [twin]), HAND)]
    wanted = once(ask.state, session, request.people or (ask.speaker,))
    found = [(person, place_of(ask.state, session, floor, person)) for person in wanted]
    new = [person for person, place in found if place is None]
    refusal = _why_not(ask, floor, request, [place for _, place in found if place], new)
    if refusal:
        return [Reply(refusal)]
    moving = [
        (person, place) for person, place in found if place is None or front or _adds(place, request.note)
    ]
    if not moving:
        return [Acknowledge(_there(floor, [place for _, place in found if place is not None]), HAND)]
    people = tuple(place.person if place is not None else person for person, place in moving)
    first = 1 if front else len(floor.places) + 1
    if new or front:
        came = [person.name for person in people if front or person in new]
        said = phrases.JOINED(names=came, place=phrases.places(first, len(came)))
    else:
        said = _there(floor, [place for _, place in moving if place is not None], noted=bool(request.note))
    return [Write(QueueJoined(people, request.note, front)), Acknowledge(said, HAND)]


def _adds(place: QueueEntry, note: str) -> bool:
    """Whether a repeated q+ changes the place: a new note, or words after only a raised hand."""
    return not place.said or (bool(note) and note not in place.texts)


def _why_not(
    ask: Ask, floor: Floor, request: SpeakRequest, there: list[QueueEntry], new: Sequence[Identity]
) -> str | None:
    if new and floor.closed and ask.role < Role.CHAIR:
        return phrases.CLOSED_FOR(name=ask.speaker.name, chairs=chairs(ask.running))
    if len(floor.places) + len(new) > MOST:
        return phrases.FULL(most=MOST)
    absent = too_many_absent(ask, [place.person for place in floor.places], new)
    if absent is not None:
        return absent
    full = [place for place in there if len(place.notes) >= MOST_NOTES and request.note not in place.texts]
    if request.note and full:
        return phrases.TOO_MANY_NOTES(name=full[0].person.name, most=MOST_NOTES)
    return None


def _there(floor: Floor, places: Sequence[QueueEntry], *, noted: bool = False) -> str:
    if len(places) > 1:
        return phrases.ALL_THERE_ALREADY(names=names(places))
    place = places[0]
    position = phrases.ordinal(floor.places.index(place) + 1)
    return phrases.THERE_ALREADY(name=place.person.name, place=position, noted=noted)


@plugin.edits.line_edited("raise")
def edit(ask: Ask) -> Sequence[Effect]:
    """Apply an edited q+: the note changes and the place stays."""
    made = [
        entry.fact
        for entry in ask.running.live()
        if entry.cause == ask.edits and isinstance(entry.fact, QueueJoined)
    ]
    if not made:
        return join(ask)
    request = read_wish(ask)
    if isinstance(request, InputProblem):
        return [Reply(request)]
    place = place_of(ask.state, ask.running, floor_here(ask), ask.speaker)
    if place is None or request.people or len(made[0].people) != 1:
        return [Reply(phrases.ONLY_NOTES)]
    changed = QueueNoteChanged(place.person, ask.edits, request.note)
    said = phrases.NOTE_CHANGED(note=request.note) if request.note else phrases.NOTE_GONE
    return [Write(changed), Acknowledge(said, "✏️")]


@plugin.edits.line_removed("raise")
def take_back_request(ask: Ask) -> Sequence[Effect]:
    """Undo a q+ that an edit removed."""
    made = [
        entry.fact
        for entry in ask.running.live()
        if entry.cause == ask.edits and isinstance(entry.fact, QueueJoined)
    ]
    if not made:
        return ()
    called_back = phrases.TAKEN_BACK(names=[person.name for fact in made for person in fact.people])
    return [Write(Voided(ask.edits)), Acknowledge(called_back)]


@plugin.command(
    "lower",
    bare=("q-|queue-", "lowers hand"),
    usage="q- [later | NAMES]",
    says="takes you off the queue, or says that you are done; q- later moves you to the end; chairs can take others off",
    example="q- later",
    before=("q+",),
    silent_if_unavailable=True,
    in_emotes=True,
)
def leave(ask: Ask) -> Sequence[Effect]:
    """Take the speaker or the named people off the queue, end the speaker's turn, or move them to the end."""
    rest = ask.rest.lower()
    if rest == LATER:
        return _go_to_the_end(ask)
    if rest and rest not in SELF:
        return _take_off(ask)
    floor = floor_here(ask)
    place = place_of(ask.state, ask.running, floor, ask.speaker)
    if place is not None:
        return [Write(QueueLeft(place.identities)), Acknowledge(phrases.LEFT(names=[place.person.name]))]
    if is_holder(ask.state, ask.running, floor, ask.speaker):
        return speakers.yield_floor(ask, floor)
    return [Reply(phrases.NOT_THERE(name=ask.speaker.name))]


def _go_to_the_end(ask: Ask) -> Sequence[Effect]:
    floor = floor_here(ask)
    place = place_of(ask.state, ask.running, floor, ask.speaker)
    if place is None:
        return [Reply(phrases.NOT_THERE(name=ask.speaker.name))]
    said = phrases.PUT_BACK(name=place.person.name, place=phrases.ordinal(len(floor.places)))
    return [Write(QueuePutBack(place.identities)), Acknowledge(said)]


def _take_off(ask: Ask) -> Sequence[Effect]:
    """Take people off the queue, for a chair or for the person who added them."""
    floor = floor_here(ask)
    own = place_of(ask.state, ask.running, floor, ask.speaker)
    leaving: list[QueueEntry] = []
    for typed in [mention.name for mention in ask.directory.read(ask.rest)]:
        found = called(ask, floor, typed)
        matching = [place for place in found if place is not own] if len(found) > 1 else found
        if len(matching) == 1 and matching[0] is own and not called(ask, floor, typed, short=False):
            matching = []  # the beginning of a name never means the speaker
        if len(matching) > 1:
            return [Reply(phrases.SEVERAL(name=typed, people=names(matching)[: phrases.SOME]))]
        if not matching:
            return [Reply(phrases.NOT_THERE(name=typed))]
        leaving += [place for place in matching if place not in leaving]
    if not leaving:
        return [Reply(ask.usage)]
    others = [place for place in leaving if place is not own and not _put_by(ask, place)]
    if others and ask.role < Role.CHAIR:
        return [Reply(phrases.ONLY_CHAIRS_TAKE_OFF(names=names(others), chairs=chairs(ask.running)))]
    people = tuple(identity for place in leaving for identity in place.identities)
    return [Write(QueueLeft(people)), Acknowledge(phrases.LEFT(names=names(leaving)))]


def _put_by(ask: Ask, place: QueueEntry) -> bool:
    """Whether the speaker added this place."""
    state, session = ask.state, ask.session
    return place.by is not None and state.person_of(place.by, session) == state.person_of(
        ask.speaker, session
    )
