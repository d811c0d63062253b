"""Rounds, in which everybody present has a turn."""

from collections.abc import Sequence

from bot.api import Announce, Ask, Effect, Reply, Role, Write
from plugins.floor import phrases
from plugins.floor.declaration import plugin
from plugins.floor.facts import RoundtableClosed, RoundtableOpened, TurnGiven
from plugins.floor.people import floor_here, is_absent, names, present
from plugins.floor.state import Floor, Round

LONGEST_QUESTION = 250
ONWARD = frozenset({"next", "skip"})
ENDING = frozenset({"end", "stop", "off", "close"})


@plugin.command(
    "roundtable",
    usage="#roundtable [QUESTION | next | end]",
    says="calls on everybody present, one after another; they say done or pass when finished, or a chair goes on",
    example="#roundtable What do you plan next?",
    before=("present+ jbell",),
    role=Role.CHAIR,
)
def roundtable(ask: Ask) -> Sequence[Effect]:
    """Begin, advance, end or show a round."""
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
        return [Reply(phrases.QUESTION_TOO_LONG(most=LONGEST_QUESTION, length=len(question)))]
    state, session = ask.state, ask.running
    caller = state.person_of(ask.speaker, session)
    others = [person for person in present(state, session) if state.person_of(person, session) != caller]
    if not others:
        return [Reply(phrases.NOBODY_ELSE)]
    people = (*others, ask.speaker)
    first = phrases.TURN(name=people[0].name, n=1, of=len(people), time=phrases.span(floor.seconds))
    said = phrases.ROUND_BEGINS(n=len(people), question=question, turn=first)
    return [Write(RoundtableOpened(people, question)), Write(TurnGiven(0)), Announce(said)]


def _where(turn: Round) -> str:
    then = [person.name for person in turn.people[turn.place + 1 :]]
    where = phrases.TURN_OF(name=turn.person.name, n=turn.place + 1, of=len(turn.people))
    return phrases.ROUND_IS_ON(turn=where, names=phrases.in_order_names(then))


def go_on(ask: Ask, floor: Floor) -> Sequence[Effect]:
    """Pass the turn to the next person who is still present, or end the round."""
    turn = floor.round
    if turn is None:
        return [Reply(phrases.NO_ROUND)]
    gone: list[str] = []
    for place in range(turn.place + 1, len(turn.people)):
        person = turn.people[place]
        if not is_absent(ask.state, ask.running, person):
            said = phrases.TURN(
                name=person.name, n=place + 1, of=len(turn.people), time=phrases.span(floor.seconds)
            )
            return [Write(TurnGiven(place)), _announced(gone, said)]
        gone.append(person.name)
    over = phrases.ROUND_OVER(waiting=phrases.waiting(names(floor.places)))
    return [Write(RoundtableClosed()), _announced(gone, over)]


def _announced(gone: Sequence[str], said: str) -> Announce:
    return Announce(phrases.listed_parts([phrases.SKIPPED(names=gone) if gone else "", said]))


def continued(turn: Round) -> str:
    """Return the announcement for an interrupted round that continues."""
    return phrases.TURN_CONTINUES(name=turn.person.name, n=turn.place + 1, of=len(turn.people))
