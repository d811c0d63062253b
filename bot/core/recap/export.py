"""The record as JSON for other programs; keys may be added but never removed."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any, Protocol

from bot.core.people.persons import Persons
from bot.core.people.roll import Roll, Said, roll
from bot.core.plugin.kind import Kind
from bot.core.recap.decision_names import name_of_decision
from bot.core.session.session import RecordedItem, Session, Topic
from bot.core.state.holders import persons_by
from bot.core.state.setup import Gathering, Setup
from bot.core.words.bullets import points_of, words_of

FORMAT = 1


class PluginKeys(Protocol):
    """The kinds of record that plugins declare, and the keys that they add."""

    @property
    def kinds(self) -> Mapping[str, Kind]:
        """The kinds of record, by their words."""

    def session_json(self, session: Session) -> dict[str, Any]:
        """The keys of a session."""

    def record_json(self, session: Session, record: RecordedItem) -> dict[str, Any]:
        """The keys of a record."""


def as_json(
    setup: Setup,
    sessions: Iterable[Session],
    said: Said,
    proven: Persons | None = None,
    *,
    keys: PluginKeys,
) -> dict[str, Any]:
    """The gathering as JSON values, with the keys in the order of `docs/json.md`.

    said:   (identity, number of lines) pairs, by session id
    proven: resolves identities to persons
    keys:   the keys of plugins

    Records without text after a redaction are left out.
    """
    people = proven or persons_by(setup)
    return {
        "format": FORMAT,
        "gathering": setup.gathering.slug,
        "sessions": [
            _session(
                session,
                roll([session], {session.id: said.get(session.id, ())}, people),
                keys,
                setup.gathering,
            )
            for session in sessions
        ],
    }


def _time(at: datetime | None) -> str | None:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if at is not None else None


def _session(session: Session, people: Roll, keys: PluginKeys, gathering: Gathering) -> dict[str, Any]:
    numbers = {topic.id: n for n, topic in enumerate(session.topics, 1)}
    return {
        "id": session.id,
        "track": session.track,
        "name": session.name,
        "rooms": list(session.rooms),
        "date": session.date.isoformat(),
        "started": _time(session.started),
        "ended": _time(session.ended),
        "closed_by": session.closed_by,
        "chairs": [people.name_of(chair) for chair in session.chairs],
        "attendance": [{"name": person.name, "lines": person.lines} for person in people.present],
        "regrets": list(session.regrets),
        "gaps": [
            {"from": _time(gap.since), "until": _time(gap.until), "room": gap.room} for gap in session.gaps
        ],
        **keys.session_json(session),
        "topics": [_topic(n, topic, session) for n, topic in enumerate(session.topics, 1)],
        "records": [
            _record(record, numbers, people, session.id)
            | _named(gathering, session, record, keys.kinds.get(record.kind))
            | keys.record_json(session, record)
            for record in session.records
            if record.text.strip()
        ],
    }


def _topic(n: int, topic: Topic, session: Session) -> dict[str, Any]:
    until = session.ended or topic.spans[-1][1] or topic.spans[-1][0]
    return {
        "n": n,
        "title": topic.title,
        "started": _time(topic.started),
        "seconds": int(topic.lasted(until).total_seconds()),
        "planned_minutes": topic.minutes,
        "subtopics": [{"title": subtopic.title, "team": subtopic.team} for subtopic in topic.subtopics],
    }


def _named(gathering: Gathering, session: Session, record: RecordedItem, kind: Kind | None) -> dict[str, Any]:
    """The name of a decision, as recaps have it; `gathering` is that of sessions of which it is unknown."""
    if kind is None or not kind.decision:
        return {}
    own = (
        (session.gathering, session.gathering_name) if session.gathering else (gathering.slug, gathering.name)
    )
    return {"anchor": name_of_decision(session.track, own[0] if own[1] else "", record.n)}


def _record(record: RecordedItem, numbers: Mapping[str, int], people: Roll, session: str) -> dict[str, Any]:
    content, answer = record.content, record.answer
    points = [words_of(point) for point in points_of(content.text)]
    return {
        "id": f"{session}#{record.n}",
        "n": record.n,
        "kind": record.kind,
        "text": content.text,
        **({"items": points} if points else {}),
        "by": people.name_of(record.by),
        "at": _time(record.at),
        "topic": numbers.get(record.topic or ""),
        "subtopic": record.subtopic,
        "team": record.team,
        "owners": [people.name_of_owner(owner) for owner in content.owners],
        "due": content.due.isoformat() if content.due else None,
        "done": record.done,
        "url": content.url,
        "title": content.title,
        "edited": record.revised,
        "answer": {"text": answer.text, "by": people.name_of(answer.by), "at": _time(answer.at)}
        if answer
        else None,
        "supporters": sorted(
            {people.name_of(supporter) for supporter in record.supporters} - {people.name_of(record.by)}
        ),
    }
