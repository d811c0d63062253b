"""How a track's recaps stand: the fold of this plugin's facts."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, datetime

from msgspec import Struct, field
from msgspec.structs import replace

from bot.api import Entry, Rules, Session, Setup, StateView, Track, track_stream, voided_causes
from bot.api.facts import (
    MessageRedacted,
    Moved,
    Recorded,
    Revised,
    SubtopicRetitled,
    TopicRetitled,
    Voided,
    Withdrawn,
)
from bot.api.recap import Link, Planned, days_of, planned_of
from plugins.recap.lifecycle.facts import (
    FACTS,
    IntroWritten,
    RecapApproved,
    RecapCorrected,
    RecapHeld,
    RecapLinked,
    RecapMade,
    RecapRefused,
    RecapSent,
)
from plugins.recap.settings import RecapSettings

CONTENT = (Recorded, Revised, Withdrawn, Moved, TopicRetitled, SubtopicRetitled, Voided, MessageRedacted)


class Standing(Struct, frozen=True):
    """How the recap of one part stands.

    made_at: when it was last made
    edited_at: when intro or links last changed
    unsaid_at: when somebody took the words of one of them away, and nothing was made of it yet
    refused: Message-IDs of the letters that a mail server refused for good
    covered: what the newest version, sent or not, takes in: by session id, how many facts that changed the record
    told_at: when the newest version was written
    """

    part: str
    made: RecapMade | None = None
    made_at: datetime | None = None
    intro: str = ""
    links: tuple[Link, ...] = ()
    edited_at: datetime | None = None
    unsaid_at: datetime | None = None
    held: bool = False
    approved: bool = False
    sent: RecapSent | None = None
    sent_at: datetime | None = None
    refused: tuple[str, ...] = ()
    corrections: tuple[RecapCorrected, ...] = ()
    covered: Mapping[str, int] = field(default_factory=dict)
    told_at: datetime | None = None

    @property
    def is_pending(self) -> bool:
        """Whether it was made and still waits to be sent."""
        return self.made is not None and self.sent is None and self.made.goes not in {"nothing", "nowhere"}


RULES: Rules[Standing] = Rules()


@RULES.on(RecapMade)
def _made(standing: Standing, entry: Entry, fact: RecapMade) -> Standing:
    at, covered = entry.at, dict(fact.covered)
    return replace(standing, made=fact, made_at=at, told_at=at, unsaid_at=None, covered=covered)


@RULES.on(RecapHeld)
def _held(standing: Standing, _: Entry, _fact: RecapHeld) -> Standing:
    return replace(standing, held=True)


@RULES.on(RecapApproved)
def _approved(standing: Standing, _: Entry, _fact: RecapApproved) -> Standing:
    return replace(standing, held=False, approved=True)


@RULES.on(RecapSent)
def _sent(standing: Standing, entry: Entry, fact: RecapSent) -> Standing:
    at, covered = entry.at, dict(fact.covered)
    return replace(standing, sent=fact, sent_at=at, told_at=at, held=False, covered=covered)


@RULES.on(RecapCorrected)
def _corrected(standing: Standing, entry: Entry, fact: RecapCorrected) -> Standing:
    corrections, covered = (*standing.corrections, fact), dict(fact.covered)
    return replace(standing, corrections=corrections, told_at=entry.at, unsaid_at=None, covered=covered)


@RULES.on(RecapRefused)
def _refused(standing: Standing, _: Entry, fact: RecapRefused) -> Standing:
    """The list never got what was refused: it can be sent again, under another id."""
    after = replace(standing, refused=(*standing.refused, fact.letter))
    lost = standing.sent is not None and standing.sent.message_id == fact.letter
    return replace(after, sent=None, held=True) if lost else after


@RULES.on(RecapLinked)
def _linked(standing: Standing, entry: Entry, fact: RecapLinked) -> Standing:
    return replace(standing, links=(*standing.links, Link(fact.title, fact.url)), edited_at=entry.at)


@RULES.on(IntroWritten)
def _intro_written(standing: Standing, entry: Entry, fact: IntroWritten) -> Standing:
    return replace(standing, intro=fact.text, edited_at=entry.at)


def standings(entries: Iterable[Entry], days: Collection[date] = ()) -> dict[str, Standing]:
    """How each part of a track stands, by key, in the order in which they came up.

    days: those of the track in this gathering; parts of other days are another gathering's, and have no number in this
    """
    told = list(entries)
    voided = voided_causes(told)
    found: dict[str, Standing] = {}
    for entry in told:
        fact = entry.fact
        if isinstance(fact, Voided):
            for part in _said_by(told, fact.cause):
                standing = found.get(part, Standing(part))
                found[part] = replace(standing, edited_at=entry.at, unsaid_at=entry.at)
        elif entry.cause not in voided and isinstance(fact, FACTS):
            standing = found.get(fact.part, Standing(fact.part))
            found[fact.part] = RULES.after(standing, (entry,))
    return {key: _numbered(one, days) for key, one in found.items()} if days else found


def _numbered(standing: Standing, days: Collection[date]) -> Standing:
    made = standing.made
    if made is None or not made.plan.n or not set(days).isdisjoint(made.plan.days):
        return standing
    return replace(standing, made=replace(made, plan=replace(made.plan, n=0, of=0)))


def _said_by(entries: Iterable[Entry], cause: str) -> set[str]:
    """The parts of whose front a message said something."""
    facts = (entry.fact for entry in entries if entry.cause == cause)
    return {fact.part for fact in facts if isinstance(fact, IntroWritten | RecapLinked)}


def plan_of(
    setup: Setup, track: Track, session: Session, others: Iterable[Session], entries: Iterable[Entry]
) -> Planned:
    """The part that a session belongs to, numbered among all that are known: in memory, and made before."""
    by = setup.of(RecapSettings).by
    made = [entry.fact for entry in entries if isinstance(entry.fact, RecapMade)]
    if session.gathering not in {"", setup.gathering.slug}:
        before = next((one.plan for one in reversed(made) if session.id in dict(one.covered)), None)
        return replace(before, n=0, of=0) if before else planned_of(setup, track, "day", session)
    days = set(days_of(setup, track))
    if by != "session":
        plan = planned_of(setup, track, by, session)
        taken = plan.by == "gathering" and any(
            one.part == plan.key and days.isdisjoint(one.plan.days) for one in made
        )  # by a gathering before this one
        return replace(plan, key=f"{plan.key}-{setup.gathering.slug}") if taken else plan
    siblings = [
        *((one.started, one.part) for one in made if one.plan.n and _meet(days, one.plan.days)),
        *((other.started, other.id) for other in others if other.records and _meet(days, (other.date,))),
    ]
    return planned_of(setup, track, by, session, siblings)


def _meet(days: Collection[date], others: Collection[date]) -> bool:
    """Whether these days are the track's, as far as its days are known."""
    return not days or not set(others).isdisjoint(days)


