"""The state of a track's recaps, folded from their facts."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from bot.api import Entry, Identity, Rules, Track, voided_causes
from bot.api.facts import Voided
from bot.api.recap import Link
from plugins.recap.lifecycle.facts import (
    FACTS,
    MAILED,
    NOT_FOR_LIST,
    CorrectionProposed,
    FrontUndone,
    Goes,
    IntroWritten,
    PostingUndone,
    RecapApproved,
    RecapCorrected,
    RecapHeld,
    RecapLinked,
    RecapMade,
    RecapPosted,
    RecapRefused,
    RecapRewritten,
    RecapSent,
    RecapTaken,
)
from plugins.recap.lifecycle.versions import Version


class RecapState(Struct, frozen=True):
    """The state of the recap of a part.

    made_at:    when it was last made
    edited_at:  when the introduction or the links last changed
    edits:      how often they changed, and `written_edits` how many of these changes the newest version has
    editors:    who made the changes that it does not have
    removed_at: when one of these was redacted or undone, until the next version is written
    posted:     where it is if somebody sent it by hand, in place of the bot
    proposed:   the newest version of the correction that waits for approval
    proposed_at: when the newest proposed version was written; it stays after the approval
    reminded:   whether the maintainers were reminded of the correction that waits
    corrected_at: when a correction last went to the list
    refused:    Message-IDs of permanently refused letters
    drafts:     the versions that maintainers got before it was sent, oldest first
    first_draft: the revision of the first of them
    covered:    the number of content changes in the newest version, by session id; a version that waits counts
    history:    the versions that the list has: the recap, and what each correction made of it
    rewritten:  the same for the mail that was written again after a redaction
    written_at: when the newest version was written
    taken:      when the mail server took each letter to the list, by Message-ID
    filed:      whether the last of them was only written to a file
    versions:   when each version was written, and where it went (see `RecapMade.goes`)
    """

    part: str
    made: RecapMade | None = None
    made_at: datetime | None = None
    intro: str = ""
    links: tuple[Link, ...] = ()
    edited_at: datetime | None = None
    edits: int = 0
    written_edits: int = 0
    editors: tuple[Identity, ...] = ()
    removed_at: datetime | None = None
    held: bool = False
    approved: bool = False
    sent: RecapSent | None = None
    sent_at: datetime | None = None
    posted: RecapPosted | None = None
    proposed: CorrectionProposed | None = None
    proposed_at: datetime | None = None
    reminded: bool = False
    corrected_at: datetime | None = None
    refused: tuple[str, ...] = ()
    corrections: tuple[RecapCorrected, ...] = ()
    drafts: tuple[Version, ...] = ()
    first_draft: int = 0
    covered: Mapping[str, int] = field(default_factory=dict)
    history: tuple[Version, ...] = ()
    rewritten: Mapping[str, int] = field(default_factory=dict)
    written_at: datetime | None = None
    taken: Mapping[str, datetime] = field(default_factory=dict)
    filed: bool = False
    versions: tuple[tuple[datetime, Goes], ...] = ()

    def version(self, covered: Mapping[str, int]) -> Version:
        """Return the version that is made now, of so many changes in each session."""
        return Version(covered, self.intro, self.links)

    @property
    def unwritten_edit(self) -> datetime | None:
        """When the introduction or the links last changed since the newest version was written, or None."""
        return self.edited_at if self.edits > self.written_edits else None

    @property
    def published(self) -> Mapping[str, int]:
        """The number of content changes in what the list has, by session id."""
        return self.history[-1].covered if self.history else {}

    @property
    def next_correction(self) -> int:
        """The number of the next correction."""
        return len(self.corrections) + 1

    @property
    def went_at(self) -> datetime | None:
        """When the mail server took the recap for the list; None if it did not yet."""
        if self.sent is None:
            return None
        return self.taken.get(self.sent.message_id, None if self.sent.is_told else self.sent_at)

    @property
    def is_pending(self) -> bool:
        """Whether it was made and is still to be sent."""
        return self.made is not None and self.sent is None and self.made.goes not in NOT_FOR_LIST

    def mailed(self, track: Track) -> list[datetime]:
        """When versions of it were mailed to anybody; without maintainers, a version that waits is mailed to nobody."""
        known = {"list", "maintainers", *(MAILED if track.maintainers else ())}
        return sorted(at for at, goes in self.versions if goes in known)

    @property
    def is_in_line(self) -> bool:
        """Whether later parts are sent after it; a draft beyond the limit of the day stops none."""
        return self.is_pending and self.made is not None and self.made.goes != "over"


RULES: Rules[RecapState] = Rules()


@RULES.on(RecapMade)
def _made(recap_state: RecapState, entry: Entry, fact: RecapMade) -> RecapState:
    at, covered = entry.at, dict(fact.covered)
    after = replace(_written(recap_state, at), made=fact, made_at=at, removed_at=None, covered=covered)
    is_new = recap_state.made is None or recap_state.made.revision != fact.revision
    if fact.goes in MAILED and is_new:
        first = recap_state.first_draft or fact.revision
        after = replace(after, drafts=(*recap_state.drafts, recap_state.version(covered)), first_draft=first)
    return _with_version(after, at, fact.goes)


def _written(recap_state: RecapState, at: datetime) -> RecapState:
    return replace(recap_state, written_at=at, written_edits=recap_state.edits, editors=())


def _with_version(recap_state: RecapState, at: datetime, goes: Goes) -> RecapState:
    return replace(recap_state, versions=(*recap_state.versions, (at, goes)))


@RULES.on(RecapHeld)
def _held(recap_state: RecapState, _: Entry, _fact: RecapHeld) -> RecapState:
    return replace(recap_state, held=True)


@RULES.on(RecapApproved)
def _approved(recap_state: RecapState, _: Entry, _fact: RecapApproved) -> RecapState:
    return replace(recap_state, held=False, approved=True)


@RULES.on(RecapSent)
def _sent(recap_state: RecapState, entry: Entry, fact: RecapSent) -> RecapState:
    at, covered = entry.at, dict(fact.covered)
    after = replace(_written(recap_state, at), sent=fact, sent_at=at, held=False, covered=covered)
    after = replace(after, history=(recap_state.version(covered),))
    return _with_version(after, at, "list")


@RULES.on(RecapPosted)
def _posted(recap_state: RecapState, entry: Entry, fact: RecapPosted) -> RecapState:
    """Count it as sent and approved; what changed since the newest draft follows as a correction."""
    made = recap_state.made
    if made is None or (recap_state.sent is not None and recap_state.posted is None):
        return recap_state
    sent = RecapSent(fact.part, fact.message_id, made.subject, fact.covered)
    if recap_state.posted is not None:
        return replace(recap_state, posted=fact, sent=sent)
    after = replace(recap_state, posted=fact, sent=sent, sent_at=entry.at, held=False, approved=True)
    return replace(after, history=(recap_state.version(dict(fact.covered)),))


@RULES.on(PostingUndone)
def _posting_undone(recap_state: RecapState, _: Entry, _fact: PostingUndone) -> RecapState:
    after = replace(recap_state, posted=None, sent=None, sent_at=None, history=(), proposed=None)
    return replace(after, held=True, approved=False) if recap_state.posted is not None else recap_state


@RULES.on(CorrectionProposed)
def _proposed(recap_state: RecapState, entry: Entry, fact: CorrectionProposed) -> RecapState:
    at, reminded = entry.at, recap_state.reminded or fact.reminder
    after = replace(recap_state, proposed=fact, proposed_at=at, reminded=reminded)
    after = replace(_written(after, at), removed_at=None, covered=dict(fact.covered))
    return _with_version(after, at, "maintainers")


@RULES.on(RecapCorrected)
def _corrected(recap_state: RecapState, entry: Entry, fact: RecapCorrected) -> RecapState:
    at, covered, corrections = entry.at, dict(fact.covered), (*recap_state.corrections, fact)
    after = replace(recap_state, corrections=corrections, proposed=None, reminded=False)
    if fact.message_id:
        after = _with_version(replace(after, held=False, corrected_at=at), at, "list")
    history = (*recap_state.history, recap_state.version(covered))
    return replace(_written(after, at), removed_at=None, covered=covered, history=history)


@RULES.on(RecapRewritten)
def _rewritten(recap_state: RecapState, entry: Entry, fact: RecapRewritten) -> RecapState:
    return replace(recap_state, rewritten=dict(fact.covered), written_at=entry.at, removed_at=None)


@RULES.on(RecapTaken)
def _taken(recap_state: RecapState, entry: Entry, fact: RecapTaken) -> RecapState:
    return replace(recap_state, taken={**recap_state.taken, fact.letter: entry.at}, filed=fact.filed)


@RULES.on(RecapRefused)
def _refused(recap_state: RecapState, _: Entry, fact: RecapRefused) -> RecapState:
    """Reopen a recap that the list's server refused: it can be sent again with another id."""
    after = replace(recap_state, refused=(*recap_state.refused, fact.letter))
    lost = recap_state.sent is not None and recap_state.sent.message_id == fact.letter
    return replace(after, sent=None, held=True, proposed=None) if lost else after


