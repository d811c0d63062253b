"""The command `queue`: it shows the queue, and chairs open, close, clear and reorder it."""

from collections.abc import Sequence

from bot.api import Announce, Ask, Effect, InputProblem, Reply, Role, Write
from plugins.floor import phrases, speakers
from plugins.floor.declaration import plugin
from plugins.floor.facts import (
    QueueClosed,
    QueueOpened,
    QueueReplaced,
)
from plugins.floor.people import chairs, floor_here, once, place_of, too_many_absent
from plugins.floor.queue import MOST
from plugins.floor.state import Floor
from plugins.floor.syntax import (
    is_list,
    read_people,
)

NOBODY = frozenset({"empty", "nobody", "none", "-"})
FORMS = {
    "q?|queue?": "",
    "who's on [the] queue|q|queue?|q?": "",
    "who is on [the] queue|q|queue?|q?": "",
    "show [the] queue|q": "",
    "vq?|qv?|vqueue?": "notes",
    "[show] [the] full|verbose queue|q|queue?|q?": "notes",
    "q=": "=",
    "queue=": "=",
    "open|reopen [the] queue": "open",
    "close [the] queue": "close",
    "clear [the] queue": "clear",
}
VERBS = {"open": "open", "reopen": "open", "close": "close", "clear": "clear", "notes": "notes", "=": "="}


def is_talk_of_queue(ask: Ask) -> bool:
    """Whether the line is talk because more words follow: `show the queue to them`."""
    return ask.rest != "" and not ask.form.endswith("=")


@plugin.command(
    "queue",
    bare=tuple(FORMS),
    is_talk=is_talk_of_queue,
    usage="#queue [open | close | clear | = NAMES]",
    says="shows who speaks and who waits (q?), with what they want to say (vq?); chairs open, close, clear or reorder the queue (q= NAMES)",
    example="#queue close",
    silent_if_unavailable=True,
    in_emotes=True,
)
def arrange(ask: Ask) -> Sequence[Effect]:
    """Show the queue, or for chairs open, close, clear or reorder it."""
    verb, rest = _verb(ask)
    floor = floor_here(ask)
    if verb in {"", "notes"}:
        return [Reply(ask.usage)] if rest else [Reply(shown(floor, notes=verb == "notes"))]
    if ask.role < Role.CHAIR:
        return [Reply(phrases.ONLY_CHAIRS_CHANGE(chairs=chairs(ask.running)))]
    match verb:
        case "open":
            return (
                [Write(QueueOpened()), Announce(phrases.OPENED)]
                if floor.closed
                else [Reply(phrases.OPEN_ALREADY)]
            )
        case "close":
            return (
                [Reply(phrases.CLOSED_ALREADY)]
                if floor.closed
                else [Write(QueueClosed()), Announce(phrases.CLOSED)]
            )
        case "clear":
            return _clear(floor)
        case _:
            return _put_in_order(ask, floor, rest)


def _verb(ask: Ask) -> tuple[str, str]:
    if ask.form:
        return FORMS[ask.form], ask.rest if FORMS[ask.form] == "=" else ""
    head, _, rest = ask.rest.partition(" ")
    verb = VERBS.get(head.lower())
    return (verb, rest.strip()) if verb else ("", ask.rest)


def _clear(floor: Floor) -> Sequence[Effect]:
    if not floor.places:
        return [Reply(phrases.NOBODY_WAITS)]
    return [Write(QueueReplaced(())), Announce(phrases.CLEARED(n=len(floor.places)))]


def _put_in_order(ask: Ask, floor: Floor, rest: str) -> Sequence[Effect]:
    if rest.lower() in NOBODY or (ask.form == "queue=" and not rest):
        return _clear(floor)
    named = read_people(ask, rest)
    if isinstance(named, InputProblem):
        return [Reply(named)]
    if not named or not (is_list(rest) or all(mention.person is not None for mention in named)):
        return [Reply(phrases.SAY_EMPTY)]
    wanted = once(ask.state, ask.running, [ask.identity_of(mention) for mention in named])
    if len(wanted) > MOST:
        return [Reply(phrases.FULL(most=MOST))]
    places = [(person, place_of(ask.state, ask.running, floor, person)) for person in wanted]
    absent = too_many_absent(
        ask,
        [place.person for _, place in places if place is not None],
        [person for person, place in places if place is None],
    )
    if absent is not None:
        return [Reply(absent)]
    people = tuple(place.person if place is not None else person for person, place in places)
    unknown = [mention.name for mention in named if mention.person is None]
    order = phrases.in_order_names([person.name for person in people])
    return [Write(QueueReplaced(people)), Announce(phrases.REPLACED(names=order, unknown=unknown))]


def shown(floor: Floor, *, notes: bool) -> str:
    """Format the speaker, the turn and the queue."""
    items = [phrases.place(place.person.name, place.texts if notes else ()) for place in floor.places]
    speaks = phrases.HAS_FLOOR(name=floor.speaker.person.name) if floor.speaker is not None else ""
    turn = speakers.where_round_is(floor)
    return phrases.listed_parts([speaks, turn, phrases.queue(items, closed=floor.closed)])
