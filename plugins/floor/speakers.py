"""The commands that give the floor to the next person, by name or for the last word, and that return it."""

from collections.abc import Sequence

from bot.api import Announce, Ask, Effect, Identity, Reply, Role, Write
from plugins.floor import phrases, rounds
from plugins.floor.declaration import plugin
from plugins.floor.facts import FloorGiven, FloorYielded, QueueClosed, QueueReplaced
from plugins.floor.people import floor_here, is_absent, is_holder, names, place_of
from plugins.floor.state import Floor, QueueEntry
from plugins.floor.syntax import SELF, called

NEXT = frozenset({"next", "next speaker"})
LAST_WORD = "the last word"
DONE = ("done", "pass", "i'm done", "i am done", "that's all", "that is all")
BEGINNINGS = (*DONE, "i\u2019m done", "that\u2019s all")


def is_talk(ask: Ask) -> bool:
    """Whether an `ack ...` line is talk because it does not name a speaker."""
    typed = ask.rest.lower().rstrip(".!")
    if typed in NEXT or ask.session is None:
        return ask.session is None
    floor = floor_here(ask)
    if not typed:  # a chair may mean the next one
        return ask.role < Role.CHAIR or not floor.places
    if called(ask, floor, ask.rest):
        return False
    if typed in SELF:  # people on the queue get the answer that only chairs give the floor
        return ask.role < Role.CHAIR and place_of(ask.state, ask.session, floor, ask.speaker) is None
    if ask.role < Role.CHAIR:
        return True
    known = ask.directory.read(ask.rest)
    someone = len(known) == 1 and bool(known[0].bearers)
    return not someone and (not floor.places or len(typed.split()) > 1)


@plugin.command(
    "ack",
    bare=("ack|acks|recognize|recognizes", "chair ack|acks|recognize|recognizes"),
    usage="#ack NAME, or #ack next",
    says="gives somebody the floor, on the queue or not; the beginning of the name is enough, and # can be left out",
    example="#ack jbell",
    role=Role.CHAIR,
    silent_if_unavailable=True,
    in_emotes=True,
    is_talk=is_talk,
)
def acknowledge(ask: Ask) -> Sequence[Effect]:
    """Give the floor to the next person on the queue or to a named person."""
    floor = floor_here(ask)
    if not ask.rest:
        waits = floor.places[0].person.name if floor.places else ""
        return [Reply(phrases.WHOM(name=waits) if waits else ask.usage)]
    if ask.rest.lower().rstrip(".!") in NEXT:
        if floor.round is not None:
            return rounds.go_on(ask, floor)
        return _give(ask, floor, floor.places[0]) if floor.places else [Reply(phrases.EMPTY)]
    whom = _whom(ask, floor, ask.rest)
    return [Reply(whom)] if isinstance(whom, str) else _give(ask, floor, whom)


def _whom(ask: Ask, floor: Floor, typed: str) -> QueueEntry | Identity | str:
    """Find the named person on the queue or in the room, or return the answer if the name is unclear."""
    if typed.lower() in SELF:
        return place_of(ask.state, ask.running, floor, ask.speaker) or ask.speaker
    found = called(ask, floor, typed)
    if found:
        return (
            found[0] if len(found) == 1 else phrases.SEVERAL(name=typed, people=names(found)[: phrases.SOME])
        )
    return _not_waiting(ask, floor, typed)


def _not_waiting(ask: Ask, floor: Floor, typed: str) -> Identity | str:
    """Find the named person in the room or on the call, or return the answer if the name is unclear."""
    known = ask.directory.read(typed)
    if len(known) != 1:
        return phrases.NOT_ONE_PERSON
    if len(known[0].bearers) > 1:
        keys = [bearer.key for bearer in known[0].bearers]
        return phrases.SEVERAL(name=known[0].name, people=keys[: phrases.SOME])
    if ask.bare and not ask.addressed and known[0].person is None:
        return phrases.NOT_WAITING(typed=typed, names=phrases.in_order_names(names(floor.places)))
    return ask.identity_of(known[0])


