"""The job that reads a mended text: it compares it with the draft, and finds the place of each change."""

from collections.abc import Iterator

from bot.api import Session
from bot.api.recap import Part, Sources, TopicPosition, days_of
from plugins.recap import job
from plugins.recap.lifecycle.facts import IntroWritten
from plugins.recap.lifecycle.state import RecapState, recap_states
from plugins.recap.mending.comparison import FRONT_LINK, INTRO, Change, Comparison, Left
from plugins.recap.mending.facts import Mending, MendingProposed, NotTaken
from plugins.recap.mending.known_text import PROBE, KnownText, known_text
from plugins.recap.mending.orders import MendedText, Read
from plugins.recap.mending.proposals import digest_of_text, origins_of, wordings_of
from plugins.recap.mending.text_comparison import closeness, compared

MOST_VERSIONS = 4


def read(sources: Sources, mended: MendedText) -> Read:
    """Compare a mended text with the draft that was mended, and with what the recap is now."""
    is_reply = mended.source == "mail"
    now = known_text(*job.traced_draft(sources, mended.plan, PROBE))
    known = _mended_draft(sources, mended, now, is_reply=is_reply)
    found = compared(known, mended.text, is_reply=is_reply)
    proposed = _Reading(sources, known.part, now.part, found).proposed(mended)
    return Read(mended, proposed, now.part, found.refused, found.is_excerpt)


def _mended_draft(sources: Sources, mended: MendedText, now: KnownText, *, is_reply: bool) -> KnownText:
    """Return the draft that a text is closest to: one of the last versions that were mailed, or the recap as it is now.

    In doubt it is the draft, so that what somebody changed since is not taken for a wish to take it back.
    """
    states = recap_states(sources.entries, days_of(sources.setup, sources.track))
    mine = states.get(mended.plan.key, RecapState(mended.plan.key))
    best, known = closeness(now, mended.text, is_reply=is_reply), now
    for version in (*mine.drafts[-MOST_VERSIONS:][::-1], *mine.history[-MOST_VERSIONS:][::-1]):
        if best == 1:
            break
        other = known_text(*job.traced_draft(sources, mended.plan, PROBE, version))
        close = closeness(other, mended.text, is_reply=is_reply)
        if close > best or (close == best and known is now):
            best, known = close, other
    return known


class _Reading:
    """Turns a comparison into a proposal: with sessions and topics in place of numbers, and without what changed since.

    part: the part as it was in the draft that was mended; now: as it is now
    """

    def __init__(self, sources: Sources, part: Part, now: Part, found: Comparison) -> None:
        self._sources = sources
        self._part = part
        self._now = now
        self._found = found
        self._records = {placed.item.n: placed for placed in part.records}
        self._records_now = {placed.item.n: placed for placed in now.records}
        self._wordings = {session.id: wordings_of(session) for session in now.sessions}
        self._left = list(map(self._not_taken, found.left))

    def proposed(self, mended: MendedText) -> MendingProposed:
        """Return the proposal."""
        changes, missing = tuple(self._changes()), tuple(self._missing())
        return MendingProposed(
            part=self._part.key,
            source=mended.source,
            address=mended.address,
            by=mended.by,
            changes=changes,
            missing=missing,
            left=tuple(sorted(self._left, key=lambda one: one.why == "own")),
        )

    def _changes(self) -> Iterator[Mending]:
        """Yield what is to change; what the recap says by now is left out, and so is what changed in another way."""
        said = {(placed.place.topic or 0, placed.item.text) for placed in self._now.records}
        for change in self._found.changes:
            at = (change.place.topic or 0) if change.place is not None else 0
            if change.n or change.word == INTRO:
                before, now = self._texts(change)
                if now == before:
                    yield self._mending(change)
                elif now != change.text:
                    self._left.append(NotTaken("since", change.text, change.n, at, self._origins(change.n)))
            elif change.word == FRONT_LINK:
                if change.text.partition(" ")[0] not in {link.url for link in self._now.links}:
                    yield self._mending(change)
            elif (at, change.text) not in said:
                yield self._mending(change)

    def _missing(self) -> Iterator[int]:
        """Yield the records that the text lacks, and that nobody changed since."""
        for n in dict.fromkeys(self._found.missing):
            before, now = self._records.get(n), self._records_now.get(n)
            if before is None or now is None:
                continue
            if before.item.text == now.item.text:
                yield n
            else:
                at = now.place.topic or 0
                self._left.append(NotTaken("since", now.item.text, n, at, self._origins(n)))

    def _texts(self, change: Change) -> tuple[str, str]:
        """Return a text that changes: as it was in the draft, and as it is now."""
        if change.word == INTRO:
            return _written(self._part.intro), _written(self._now.intro)
        there = self._records_now.get(change.n)
        return self._records[change.n].item.text, there.item.text if there is not None else ""

    def _mending(self, change: Change) -> Mending:
        if change.word == FRONT_LINK:
            return Mending(FRONT_LINK, change.text)
        if change.word == INTRO:
            was = digest_of_text(_written(self._now.intro))
            return Mending(INTRO, change.text, was=was, origins=self._introducing())
        place = change.place or TopicPosition()
        at = place.topic or 0
        if not change.n:
            session, topic = self._there(place)
            return Mending(change.word, change.text, 0, session.id, topic, place.team, place.subtopic, at)
        placed = self._records[change.n]
        return Mending(
            change.word,
            change.text,
            change.n,
            placed.session,
            team=place.team,
            at=at,
            was=digest_of_text(placed.item.text),
            origins=self._origins(change.n),
        )

    def _there(self, place: TopicPosition) -> tuple[Session, str | None]:
        """Return the session that gets a new record, the last one that had the topic, and the topic's id there."""
        sessions = self._now.sessions
        topic = self._part.topic(place.topic)
        if topic is None:
            return next((one for one in sessions if one.id == place.opening), sessions[0]), None
        title = topic.title.casefold()
        return next(
            (session, own.id)
            for session in reversed(sessions)
            for own in session.topics
            if own.title.casefold() == title or own.id in self._ids_of(title)
        )

    def _ids_of(self, title: str) -> set[str]:
        """Return the ids of a topic in the draft; its title may be another one now."""
        topics = (own for session in self._part.sessions for own in session.topics)
        return {own.id for own in topics if own.title.casefold() == title}

    def _not_taken(self, left: Left) -> NotTaken:
        at = (left.place.topic or 0) if left.place is not None else 0
        return NotTaken(left.why, left.text, left.n, at, self._origins(left.n))

    def _origins(self, n: int) -> tuple[str, ...]:
        placed = self._records.get(n)
        wordings = self._wordings.get(placed.session, {}) if placed is not None else {}
        return origins_of(wordings.get(n, ()))

    def _introducing(self) -> tuple[str, ...]:
        """Return the messages that wrote the introduction."""
        facts = ((entry.cause, entry.fact) for entry in self._sources.entries)
        return tuple(
            dict.fromkeys(
                cause
                for cause, fact in facts
                if isinstance(fact, IntroWritten) and fact.part == self._part.key
            )
        )


def _written(intro: str) -> str:
    """Return an introduction; the probe stands for none."""
    return "" if intro == PROBE else intro
