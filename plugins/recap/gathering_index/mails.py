"""The mail with the index, when it goes out, and what is said about it."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta

from bot.api import GATHERING, Effect, Moment, MomentDue, Occasion, Say, StateView, Write
from bot.api.effects import Letter, Mail
from bot.api.events import MailRefused
from bot.api.words import day_in_words
from plugins.recap.declaration import plugin
from plugins.recap.gathering_index import phrases
from plugins.recap.gathering_index.contents import TrackRow, end_of_gathering, is_over, progress_of, rows
from plugins.recap.gathering_index.facts import IndexMailed
from plugins.recap.lifecycle.moments import moment
from plugins.recap.settings import RecapSettings

INDEX = "recap index"
TOO_LATE = timedelta(days=30)  # as when organizers are first named long after the gathering


def mailed(state: StateView) -> list[IndexMailed]:
    """Return the indexes of this gathering that were mailed, oldest first."""
    slug = state.setup.gathering.slug
    return [fact for fact in state.every(GATHERING, IndexMailed) if fact.gathering == slug]


def mails(state: StateView, found: Sequence[TrackRow], *, asked: bool) -> list[Effect]:
    """Mail the index to each organizer."""
    gathering = state.setup.gathering
    number = len(mailed(state)) + 1
    fact = IndexMailed(gathering.slug, number, asked=asked)
    letters = [
        Mail(
            Letter(
                id=f"{gathering.slug}.index-{number}-{n}@{organizer.rpartition('@')[2]}",
                to=(organizer,),
                subject=phrases.SUBJECT(gathering=gathering.name),
                body=body(state, found),
                stream=GATHERING,
                name=f"recap/index-{n}",
            )
        )
        for n, organizer in enumerate(gathering.organizers, 1)
    ]
    return [Write(fact, stream=GATHERING, keep_on_undo=True), *letters]


def body(state: StateView, found: Sequence[TrackRow]) -> str:
    """Return the text of the index."""
    n = sum(len(row.statuses) for row in found)
    name, tracks, sent = state.setup.gathering.name, len(found), sent_of(found)
    intro = phrases.INTRO(gathering=name, n=n, tracks=tracks, sent=sent)
    paragraphs = [intro, *("\n".join(_lines(state, row)) for row in found)]
    if page := state.setup.public_url:
        paragraphs.append(phrases.END(url=f"{page}/recaps"))
    return "\n\n".join(paragraphs) + "\n"


def sent_of(found: Iterable[TrackRow]) -> int:
    """Return how many of these recaps went to a list."""
    return sum(status.word in {"sent", "draft sent"} for row in found for status in row.statuses)


def _lines(state: StateView, row: TrackRow) -> Iterator[str]:
    yield row.track.name
    for status in row.statuses:
        yield phrases.STANDS(
            title=status.title,
            days=[day_in_words(day) for day in status.days],
            says=status.says,
            at=moment(status.at, state.setup.gathering.zone) if status.at is not None else "",
            more=status.more,
        )
        for link in status.posted:
            yield phrases.ADDRESS(title=link.title, url=link.url)


@plugin.due
def due(state: StateView, stream: str) -> Iterable[Moment]:
    """Yield when a track may be the last one to complete the index, and when it goes out in any case."""
    end, track = end_of_gathering(state.setup), state.setup.track_of(stream, None)
    if track is None or end is None or not state.setup.gathering.organizers or _has_come(state):
        return
    yield Moment(INDEX, end + state.setup.of(RecapSettings).index_after)
    progress = progress_of(state, track) if track.public else None
    if progress is not None and progress.last is not None and not progress.waiting:
        yield Moment(INDEX, max(progress.last, end))


def _has_come(state: StateView) -> bool:
    return any(not fact.asked for fact in mailed(state))


@plugin.on(MomentDue, INDEX)
def send(occasion: Occasion) -> Sequence[Effect]:
    """Mail the index if every recap went out, or if it is time."""
    event, state = occasion.event, occasion.state
    end = end_of_gathering(state.setup)
    if not isinstance(event, MomentDue) or end is None or event.late > TOO_LATE or _has_come(state):
        return ()
    found, now = rows(state), event.at + event.late
    is_time = now >= end + state.setup.of(RecapSettings).index_after
    is_complete = is_over(state.setup, now) and not any(row.progress.waiting for row in found)
    return mails(state, found, asked=False) if found and (is_time or is_complete) else ()


@plugin.on(MailRefused)
def tell(occasion: Occasion) -> Sequence[Effect]:
    """Tell the gathering's rooms that an organizer did not get the index."""
    event, rooms = occasion.event, occasion.state.setup.gathering.rooms
    if not isinstance(event, MailRefused) or event.stream != GATHERING or not rooms:
        return ()
    return [Say(rooms, phrases.REFUSED)] if ".index-" in event.letter else []


def last_at(state: StateView) -> datetime | None:
    """Return when an index of this gathering was last mailed on somebody's word; None if it never was."""
    slug = state.setup.gathering.slug
    return max(
        (
            entry.at
            for entry in state.stream(GATHERING)
            if isinstance(entry.fact, IndexMailed) and entry.fact.asked and entry.fact.gathering == slug
        ),
        default=None,
    )
