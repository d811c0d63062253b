"""Rounds: everybody who is there has a turn, one after the other."""

from collections.abc import Sequence

from bot.api import Announce, Ask, Effect, Reply, Write
from plugins.floor import phrases
from plugins.floor.facts import RoundtableClosed, RoundtableOpened, TurnGiven
from plugins.floor.people import floor_here, is_absent, names, present
from plugins.floor.state import Floor, Round

LONGEST_QUESTION = 250
ONWARD = frozenset({"next", "skip"})
ENDING = frozenset({"end", "stop", "off", "close"})


def roundtable(ask: Ask) -> Sequence[Effect]:
    """Begin a round; go on with it, end it, or say where it is."""
    floor = floor_here(ask)
    verb = ask.rest.lower().rstrip(".!")
    if floor.round is None:
        return [Reply(phrases.NO_ROUND)] if verb in ONWARD | ENDING else _begin(ask, floor)
    if verb in ONWARD:
        return go_on(ask, floor)
    if verb in ENDING:
        return [Write(RoundtableClosed()), Announce(phrases.ROUND_ENDED)]
    return [Reply(_where(floor.round))]


def _begin(ask: Ask, floor: Floor) -> Sequence[Effect]:
    question = " ".join(ask.rest.split())
    if len(question) > LONGEST_QUESTION:
        return [Reply(phrases.question_too_long(len(question), LONGEST_QUESTION))]
    state, session = ask.state, ask.running
    caller = state.person_of(ask.speaker, session)
    others = [one for one in present(state, session) if state.person_of(one, session) != caller]
    if not others:
        return [Reply(phrases.NOBODY_ELSE)]
    people = (*others, ask.speaker)
    first = phrases.turn(people[0].name, 1, len(people), floor.seconds) + phrases.HOW_TO_GO_ON
    said = f"{phrases.round_begins(len(people), question)} {first}"
    return [Write(RoundtableOpened(people, question)), Write(TurnGiven(0)), Announce(said)]


def _where(turn: Round) -> str:
    then = [one.name for one in turn.people[turn.place + 1 :]]
    return phrases.round_is_on(turn.person.name, turn.place + 1, len(turn.people), then)


def go_on(ask: Ask, floor: Floor) -> Sequence[Effect]:
    """The next one's turn; the end after the last. Who left meanwhile is passed over."""
    turn = floor.round
    if turn is None:
        return [Reply(phrases.NO_ROUND)]
    gone: list[str] = []
    for place in range(turn.place + 1, len(turn.people)):
        person = turn.people[place]
        if not is_absent(ask.state, ask.running, person):
            said = phrases.turn(person.name, place + 1, len(turn.people), floor.seconds)
            return [
                Write(TurnGiven(place)),
                Announce(phrases.listed_parts([phrases.skipped(gone) if gone else "", said])),
            ]
        gone.append(person.name)
    over = phrases.round_over(names(floor.places))
    return [
        Write(RoundtableClosed()),
        Announce(phrases.listed_parts([phrases.skipped(gone) if gone else "", over])),
    ]


def goes_on(turn: Round) -> str:
    """What is said when a round goes on where it was interrupted."""
    return phrases.turn_goes_on(turn.person.name, turn.place + 1, len(turn.people))
