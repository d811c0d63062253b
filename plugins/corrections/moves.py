"""The commands that drop a record or move it to another topic or team."""

import re
from collections.abc import Sequence

from msgspec import Struct

from bot.api import Ask, Effect, Reply, Session, Write, titled
from bot.api.facts import Moved, TeamNamed, Withdrawn
from plugins.corrections import phrases
from plugins.corrections.declaration import plugin
from plugins.corrections.rights import refusal

TARGET = re.compile(r"(?:to\s+)?(?:(?P<what>topic|team)\s+)?(?P<name>.+)", re.IGNORECASE | re.DOTALL)
UNSAID = frozenset({"to", "topic", "team"})  # the place is missing
NONE = frozenset({"-", "--", "\u2013", "\u2014", "none"})


class MoveTarget(Struct, frozen=True):
    """A topic or a team that a record can be moved to: a team if `topic` is None."""

    name: str
    topic: str | None = None


@plugin.command(
    "drop",
    usage="#drop N",
    says="removes a record (its author or a chair)",
    example="#drop 1",
    before=("#info Reviews take about nine days",),
    record=True,
)
def drop(ask: Ask) -> Sequence[Effect]:
    """Remove a record."""
    record = ask.record
    if record is None:
        return [Reply(ask.usage)]
    refused = refusal(ask, ask.running, record)
    if refused:
        return [Reply(refused)]
    return [
        Write(Withdrawn(record.n), stream=ask.running.id),
        Reply(phrases.DROPPED(record=phrases.record(record))),
    ]


@plugin.command(
    "move",
    usage="#move N to TOPIC or TEAM",
    says="moves a record to a topic (number or title) or to a team, - for no team (its author or a chair)",
    example="#move 1 to team Agent",
    before=("#info Reviews take about nine days",),
    record=True,
)
def move(ask: Ask) -> Sequence[Effect]:
    """Move a record to a topic, which also removes its team, or to a team within its topic."""
    record, session = ask.record, ask.running
    target = TARGET.fullmatch(titled(ask.rest))
    if record is None or target is None or target["name"].lower() in UNSAID:
        return [Reply(ask.usage)]
    refused = refusal(ask, session, record)
    if refused:
        return [Reply(refused)]
    found = _target(ask, session, (target["what"] or "").lower(), target["name"])
    if isinstance(found, str):
        return [Reply(found)]
    topic, team = (found.topic, None) if found.topic else (record.topic, found.name or None)
    place = phrases.place(session, topic, team)
    if (topic, team) == (record.topic, record.team):
        return [Reply(phrases.STAYS(n=record.n, place=place))]
    return [
        Write(Moved(record.n, topic, team), stream=session.id),
        Reply(phrases.MOVED(n=record.n, place=place)),
    ]


def _target(ask: Ask, session: Session, what: str, name: str) -> MoveTarget | str:
    """Find the named topic or team, or return the answer if there is none."""
    if name.lower() in NONE:
        return MoveTarget("")
    topics = [MoveTarget(topic.title, topic.id) for topic in session.topics]
    if name.isascii() and name.isdigit() and what != "team":
        number = int(name) if len(name) < 5 else 0
        return topics[number - 1] if 0 < number <= len(topics) else phrases.NO_TOPIC(number=name)
    teams = [MoveTarget(team) for team in _teams(ask, session)]
    places = {"topic": topics, "team": teams}.get(what, topics + teams)
    wanted = name.casefold()
    found = [place for place in places if place.name.casefold() == wanted]
    found = found or [place for place in places if place.name.casefold().startswith(wanted)]
    if len(found) == 1:
        return found[0]
    if found:
        return phrases.SEVERAL_PLACES(name=name, places=[_named(place) for place in found[:5]])
    return MoveTarget(name) if what == "team" else phrases.NO_PLACE(name=name)


def _named(place: MoveTarget) -> str:
    if place.topic:
        return phrases.TOPIC_NAMED(title=place.name)
    return phrases.TEAM_NAMED(name=place.name)


def _teams(ask: Ask, session: Session) -> list[str]:
    """Return all teams that are configured or were named in the session, without duplicates."""
    configured = [team.name for team in ask.track.teams] if ask.track else []
    named = [fact.name for fact in session.every(TeamNamed) if fact.name]
    placed = [record.team for record in session.records if record.team]
    return list({name.casefold(): name for name in (*placed, *named, *configured)}.values())
