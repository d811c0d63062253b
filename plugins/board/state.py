"""What people set: of a track (the fold of its stream), and of the gathering (the fold of its stream)."""

from datetime import datetime
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from bot.api import GATHERING, Entry, Folding, Identity, Rules, StateView, track_stream
from bot.api.facts import BoardCleaned, EtherpadSet, NextSaid, NowSaid
from plugins.board import facts


class Said(Struct, frozen=True):
    """Something that was said by hand to be on or next.

    until: when it was no longer on; None while it is. Nothing for what is next
    cause: of the fact that said it
    """

    text: str
    at: datetime
    by: Identity | None
    until: datetime | None = None
    cause: str = ""


class TrackBoard(Struct, frozen=True):
    """What people set for a track; empty values are not set.

    now:       said by hand to be on, and nothing took its place
    next:      said by hand to be next
    past:      what was on before, said by hand, oldest first
    cleanings: when the track was cleaned
    """

    gathering: str
    now: Said | None = None
    next: tuple[Said, ...] = ()
    past: tuple[Said, ...] = ()
    cleanings: tuple[datetime, ...] = ()
    etherpad: str = ""
    url: str = ""
    color: str = ""
    location: str = ""

    def passed(self, at: datetime) -> "TrackBoard":
        """The board after what was on by hand ended."""
        if self.now is None:
            return self
        return replace(self, now=None, past=(*self.past, replace(self.now, until=at)))


class Notice(Struct, frozen=True):
    """A message of the day.

    level: info, success, warning or danger
    """

    id: str
    level: str
    text: str
    at: datetime
    by: Identity | None


class Shared(Struct, frozen=True):
    """What people set for the whole gathering.

    needs_voice: whether commands about a track need voice in the room where they are said
    """

    gathering: str
    notices: tuple[Notice, ...] = ()
    links: tuple[facts.UsefulLink, ...] = ()
    needs_voice: bool = False


BOARD: Rules[TrackBoard] = Rules()
SHARED: Rules[Shared] = Rules()


@lru_cache(maxsize=1024)
def _board_folding(gathering: str, _: str) -> Folding[TrackBoard]:
    """One folding for each track, because a folding keeps only so many streams."""
    return Folding(TrackBoard(gathering), BOARD)


@lru_cache(maxsize=16)
def _shared_folding(gathering: str) -> Folding[Shared]:
    return Folding(Shared(gathering), SHARED)


def board_of(state: StateView, track: str) -> TrackBoard:
    """What people set for the track with this slug."""
    return _board_folding(state.setup.gathering.slug, track).of_stream(state.stream(track_stream(track)))


def shared_of(state: StateView) -> Shared:
    """What people set for the gathering."""
    return _shared_folding(state.setup.gathering.slug).of_stream(state.stream(GATHERING))


@BOARD.on(NowSaid)
def _now(board: TrackBoard, entry: Entry, fact: NowSaid) -> TrackBoard:
    if fact.gathering != board.gathering:
        return board
    if board.now is not None and board.now.text == fact.text:
        return replace(board, next=())
    return replace(
        board.passed(entry.at), now=Said(fact.text, entry.at, entry.by, cause=entry.cause), next=()
    )


@BOARD.on(NextSaid)
def _next(board: TrackBoard, entry: Entry, fact: NextSaid) -> TrackBoard:
    if fact.gathering != board.gathering:
        return board
    return replace(board, next=(*board.next, Said(fact.text, entry.at, entry.by, cause=entry.cause)))


@BOARD.on(BoardCleaned)
def _cleaned(board: TrackBoard, entry: Entry, fact: BoardCleaned) -> TrackBoard:
    if fact.gathering != board.gathering:
        return board
    return replace(board.passed(entry.at), next=(), cleanings=(*board.cleanings, entry.at))


@BOARD.on(facts.SaidPassed)
def _passed(board: TrackBoard, entry: Entry, fact: facts.SaidPassed) -> TrackBoard:
    if fact.gathering != board.gathering:
        return board
    return replace(board.passed(entry.at), next=() if fact.next_too else board.next)


@BOARD.on(facts.SaidReworded)
def _reworded(board: TrackBoard, _: Entry, fact: facts.SaidReworded) -> TrackBoard:
    def now(said: Said) -> Said:
        return replace(said, text=fact.text) if said.cause == fact.cause else said

    on = now(board.now) if board.now is not None else None
    return replace(board, now=on, next=tuple(map(now, board.next)), past=tuple(map(now, board.past)))


@BOARD.on(EtherpadSet)
def _etherpad(board: TrackBoard, _: Entry, fact: EtherpadSet) -> TrackBoard:
    return replace(board, etherpad=fact.url) if fact.gathering == board.gathering else board


@BOARD.on(facts.TrackUrlSet)
def _url(board: TrackBoard, _: Entry, fact: facts.TrackUrlSet) -> TrackBoard:
    return replace(board, url=fact.url) if fact.gathering == board.gathering else board


@BOARD.on(facts.ColorSet)
def _color(board: TrackBoard, _: Entry, fact: facts.ColorSet) -> TrackBoard:
    return replace(board, color=fact.color) if fact.gathering == board.gathering else board


@BOARD.on(facts.LocationSet)
def _location(board: TrackBoard, _: Entry, fact: facts.LocationSet) -> TrackBoard:
    return replace(board, location=fact.place) if fact.gathering == board.gathering else board


@SHARED.on(facts.NoticeAdded)
def _added(shared: Shared, entry: Entry, fact: facts.NoticeAdded) -> Shared:
    if fact.gathering != shared.gathering:
        return shared
    notice = Notice(fact.id, fact.level, fact.text, entry.at, entry.by)
    return replace(shared, notices=(*shared.notices, notice))


@SHARED.on(facts.NoticesTakenDown)
def _taken_down(shared: Shared, _: Entry, fact: facts.NoticesTakenDown) -> Shared:
    return replace(shared, notices=tuple(one for one in shared.notices if one.id not in fact.ids))


@SHARED.on(facts.NoticesReordered)
def _reordered(shared: Shared, _: Entry, fact: facts.NoticesReordered) -> Shared:
    by_id = {notice.id: notice for notice in shared.notices}
    named = [by_id.pop(name) for name in fact.ids if name in by_id]
    return replace(shared, notices=(*named, *by_id.values()))


@SHARED.on(facts.LinksSet)
def _links(shared: Shared, _: Entry, fact: facts.LinksSet) -> Shared:
    return replace(shared, links=fact.links) if fact.gathering == shared.gathering else shared


@SHARED.on(facts.VoiceRequired)
def _voice(shared: Shared, _: Entry, fact: facts.VoiceRequired) -> Shared:
    return replace(shared, needs_voice=True) if fact.gathering == shared.gathering else shared


@SHARED.on(facts.EveryoneAllowed)
def _everyone(shared: Shared, _: Entry, fact: facts.EveryoneAllowed) -> Shared:
    return replace(shared, needs_voice=False) if fact.gathering == shared.gathering else shared
