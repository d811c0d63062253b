"""The lines of a part's log that look like statements and were not recorded, by topic: a function of the log and the sessions."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from msgspec import Struct

from bot.api import Identity, Session
from bot.api.recap import Part
from bot.api.web import LogLine
from plugins.recap.unrecorded_talk.rules import agrees, rule_of

MOST = 5  # lines of a topic
WITHOUT_TOPICS = 15  # lines of a part that has no topics
RUN = timedelta(minutes=3)  # a +1 that comes later answers something else
SUPPORTED = 2  # people whose +1 makes any line one to show
SEEN = "/seen"  # the end of the cause of attendance, which every line leads to
Mark = tuple[datetime, str, str]  # of a line: when it was said, the network, and the speaker's key


class Statement(Struct, frozen=True):
    """A line to show.

    topic:  the number of its topic in the recap; 0 before the first one
    place:  its number in the topic, from 1
    people: how many others agreed with a +1 right after it
    n:      its number in the log of its session
    """

    topic: int
    place: int
    session: str
    n: int
    at: datetime
    speaker: Identity
    text: str
    people: int = 0
    weight: int = 0

    @property
    def label(self) -> str:
        """How maintainers name it: "3.2"."""
        return f"{self.topic}.{self.place}"


def hears(line: LogLine) -> bool:
    """Whether a line of the log may be a statement, or agrees to one."""
    return agrees(line.text) or rule_of(line.text) is not None


def statements(part: Part, heard: Mapping[str, Sequence[LogLine]]) -> list[Statement]:
    """Return at most five statements of each topic, or fifteen where there are no topics, in the order of the recap, without those that were recorded since.

    heard: the lines that `hears` wants and the line before each, by session. A statement keeps its number when others are
           recorded.
    """
    found: dict[int, list[Statement]] = {}
    numbers = {topic.title.casefold(): topic.n for topic in part.topics}
    for session in part.sessions:
        for statement in _of_session(session, heard.get(session.id, ()), numbers):
            found.setdefault(statement.topic, []).append(statement)
    taken = {
        (record.at, record.by) for session in part.sessions for record in session.records if record.taken
    }
    return [
        statement
        for topic in sorted(found)
        for statement in _chosen(found[topic], MOST if part.topics else WITHOUT_TOPICS)
        if (statement.at, statement.speaker) not in taken
    ]


def _chosen(known: Sequence[Statement], most: int) -> Iterator[Statement]:
    """Yield the heaviest statements of a topic in the order in which they were said, numbered."""
    heaviest = sorted(known, key=lambda one: -(one.weight + one.people))[:most]
    kept = {(one.session, one.n) for one in heaviest}
    said = [one for one in known if (one.session, one.n) in kept]
    for place, one in enumerate(said, 1):
        yield Statement(
            one.topic, place, one.session, one.n, one.at, one.speaker, one.text, one.people, one.weight
        )


def _of_session(
    session: Session, lines: Sequence[LogLine], numbers: Mapping[str, int]
) -> Iterator[Statement]:
    """Yield the statements of a session: of people, while it ran, where nothing came of the line itself."""
    acted, people = _acted(session), set(session.heard)
    for at, line in enumerate(lines):
        is_late = session.ended is not None and line.at > session.ended
        if (
            line.speaker not in people
            or _mark(line.speaker, line.at) in acted
            or is_late
            or agrees(line.text)
        ):
            continue
        rule, supporters = rule_of(line.text), _supporters(line, lines[at + 1 :])
        is_plain = not line.text.lstrip().startswith("#") and not line.text.rstrip().endswith("?")
        if rule is not None or (supporters >= SUPPORTED and is_plain):
            weight = rule.weight if rule is not None else 0
            topic = _topic_at(session, line.at, numbers)
            yield Statement(
                topic, 0, session.id, line.n, line.at, line.speaker, line.text, supporters, weight
            )


def _supporters(line: LogLine, later: Iterable[LogLine]) -> int:
    """Count the people whose +1 comes right after a line."""
    known: set[Identity] = set()
    for other in later:
        if not agrees(other.text) or other.at - line.at > RUN:
            break
        known.add(other.speaker)
    return len(known - {line.speaker})


def _topic_at(session: Session, at: datetime, numbers: Mapping[str, int]) -> int:
    """Return the number of the topic that was on at a moment; 0 if there was none."""
    for topic in reversed(session.topics):
        if any(start <= at and (end is None or at <= end) for start, end in topic.spans):
            return numbers.get(topic.title.casefold(), 0)
    return 0


def _acted(session: Session) -> set[Mark]:
    """Return the lines that did something: recorded, opened a topic, asked for the floor, voted."""
    return {
        _mark(entry.by, entry.at)
        for entry in session.entries
        if entry.by is not None and not entry.cause.endswith(SEEN)
    }


def _mark(speaker: Identity, at: datetime) -> Mark:
    return at, speaker.network, speaker.key
