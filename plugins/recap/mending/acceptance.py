"""`#recap accept` takes what a mended text proposes, and `#recap dismiss` leaves it; whoever accepts is the author."""

from collections.abc import Sequence

from msgspec.structs import replace

from bot.api import Ask, Effect, Reply, Role, Session, StateView, Track, Write, track_stream
from bot.api.facts import Moved, Recorded, Revised, Withdrawn
from bot.api.recap import Part
from bot.api.records import understood, why_not
from plugins.recap.lifecycle import phrases as lifecycle
from plugins.recap.lifecycle.additions import part_for, why_not_change, with_outlook
from plugins.recap.lifecycle.choice import RecapLine, role_here, role_of_adder
from plugins.recap.lifecycle.courses import Course, known_courses
from plugins.recap.lifecycle.facts import LONGEST_INTRO, IntroWritten, RecapLinked
from plugins.recap.mending import phrases
from plugins.recap.mending.comparison import FRONT_LINK, INTRO
from plugins.recap.mending.facts import Mending, MendingDismissed, MendingProposed, MendingTaken
from plugins.recap.mending.proposals import (
    Proposal,
    is_stale,
    present_of,
    proposal_of,
    source_of,
    with_proposals,
    wordings_of,
)

DROP = "drop"


def courses_meant(state: StateView, track: Track, part: str) -> list[Course]:
    """Return the parts that have a proposal, or the named one of them."""
    found = with_proposals(state, track, known_courses(state, track))
    return [course for course in found if part in {"", str(course.plan.n)}]


def _meant(ask: Ask, line: RecapLine) -> Course | str:
    found = courses_meant(ask.state, line.track, line.part)
    if len(found) > 1:
        return lifecycle.which(
            [course.plan for course in found], "accept" if line.word == "accept" else "dismiss"
        )
    if not found:
        return phrases.NO_PROPOSAL
    refused = why_not_change(ask, line, found[0])
    if not refused and found[0].is_open:
        refused = lifecycle.RUNS_STILL
    return refused or found[0]


def dismiss(ask: Ask, line: RecapLine) -> Sequence[Effect]:
    """Leave a proposal."""
    course = _meant(ask, line)
    if isinstance(course, str):
        return [Reply(course)]
    waiting = proposal_of(ask.state, line.track, course.plan.key)
    source = source_of(waiting.fact) if waiting is not None else ""
    fact = Write(MendingDismissed(course.plan.key), stream=track_stream(line.track.slug), keep_on_undo=True)
    return [fact, Reply(phrases.DISMISSED(source=source))]


def accept(ask: Ask, line: RecapLine) -> Sequence[Effect]:
    """Take a proposal."""
    if line.text.lower() not in {"", DROP}:
        return [Reply(phrases.USAGE_ACCEPT)]
    course = _meant(ask, line)
    if isinstance(course, str):
        return [Reply(course)]
    waiting = proposal_of(ask.state, line.track, course.plan.key)
    if waiting is None or not course.sessions:
        return [Reply(phrases.NO_PROPOSAL if waiting is None else lifecycle.NOTHING_YET)]
    return Taking(ask, line, course, waiting).effects(drop=line.text.lower() == DROP)


