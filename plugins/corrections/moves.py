"""Taking a record out, and moving it to another topic or team."""

import re
from collections.abc import Sequence

from msgspec import Struct

from bot.api import Ask, Effect, Moved, Plugin, Reply, Session, TeamNamed, Withdrawn, Write, titled
from plugins.corrections import phrases
from plugins.corrections.rights import refusal

TARGET = re.compile(r"(?:to\s+)?(?:(?P<what>topic|team)\s+)?(?P<name>.+)", re.IGNORECASE | re.DOTALL)
UNSAID = frozenset({"to", "topic", "team"})  # the place is missing
NONE = frozenset({"-", "--", "\u2013", "\u2014", "none"})


class Place(Struct, frozen=True):
    """A topic or a team that a record can be moved to: `team` only where `topic` is None."""

    name: str
    topic: str | None = None


def declare(plugin: Plugin) -> None:
    """Add the commands of this file."""
    plugin.command(
        "drop",
        usage="#drop N",
        says="takes a record out (its author or a chair)",
        example="#drop 1",
        before=("#info Reviews take about nine days",),
        record=True,
    )(drop)
    plugin.command(
        "move",
        usage="#move N to TOPIC or TEAM",
        says="moves a record to a topic (number or title) or to a team, - for none (its author or a chair)",
        example="#move 1 to team Agent",
        before=("#info Reviews take about nine days",),
        record=True,
    )(move)


def drop(ask: Ask) -> Sequence[Effect]:
    """Take a record out."""
    record = ask.record
    if record is None:
        return [Reply(ask.usage)]
    refused = refusal(ask, ask.running, record)
    if refused:
        return [Reply(refused)]
    return [Write(Withdrawn(record.n), stream=ask.running.id), Reply(phrases.dropped(record))]


def move(ask: Ask) -> Sequence[Effect]:
    """Move a record to a topic, where it belongs to no team, or to a team within its topic."""
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
        return [Reply(phrases.stays(record.n, place))]
    return [
        Write(Moved(record.n, topic, team), stream=session.id),
        Reply(phrases.moved(record.n, place)),
    ]


def _target(ask: Ask, session: Session, what: str, name: str) -> Place | str:
    """Where to, or an answer that says why that is nowhere."""
    if name.lower() in NONE:
        return Place("")
    topics = [Place(topic.title, topic.id) for topic in session.topics]
    if name.isascii() and name.isdigit() and what != "team":
        number = int(name) if len(name) < 5 else 0
        return topics[number - 1] if 0 < number <= len(topics) else phrases.no_topic(name)
    teams = [Place(team) for team in _teams(ask, session)]
    places = {"topic": topics, "team": teams}.get(what, topics + teams)
    wanted = name.casefold()
    found = [one for one in places if one.name.casefold() == wanted]
    found = found or [one for one in places if one.name.casefold().startswith(wanted)]
    if len(found) == 1:
        return found[0]
    if found:
        return phrases.several_places(name, [_named(one) for one in found[:5]])
    return Place(name) if what == "team" else phrases.no_place(name)


def _named(place: Place) -> str:
    return f"{'topic' if place.topic else 'team'} {phrases.quoted(place.name)}"


def _teams(ask: Ask, session: Session) -> list[str]:
    """All teams that are configured or came up, each once."""
    configured = [team.name for team in ask.track.teams] if ask.track else []
    named = [fact.name for fact in session.every(TeamNamed) if fact.name]
    placed = [record.team for record in session.records if record.team]
    return list({name.casefold(): name for name in (*placed, *named, *configured)}.values())