def weight(session: Session) -> int:
    """How many of a session's facts changed its record."""
    return sum(isinstance(entry.fact, CONTENT) for entry in session.entries)


def _later(session: Session, covered: int) -> list[Entry]:
    return [entry for entry in session.entries if isinstance(entry.fact, CONTENT)][covered:]


def changed_at(session: Session, covered: int) -> datetime | None:
    """When the record of a session last changed beyond the first `covered` changes; None where it did not."""
    return max((entry.at for entry in _later(session, covered)), default=None)


def redacted_at(session: Session, covered: int) -> datetime | None:
    """When words were last taken out of a session beyond the first `covered` changes; None where they were not."""
    taken = (entry.at for entry in _later(session, covered) if isinstance(entry.fact, MessageRedacted))
    return max(taken, default=None)


def redacted_before(standing: Standing, begun: datetime, session: Session) -> datetime | None:
    """When words of a session before a part, which began then, were taken away since the part's newest version was written.

    That one may tell of what was open from before, or answered.
    """
    told = standing.told_at
    if told is None or session.id in standing.covered or session.started >= begun:
        return None
    taken = (e.at for e in session.entries if isinstance(e.fact, MessageRedacted) and e.at > told)
    return max(taken, default=None)


def quotes(state: StateView, session: Session) -> Iterator[tuple[str, str]]:
    """The facts about recaps of a session, whose subjects and marks may hold what was typed in it: stream and cause."""
    stream = track_stream(session.track)
    for entry in state.stream(stream):
        if isinstance(entry.fact, RecapMade | RecapSent) and session.id in dict(entry.fact.covered):
            yield stream, entry.cause
