"""Topics, subtopics and teams, which new records are assigned to."""

from collections.abc import Iterator, Sequence

from bot.api import Announce, Ask, Effect, Missing, Reply, Role, Session, StateView, Write, titled
from bot.api.facts import SubtopicOpened, TeamNamed
from bot.api.words import LONGEST_TITLE, letter_change
from plugins.topics import phrases, title_edits, topic_commands
from plugins.topics.declaration import plugin

__all__ = ["plugin", "topic_commands"]

SHORTEST_NAME = 4  # letters; shorter names are too easily something else
NO_TEAM = frozenset({"-", "--", "\u2013", "\u2014", "none"})  # autocorrection turns hyphens into dashes


@plugin.edits.line_edited("subtopic")
def edit_subtopic(ask: Ask) -> Sequence[Effect]:
    """Rename the subtopic that the message opened, or open one if it had opened none."""
    orders = title_edits.retitle_subtopic(ask)
    return open_subtopic(ask) if orders is None else orders


@plugin.command(
    "subtopic",
    usage="#subtopic title",
    says="opens a part of the topic, which lasts until the next #subtopic, #topic or #team",
    example="#subtopic Boards without encryption",
    before=("#topic Wiping machines on return",),
    role=Role.CHAIR,
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
            subtopic.title
            for subtopic in topic.subtopics
            if subtopic.team == session.team and subtopic.title.casefold() == title.casefold()
        ),
        None,
    )
    number = session.topics.index(topic) + 1
    shown = known or title
    answer = phrases.SUBTOPIC(number=number, again=known is not None, title=shown, team=session.team)
    return [Write(SubtopicOpened(shown)), Announce(answer)]


@plugin.command(
    "team",
    usage="#team NAME, or #team - for none",
    says="sets the team that what follows belongs to, across topics",
    example="#team Agent",
    role=Role.CHAIR,
)
def name_team(ask: Ask) -> Sequence[Effect]:
    """Set the team of the following records."""
    name = titled(ask.rest)
    refused = _refused(ask, name, "team name")
    if refused:
        return [Reply(refused)]
    session = ask.running
    if name.casefold() in NO_TEAM:
        if session.team is None:
            return [Reply(phrases.NO_TEAM)]
        return [Write(TeamNamed(None)), Announce(phrases.TEAM_ENDED(name=session.team))]
    configured = [team.name for team in ask.track.teams] if ask.track else []
    spelling = _spelled(name, (*configured, *_teams(session)))
    meant = "" if ask.forced else _meant(spelling, configured, _teams(session))
    if meant:
        return [Reply(phrases.WHICH_TEAM(name=spelling, meant=meant))]
    answer = (
        phrases.TEAM_IS_NEW(name=spelling, known=configured)
        if configured and spelling not in configured
        else phrases.TEAM_NAMED(name=spelling)
    )
    return [Write(TeamNamed(spelling)), Announce(answer)]


def _refused(ask: Ask, title: str, what: str) -> str | None:
    if not title:
        return ask.usage
    if ask.running.paused:
        return phrases.PAUSED
    if len(title) > LONGEST_TITLE:
        return phrases.TOO_LONG(what=what, most=LONGEST_TITLE, length=len(title))
    return None


def _spelled(name: str, known: Sequence[str]) -> str:
    """Return `name` in its configured or earlier spelling."""
    return next((spelling for spelling in known if spelling.casefold() == name.casefold()), name)


def _meant(name: str, configured: Sequence[str], used: Sequence[str]) -> str:
    """Return the configured team that a new name probably means, one letter off; empty if there is none."""
    if name in configured or name in used:
        return ""
    return next((team for team in configured if _is_one_letter_off(name, team)), "")


def _is_one_letter_off(typed: str, meant: str) -> bool:
    """Whether two names, in any case, differ by a letter; a digit that differs makes another name: `Group 1`, `Group 2`."""
    one, other = typed.casefold(), meant.casefold()
    change = letter_change(one, other) if min(len(one), len(other)) >= SHORTEST_NAME else None
    return change is not None and "".join(change).isalpha()


def _teams(session: Session) -> list[str]:
    """Return the teams of the session, in order of first use."""
    named = [fact.name for fact in session.every(TeamNamed)]
    moved = [record.team for record in session.records]
    return list(dict.fromkeys(name for name in (*named, *moved) if name))


@plugin.session.end_check
def missing(state: StateView, session: Session) -> Iterator[Missing]:
    """Report teams missing in a configuration with teams, and teams without a description."""
    track = state.setup.track(session.track)
    teams = _teams(session)
    unknown = [name for name in teams if track and track.teams and track.team(name) is None]
    if unknown:
        yield Missing(phrases.UNKNOWN_TEAMS(names=unknown), order=30)
    described = {(record.team or "").casefold() for record in session.records if record.kind == "about"}
    silent = [
        name for name in teams if name.casefold() not in described and not _described(state, session, name)
    ]
    if silent:
        yield Missing(phrases.TEAMS_WITHOUT_ABOUT(names=silent), order=20)


def _described(state: StateView, session: Session, name: str) -> bool:
    """Whether the configuration describes a team."""
    track = state.setup.track(session.track)
    team = track.team(name) if track else None
    return team is not None and bool(team.about)
