"""The proposals that wait: what mended texts change, by part, and how it is shown by topic."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from msgspec import Struct

from bot.api import Entry, Folding, Session, StateView, Track, track_stream
from bot.api.facts import Recorded, Revised
from bot.api.people import plain_name
from bot.api.recap import Part
from plugins.recap.declaration import SUMMARY
from plugins.recap.lifecycle.courses import Course
from plugins.recap.mending import phrases
from plugins.recap.mending.comparison import FRONT_LINK, INTRO
from plugins.recap.mending.facts import Mending, MendingDismissed, MendingProposed, MendingTaken, NotTaken
from plugins.recap.mending.shown import Shown, TopicChanges

DIGEST_BYTES = 8
EXPORTED = "/export/txt"  # a pad's plain text


class Proposal(Struct, frozen=True):
    """A proposal that waits, and since when."""

    at: datetime
    fact: MendingProposed


class Present(Struct, frozen=True):
    """What a recap says now: its records by number, the places that have a summary, and its introduction."""

    texts: Mapping[int, str]
    summaries: frozenset[tuple[int, str | None, str | None]]
    intro: str


Waiting = Mapping[str, Proposal]
NONE: Waiting = {}
PROPOSALS: Folding[Waiting] = Folding(NONE)


@PROPOSALS.on(MendingProposed)
def _proposed(waiting: Waiting, entry: Entry, fact: MendingProposed) -> Waiting:
    """A newer proposal takes the place of an older one."""
    return {**waiting, fact.part: Proposal(entry.at, fact)}


@PROPOSALS.on(MendingTaken)
def _taken(waiting: Waiting, _: Entry, fact: MendingTaken) -> Waiting:
    return _without(waiting, fact.part)


@PROPOSALS.on(MendingDismissed)
def _dismissed(waiting: Waiting, _: Entry, fact: MendingDismissed) -> Waiting:
    return _without(waiting, fact.part)


def _without(waiting: Waiting, done: str) -> Waiting:
    return {part: one for part, one in waiting.items() if part != done}


def proposals(state: StateView, track: Track) -> Waiting:
    """Return the proposals of a track that wait, by the key of their part."""
    return PROPOSALS.of_stream(state.stream(track_stream(track.slug)))


def proposal_of(state: StateView, track: Track, part: str) -> Proposal | None:
    """Return the proposal for a part that waits."""
    return proposals(state, track).get(part)


def by_topic(proposal: Proposal, part: Part, intro: str) -> list[TopicChanges]:
    """Show a proposal by topic, in the order of the recap.

    part:  the part with all its sessions, as it is now
    intro: its introduction now
    """
    fact, records = proposal.fact, {placed.item.n: placed for placed in part.records}
    present = present_of(part, intro)
    changes: dict[int, list[Shown]] = {}
    for change in fact.changes:
        changes.setdefault(change.at, []).append(_shown(change, present))
    missing: dict[int, list[tuple[int, str]]] = {}
    for placed in (records[n] for n in fact.missing if n in records):
        missing.setdefault(placed.place.topic or 0, []).append((placed.item.n, placed.item.text))
    left: dict[int, list[NotTaken]] = {}
    for one in fact.left:
        left.setdefault(one.at, []).append(one)
    return [
        TopicChanges(
            n,
            topic.title if (topic := part.topic(n)) is not None else "",
            tuple(changes.get(n, ())),
            tuple(missing.get(n, ())),
            tuple(left.get(n, ())),
        )
        for n in sorted({*changes, *missing, *left})
    ]


def _shown(change: Mending, present: Present) -> Shown:
    old = present.intro if change.word == INTRO else present.texts.get(change.n, "")
    return Shown(change.word, change.n, old, change.text, change.team, is_stale(change, present))


def present_of(part: Part, intro: str) -> Present:
    """Return what a recap says now."""
    return Present(
        {placed.item.n: placed.item.text for placed in part.records},
        frozenset(
            (placed.place.topic or 0, placed.place.team, placed.place.subtopic)
            for placed in part.of_kind(SUMMARY.word)
        ),
        intro,
    )


def is_stale(change: Mending, present: Present) -> bool:
    """Whether what a proposal changes is not anymore what it was then."""
    if change.word == INTRO:
        return change.was != digest_of_text(present.intro)
    if change.word == FRONT_LINK:
        return False
    if change.n:
        return digest_of_text(present.texts.get(change.n, "")) != change.was
    return change.word == SUMMARY.word and (change.at, change.team, change.subtopic) in present.summaries


def digest_of_text(text: str) -> str:
    """Return a short digest by which a text is known again."""
    return hashlib.blake2s(text.encode(), digest_size=DIGEST_BYTES).hexdigest()


def wordings_of(session: Session) -> Mapping[int, list[Entry]]:
    """Return what gave each record its words, by its number."""
    found: dict[int, list[Entry]] = {}
    for entry in session.live():
        if isinstance(entry.fact, Recorded | Revised):
            found.setdefault(entry.fact.n, []).append(entry)
    return found


def origins_of(wordings: Iterable[Entry]) -> tuple[str, ...]:
    """Return the messages that gave a record its words."""
    return tuple(dict.fromkeys(entry.cause for entry in wordings))


def with_proposals(state: StateView, track: Track, courses: Iterable[Course]) -> Iterator[Course]:
    """Yield the parts that have a proposal."""
    waiting = proposals(state, track)
    yield from (course for course in courses if course.plan.key in waiting)


def source_of(fact: MendingProposed) -> str:
    """Return what a proposal comes from, in words."""
    if fact.source == "pad":
        return phrases.THE_PAD(url=fact.address.removesuffix(EXPORTED))
    return phrases.THE_MAIL(who=plain_name(fact.by.name) if fact.by is not None else "")


def mended_texts(state: StateView, track: Track) -> Iterator[str]:
    """Say which proposals wait."""
    for waiting in proposals(state, track).values():
        yield phrases.WAITS(source=source_of(waiting.fact))