def _give(ask: Ask, floor: Floor, whom: QueueEntry | Identity) -> Sequence[Effect]:
    person = whom if isinstance(whom, Identity) else whom.person
    if isinstance(whom, Identity) and is_holder(ask.state, ask.running, floor, person):
        return [Reply(phrases.HAS_IT_ALREADY(name=person.name))]
    return [Write(_given(whom)), Announce(_said(ask, floor, whom, last=False))]


def _given(whom: QueueEntry | Identity) -> FloorGiven:
    return FloorGiven(whom) if isinstance(whom, Identity) else FloorGiven(whom.person, whom.identities)


def _said(ask: Ask, floor: Floor, whom: QueueEntry | Identity, *, last: bool) -> str:
    person, notes = (whom, ()) if isinstance(whom, Identity) else (whom.person, whom.texts)
    return phrases.GIVEN(
        name=person.name,
        last=last,
        time=phrases.span(floor.seconds),
        notes="; ".join(notes),
        absent=person.name if is_absent(ask.state, ask.running, person) else "",
    )


def is_no_last_word(ask: Ask) -> bool:
    """Whether a `give ...` line is talk because it does not end with `the last word`."""
    return not ask.rest.lower().rstrip(".!").endswith(f" {LAST_WORD}")


@plugin.command(
    "lastword",
    bare=("give",),
    usage="#lastword NAME",
    says="gives the floor to one more person, then clears and closes the queue; give NAME the last word does the same",
    example="#lastword jbell",
    role=Role.CHAIR,
    silent_if_unavailable=True,
    in_emotes=True,
    is_talk=is_no_last_word,
)
def give_last_word(ask: Ask) -> Sequence[Effect]:
    """Give the floor to one more person, then clear and close the queue."""
    typed = ask.rest.rstrip(".!")
    if ask.form:
        typed = typed[: -len(LAST_WORD)].strip() if not is_no_last_word(ask) else ""
    if not typed:
        return [Reply(ask.usage)]
    floor = floor_here(ask)
    if typed.lower() in NEXT:
        whom: QueueEntry | Identity | str = floor.places[0] if floor.places else phrases.EMPTY
    else:
        whom = _whom(ask, floor, typed)
    if isinstance(whom, str):
        return [Reply(whom)]
    others = [place for place in floor.places if place is not whom]
    said = _said(ask, floor, whom, last=True) + phrases.LAST_WORD(n=len(others))
    emptied = [Write(QueueReplaced(()))] if others else []
    closed = [] if floor.closed else [Write(QueueClosed())]
    return [Write(_given(whom)), *emptied, *closed, Announce(said)]


@plugin.talk(*BEGINNINGS)
def say_done(ask: Ask) -> Sequence[Effect]:
    """Return the floor if its holder says `done` or `pass`; for anybody else this is talk."""
    if (
        ask.session is None
        or " ".join(ask.text.lower().strip(" .!").replace("\u2019", "'").split()) not in DONE
    ):
        return ()
    floor = floor_here(ask)
    return yield_floor(ask, floor) if is_holder(ask.state, ask.session, floor, ask.speaker) else ()


def yield_floor(ask: Ask, floor: Floor) -> Sequence[Effect]:
    """Return the floor to the round, if there is one."""
    if floor.speaker is None:
        return rounds.go_on(ask, floor)
    yielded = Write(FloorYielded())
    if floor.round is not None:
        return [yielded, Announce(rounds.continued(floor.round))]
    then = floor.places[0].person.name if floor.places else ""
    return [yielded, Announce(phrases.DONE(name=floor.speaker.person.name, then=then))] if then else [yielded]


def where_round_is(floor: Floor) -> str:
    """Say whose turn it is in the round; empty without a round."""
    turn = floor.round
    if turn is None:
        return ""
    return phrases.TURN_OF(name=turn.person.name, n=turn.place + 1, of=len(turn.people))