@RULES.on(RecapLinked)
def _linked(recap_state: RecapState, entry: Entry, fact: RecapLinked) -> RecapState:
    links = (*recap_state.links, Link(fact.title, fact.url))
    return replace(recap_state, links=links, **_edit(recap_state, entry))


@RULES.on(IntroWritten)
def _intro_written(recap_state: RecapState, entry: Entry, fact: IntroWritten) -> RecapState:
    return replace(recap_state, intro=fact.text, **_edit(recap_state, entry))


def _edit(recap_state: RecapState, entry: Entry) -> dict[str, Any]:
    by = (entry.by,) if entry.by is not None else ()
    return {
        "edited_at": entry.at,
        "edits": recap_state.edits + 1,
        "editors": (*recap_state.editors, *by),
    }


@RULES.on(FrontUndone)
def _front_undone(recap_state: RecapState, entry: Entry, _fact: FrontUndone) -> RecapState:
    return replace(recap_state, **_edit(recap_state, entry))


def recap_states(entries: Iterable[Entry], days: Collection[date] = ()) -> dict[str, RecapState]:
    """Return the state of each part of a track, by key, in order of their first fact.

    days: the track's days in this gathering; parts on other days belong to another gathering and get no number
    """
    known = list(entries)
    voided = without_undone(known)
    found: dict[str, RecapState] = {}
    for entry in known:
        fact = entry.fact
        if isinstance(fact, Voided):
            for part in _said_by(known, fact.cause):
                recap_state = found.get(part, RecapState(part))
                edits = recap_state.edits + 1
                found[part] = replace(recap_state, edited_at=entry.at, edits=edits, removed_at=entry.at)
        elif entry.cause not in voided and isinstance(fact, FACTS):
            recap_state = found.get(fact.part, RecapState(fact.part))
            found[fact.part] = RULES.after(recap_state, (entry,))
    return {key: _numbered(recap_state, days) for key, recap_state in found.items()} if days else found


def without_undone(entries: Iterable[Entry]) -> frozenset[str]:
    """Return the causes that are void: redacted, or taken back by `#recap undo`."""
    known = list(entries)
    voided = frozenset(voided_causes(known))
    undone = (
        entry.fact.cause
        for entry in known
        if isinstance(entry.fact, FrontUndone) and entry.cause not in voided
    )
    return voided | frozenset(undone)


def _numbered(recap_state: RecapState, days: Collection[date]) -> RecapState:
    made = recap_state.made
    if made is None or not made.plan.n or not set(days).isdisjoint(made.plan.days):
        return recap_state
    return replace(recap_state, made=replace(made, plan=replace(made.plan, n=0, of=0)))


def _said_by(entries: Iterable[Entry], cause: str) -> set[str]:
    """Return the parts whose introduction or links a message changed."""
    facts = (entry.fact for entry in entries if entry.cause == cause)
    return {fact.part for fact in facts if isinstance(fact, IntroWritten | RecapLinked)}
