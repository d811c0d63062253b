"""The rows of the review page: each topic of a recap with its summary, its records, and what was said there and not recorded."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from bot.api import Session
from bot.api.people import plain_name
from bot.api.recap import Part, Placed, TopicPosition
from plugins.recap.layout import words
from plugins.recap.review.fields import Sent, TextField, plain, text_field
from plugins.recap.review.form_lines import summary_of
from plugins.recap.unrecorded_talk.lines import Statement

IN_SHEET = 40  # records; each has three fields, and a form has at most a thousand
TOPICS_IN_SHEET = 25


class Target(Struct, frozen=True):
    """A place to which a record can be moved: as chat names it, and in words."""

    value: str
    title: str


class RecordRow(Struct, frozen=True):
    """A record; `called` is "Note #1", `kind` its word, and `under` its team and subtopic."""

    n: int
    called: str
    kind: str
    by: str
    at: datetime
    field: TextField
    targets: tuple[Target, ...]
    under: str = ""


class StatementRow(Struct, frozen=True):
    """A line that was said and not recorded; `label` is how the draft calls it."""

    label: str
    by: str
    at: datetime
    text: str
    people: int


class TopicRows(Struct, frozen=True):
    """What stands under a heading; `n` is 0 before the topics, and there is no summary then."""

    n: int
    title: str
    records: tuple[RecordRow, ...] = ()
    summary: TextField | None = None
    statements: tuple[StatementRow, ...] = ()
    is_continued: bool = False


def topics_of(part: Part, said: Sequence[Statement], typed: Mapping[str, Sent]) -> list[TopicRows]:
    """Return the topics of a part in the order of its recap.

    said: the lines that the newest draft lists, with its labels
    typed: as for `text_field`
    """
    by_heading: dict[TopicPosition, list[Placed]] = {TopicPosition(topic.n): [] for topic in part.topics}
    summaries = {item.n for topic in part.topics if (item := summary_of(part, topic.n)) is not None}
    for placed in part.records:
        heading = TopicPosition(placed.place.topic, opening=placed.place.opening)
        if placed.item.n not in summaries:
            by_heading.setdefault(heading, []).append(placed)
    spoken: dict[int, list[StatementRow]] = {}
    for one in said:
        spoken.setdefault(one.topic, []).append(_statement(part, one))
    if 0 in spoken:
        by_heading.setdefault(TopicPosition(), [])
    rows = _Rows(part, typed)
    return [
        rows.topic(place, by_heading[place], () if place.opening else spoken.get(place.topic or 0, ()))
        for place in sorted(by_heading, key=part.position)
    ]


class _Rows:
    """Makes the rows of a part; the places to which records can go are the same for many of them."""

    def __init__(self, part: Part, typed: Mapping[str, Sent]) -> None:
        self._part, self._typed = part, typed
        self._sessions = {session.id: session for session in part.sessions}
        self._targets: dict[tuple[str, int | None, str | None], tuple[Target, ...]] = {}

    def topic(
        self, place: TopicPosition, records: Sequence[Placed], said: Sequence[StatementRow]
    ) -> TopicRows:
        """Return what stands under a heading."""
        part, n = self._part, place.topic or 0
        summary = summary_of(part, n) if n else None
        now = summary.text if summary is not None else ""
        field = text_field(f"summary.{n}", now, self._typed) if n else None
        rows = tuple(map(self._record, _ordered(part, records)))
        return TopicRows(n, words.title_of(part, place), rows, field, tuple(said))

    def _record(self, placed: Placed) -> RecordRow:
        item, place = placed.item, placed.place
        return RecordRow(
            n=item.n,
            called=words.called(item.kind, item.n),
            kind=item.kind,
            by=plain_name(item.by.name),
            at=item.at,
            field=text_field(f"text.{item.n}", item.text, self._typed),
            targets=self._targets_of(placed),
            under=", ".join(filter(None, (place.team, place.subtopic))),
        )

    def _targets_of(self, placed: Placed) -> tuple[Target, ...]:
        key = (placed.session, placed.place.topic, placed.place.team)
        if key not in self._targets:
            found = _targets(self._part, placed.place, self._sessions[placed.session])
            self._targets[key] = tuple(found)
        return self._targets[key]


def _ordered(part: Part, records: Iterable[Placed]) -> list[Placed]:
    """Return records in the order of the recap: by team and subtopic, and by kind."""

    def position(placed: Placed) -> tuple[str, str, int, str]:
        kind = part.kinds.get(placed.item.kind)
        order = kind.order if kind is not None else 99
        return placed.place.team or "", placed.place.subtopic or "", order, placed.item.kind

    return sorted(records, key=position)


def _targets(part: Part, place: TopicPosition, session: Session) -> Iterator[Target]:
    """Yield where a record can go: the topics of its session, and the teams of its own topic."""
    own, here = {topic.title.casefold() for topic in session.topics}, place.topic
    for topic in part.topics:
        if topic.title.casefold() not in own:
            continue
        if topic.n != here or place.team is not None:
            yield Target(str(topic.n), words.numbered(topic.n, topic.title))
        if topic.n == here:
            teams = dict.fromkeys((*part.teams(topic.n), *(team.name for team in part.track.teams)))
            for team in teams:
                if team != place.team:
                    yield Target(f'{topic.n}/"{team}"', words.numbered(topic.n, f"{topic.title}, {team}"))
    if here is not None and session.id == part.sessions[0].id:
        yield Target("-", words.BEFORE_TOPICS.removesuffix(":"))


def _statement(part: Part, one: Statement) -> StatementRow:
    return StatementRow(
        one.label, part.roll.name_of(one.speaker), one.at, plain(one.text.replace("\n", " ")), one.people
    )


def sheets_of(topics: Iterable[TopicRows]) -> list[list[TopicRows]]:
    """Divide topics into sheets that stay usable; one with many records continues on the next."""
    sheets: list[list[TopicRows]] = [[]]
    room = IN_SHEET
    for topic in topics:
        rest = topic
        while True:
            if room <= 0 or len(sheets[-1]) >= TOPICS_IN_SHEET:
                sheets.append([])
                room = IN_SHEET
            if len(rest.records) <= max(room, 0) or not rest.records:
                break
            sheets[-1].append(replace(rest, records=rest.records[:room], statements=()))
            rest = replace(rest, records=rest.records[room:], summary=None, is_continued=True)
            room = 0
        sheets[-1].append(rest)
        room -= len(rest.records) + 1
    return sheets