class Taking:
    """The facts of a proposal that is taken, and the answer."""

    def __init__(self, ask: Ask, line: RecapLine, course: Course, waiting: Proposal) -> None:
        self._ask = ask
        self._line = line
        self._course = course
        self._fact: MendingProposed = waiting.fact
        self._since = waiting.at
        self._part: Part = part_for(ask, line, course)
        self._present = present_of(self._part, course.recap_state.intro)
        self._session_of = {placed.item.n: placed.session for placed in self._part.records}
        self._stream = track_stream(line.track.slug)
        self._next = ask.state.last_number(line.track.slug) + 1
        self._orders: list[Effect] = []
        self._changed: list[int] = []
        self._added: list[int] = []
        self._front: list[str] = []
        self._out: list[str] = []

    def effects(self, *, drop: bool) -> Sequence[Effect]:
        """Take what can be taken.

        drop: whether records that the mended text lacks are dropped
        """
        for change in self._fact.changes:
            why = self._take(change)
            if why:
                of_record = phrases.OF_RECORD(n=change.n, why=why)
                self._out.append(of_record if change.n else phrases.OF_NEW(text=change.text, why=why))
        dropped = self._drop() if drop else []
        kept = [] if drop else [n for n in self._fact.missing if n in self._session_of]
        numbers = phrases.numbered
        what = [
            *([phrases.CHANGED(numbers=numbers(self._changed))] if self._changed else []),
            *([phrases.ADDED(numbers=numbers(self._added))] if self._added else []),
            *([phrases.DROPPED(numbers=numbers(dropped))] if dropped else []),
            *self._front,
        ]
        if not what:
            dismissed = Write(MendingDismissed(self._fact.part), stream=self._stream, keep_on_undo=True)
            out = self._out or phrases.numbered(kept)
            return [dismissed, Reply(phrases.NOTHING_TAKEN(out=out))]
        text = phrases.TAKEN(what=what, out=self._out, kept=numbers(kept))
        taken = Write(MendingTaken(self._fact.part), stream=self._stream, keep_on_undo=True)
        return [*self._orders, taken, Reply(with_outlook(self._ask, self._course.sessions[-1], text))]

    def _take(self, change: Mending) -> str:
        """Take a change; return why it cannot be taken."""
        if is_stale(change, self._present):
            return phrases.STALE
        if change.word in {INTRO, FRONT_LINK}:
            return self._take_front(change)
        session = self._ask.state.session(change.session)
        if session is None:
            return phrases.GONE
        if role_of_adder(self._ask, self._line.track, session) < Role.CHAIR:
            return phrases.NOT_YOURS
        return self._revise(session, change) if change.n else self._record(session, change)

    def _take_front(self, change: Mending) -> str:
        if change.word == INTRO and len(change.text) > LONGEST_INTRO:
            return lifecycle.TOO_LONG(most=LONGEST_INTRO, length=len(change.text))
        url, _, title = change.text.partition(" ")
        is_intro = change.word == INTRO
        fact = (
            IntroWritten(self._fact.part, change.text)
            if is_intro
            else RecapLinked(self._fact.part, title, url)
        )
        self._orders.append(Write(fact, stream=self._stream, keep_on_undo=True))
        self._front.append(phrases.THE_INTRO if is_intro else phrases.THE_LINK)
        return ""

    def _revise(self, session: Session, change: Mending) -> str:
        record = session.record(change.n)
        if record is None:
            return phrases.GONE
        kind = self._ask.register.kinds.get(record.kind)
        # the words are still the author's, from the time of the record: `me` and `by Friday` keep their meaning
        then = replace(self._ask, speaker=record.by, at=record.at, session=session, track=self._line.track)
        content = understood(then, kind, change.text) if kind else replace(record.content, text=change.text)
        if isinstance(content, str):
            return content
        self._orders.append(Write(Revised(change.n, content), stream=session.id))
        self._changed.append(change.n)
        return ""

    def _record(self, session: Session, change: Mending) -> str:
        role = role_of_adder(self._ask, self._line.track, session)
        there = replace(self._ask, session=session, track=self._line.track, role=role)
        kind = self._ask.register.kinds.get(change.word)
        if kind is None or (change.topic is not None and session.topic_named(change.topic) is None):
            return phrases.GONE
        if kind.role > Role.CHAIR and role_here(self._ask, self._line.track) < kind.role:
            return phrases.ONLY_BY_MODERATORS
        most = self._ask.most(self._ask.setup.limits.records)
        refused = why_not(session, there) or (
            phrases.FULL(most=most) if len(session.records) + len(self._added) >= most else ""
        )
        kind = kind.of_text(change.text, self._ask.register.kinds)
        content = refused or understood(there, kind, change.text)
        if isinstance(content, str):
            return content
        moved = Moved(self._next, change.topic, change.team, change.subtopic)
        here = (session.topic_id, session.team, session.subtopic)
        self._orders.append(Write(Recorded(self._next, kind.word, content), stream=session.id))
        if here != (change.topic, change.team, change.subtopic):
            self._orders.append(Write(moved, stream=session.id))
        self._added.append(self._next)
        self._next += 1
        return ""

    def _drop(self) -> list[int]:
        """Drop the records that are missing, where the speaker may."""
        dropped = []
        wordings = {session.id: wordings_of(session) for session in self._course.sessions}
        for n in self._fact.missing:
            session = self._ask.state.session(self._session_of.get(n, ""))
            if session is None:
                continue
            if role_of_adder(self._ask, self._line.track, session) < Role.CHAIR:
                self._out.append(phrases.OF_RECORD(n=n, why=phrases.NOT_YOURS))
                continue
            if any(entry.at > self._since for entry in wordings.get(session.id, {}).get(n, ())):
                self._out.append(phrases.OF_RECORD(n=n, why=phrases.STALE))
                continue
            self._orders.append(Write(Withdrawn(n), stream=session.id))
            dropped.append(n)
        return dropped
