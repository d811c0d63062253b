"""The operators' commands for a new day, for who may say what is on, and for an empty board."""

from collections.abc import Iterator, Sequence

from bot.api import GATHERING, Ask, Effect, Needs, Reply, Role, Track, Write
from bot.api.facts import BoardCleaned
from plugins.board import phrases
from plugins.board.declaration import plugin
from plugins.board.facts import EveryoneAllowed, LocationSet, PresenceCleared, VoiceRequired
from plugins.board.presence import latest
from plugins.board.removals import emptied
from plugins.board.state import board_of
from plugins.board.tracks import gathering_of, written
from plugins.board.whereabouts import noted

EMPTY_NOW = "~emptydb!"


@plugin.command(
    "newday",
    bare=("~newday",),
    usage="~newday",
    says="clears what is on and next, places, and who is where, for a new day",
    example="~newday",
    before=("+in the pub",),
    role=Role.MODERATOR,
    needs=Needs.GATHERING,
    silent_if_unavailable=True,
)
def new_day(ask: Ask) -> Sequence[Effect]:
    """Clear what people said by hand about yesterday; topics of running sessions stay."""
    facts = [(track, fact) for track in ask.setup.tracks for fact in _of_yesterday(ask, track)]
    people = len(latest(ask.state))
    orders: list[Effect] = [written(track, fact) for track, fact in facts]
    if people:
        orders.append(noted(PresenceCleared(gathering_of(ask))))
    tracks = len({track.slug for track, _ in facts})
    return [*orders, Reply(phrases.NEW_DAY(tracks=tracks, people=people))]


def _of_yesterday(ask: Ask, track: Track) -> Iterator[object]:
    board, gathering = board_of(ask.state, track.slug), gathering_of(ask)
    if board.now is not None or board.next:
        yield BoardCleaned(gathering)
    if board.location:
        yield LocationSet(gathering, "")


@plugin.command(
    "requirevoice",
    bare=("~requirevoice",),
    usage="~requirevoice",
    says="lets only people with voice or op use the #TRACK commands",
    example="~requirevoice",
    role=Role.MODERATOR,
    needs=Needs.GATHERING,
    silent_if_unavailable=True,
)
def require_voice(ask: Ask) -> Sequence[Effect]:
    """Ask for voice from now on."""
    return _ruled(VoiceRequired(gathering_of(ask)), phrases.VOICE)


@plugin.command(
    "alloweveryone",
    bare=("~alloweveryone",),
    usage="~alloweveryone",
    says="lets everybody use the #TRACK commands, as at the beginning",
    example="~alloweveryone",
    role=Role.MODERATOR,
    needs=Needs.GATHERING,
    silent_if_unavailable=True,
)
def allow_everyone(ask: Ask) -> Sequence[Effect]:
    """Ask for nothing from now on."""
    return _ruled(EveryoneAllowed(gathering_of(ask)), phrases.EVERYONE)


def _ruled(fact: object, said: str) -> Sequence[Effect]:
    return [Write(fact, GATHERING, keep_on_undo=True), Reply(said)]


@plugin.command(
    "emptydb",
    bare=("~emptydb", EMPTY_NOW),
    usage="~emptydb",
    says="takes away all that people set on the board, and added tracks; asks before it does",
    example="~emptydb!",
    before=("~motd add info Lunch is at noon",),
    role=Role.MODERATOR,
    needs=Needs.GATHERING,
    silent_if_unavailable=True,
)
def empty(ask: Ask) -> Sequence[Effect]:
    """Say what would go; with an exclamation mark, take it away."""
    parts = list(emptied(ask))
    if not parts:
        return [Reply(phrases.NOTHING_TO_EMPTY)]
    what = [part.said for part in parts]
    if not ask.forced and ask.form != EMPTY_NOW:
        return [Reply(phrases.EMPTY_FIRST(what=what))]
    return [*(order for part in parts for order in part.orders), Reply(phrases.EMPTIED(what=what))]
