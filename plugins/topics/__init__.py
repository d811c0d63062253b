"""Subtopics and teams: which part of a topic a session is at, and which team it is about."""

from collections.abc import Iterator, Sequence

from bot.api import (
    LONGEST_TITLE,
    Announce,
    Ask,
    Effect,
    Missing,
    Plugin,
    Reply,
    Role,
    Session,
    State,
    SubtopicOpened,
    TeamNamed,
    Write,
    titled,
)
from plugins.topics import phrases, title_edits

NO_TEAM = frozenset({"-", "--", "\u2013", "\u2014", "none"})  # autocorrection makes dashes of hyphens

plugin = Plugin("topics")


def edit_subtopic(ask: Ask) -> Sequence[Effect]:
    """Another title for the subtopic that the line opened; one that it did not open yet is opened."""
    orders = title_edits.retitle_subtopic(ask)
    return open_subtopic(ask) if orders is None else orders


@plugin.command(
    "subtopic",
    usage="#subtopic title",
    says="a part of the topic, until the next #subtopic, #topic or #team",
    example="#subtopic Boards without encryption",
    before=("#topic Wiping machines on return",),
    role=Role.CHAIR,
    on_line_edited=edit_subtopic,
)
def open_subtopic(ask: Ask) -> Sequence[Effect]:
    """Open a part of the current topic."""
    title = titled(ask.rest)
    refused = _refused(ask, title, "subtopic")
    if refused:
        return [Reply(refused)]
    session = ask.running
    topic = session.topic
    if topic is None:
        return [Reply(phrases.NO_TOPIC_YET)]
    known = next(
        (
            one.title
            for one in topic.subtopics
            if one.team == session.team and one.title.casefold() == title.casefold()
        ),
        None,
    )
    number = session.topics.index(topic) + 1
    answer = phrases.subtopic(number, known or title, session.team, again=known is not None)
    return [Write(SubtopicOpened(known or title)), Announce(answer)]


@plugin.command(
    "team",
    usage="#team NAME, or #team - for none",
    says="which team what follows belongs to, over topics too",
    example="#team Agent",
    role=Role.CHAIR,
)
def name_team(ask: Ask) -> Sequence[Effect]:
    """Name the team that what follows belongs to."""
    name = titled(ask.rest)
    refused = _refused(ask, name, "team's name")
    if refused:
        return [Reply(refused)]
    session = ask.running
    if name.casefold() in NO_TEAM:
        if session.team is None:
            return [Reply(phrases.NO_TEAM)]
        return [Write(TeamNamed(None)), Announce(phrases.team_ended(session.team))]
    configured = [team.name for team in ask.track.teams] if ask.track else []
    spelling = _spelled(name, (*configured, *_teams(session)))
    answer = (
        phrases.team_is_new(spelling, configured)
        if configured and spelling not in configured
        else phrases.team_holds(spelling)
    )
    return [Write(TeamNamed(spelling)), Announce(answer)]


def _refused(ask: Ask, title: str, what: str) -> str | None:
    if not title:
        return ask.usage
    if ask.running.paused:
        return phrases.PAUSED
    return phrases.too_long(what, len(title)) if len(title) > LONGEST_TITLE else None


def _spelled(name: str, known: Sequence[str]) -> str:
    """`name` as it was written before, in the configuration first."""
    return next((one for one in known if one.casefold() == name.casefold()), name)


def _teams(session: Session) -> list[str]:
    """The teams of the session, in the order in which they came up."""
    named = [fact.name for fact in session.every(TeamNamed)]
    moved = [record.team for record in session.records]
    return list(dict.fromkeys(name for name in (*named, *moved) if name))


def missing(state: State, session: Session) -> Iterator[Missing]:
    """Teams that are not configured, where teams are; teams of which nothing says who they are."""
    track = state.setup.track(session.track)
    teams = _teams(session)
    unknown = [name for name in teams if track and track.teams and track.team(name) is None]
    if unknown:
        yield Missing(phrases.unknown_teams(unknown), order=30)
    told = {(record.team or "").casefold() for record in session.records if record.kind == "about"}
    silent = [name for name in teams if name.casefold() not in told and not _described(state, session, name)]
    if silent:
        yield Missing(phrases.teams_without_about(silent), order=20)


def _described(state: State, session: Session, name: str) -> bool:
    """Whether the configuration says who a team is."""
    track = state.setup.track(session.track)
    team = track.team(name) if track else None
    return team is not None and bool(team.about)


plugin.end_checks.append(missing)
