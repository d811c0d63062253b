"""Everything that the topics plugin says."""

from collections.abc import Sequence

from bot.api import LONGEST_TITLE, listed, plural, shortened

PAUSED = "off the record: the session is paused; #resume goes on"
NO_TOPIC_YET = "there is no topic yet; #topic TITLE opens one"
OVER = "the session is over; an edit opens no topic in it"
NO_TEAM = "no team holds; #team NAME names one"


def too_long(what: str, letters: int) -> str:
    """A title beyond the limit."""
    return f"a {what} has at most {LONGEST_TITLE} letters, that were {letters:,}; please say it shorter"


def _holding(team: str | None) -> str:
    return f" (team {team} still holds; #team - ends it)" if team else ""


def subtopic(number: int, title: str, team: str | None, *, again: bool) -> str:
    """A subtopic began, or goes on."""
    return f"subtopic of topic {number}{' again' if again else ''}: {title}{_holding(team)}"


def subtopic_retitled(number: int, title: str) -> str:
    """The message of a subtopic was edited."""
    return f"the subtopic of topic {number} is now: {title}"


def number_is_no_title(word: str, number: str) -> str:
    """An edit made a title a number."""
    return f"an edit gives another title, and a number is none; say #{word} {shortened(number, 12)} in a new message"


def team_holds(name: str) -> str:
    """What follows belongs to a team."""
    return f"team {name}: what follows is theirs, until the next #team; #team - ends it"


def team_is_new(name: str, known: Sequence[str]) -> str:
    """A team that is not configured."""
    return f"team {name}: what follows is theirs, though only {listed(known)} {plural(len(known), 'is', 'are')} configured"


def team_ended(name: str) -> str:
    """What follows belongs to no team."""
    return f"team {name} ends; what follows belongs to no team"


def unknown_teams(names: Sequence[str]) -> str:
    """For the report at the end."""
    return f"{plural(len(names), 'team')} {listed(names)} in the configuration"


def teams_without_about(names: Sequence[str]) -> str:
    """For the report at the end."""
    return f"#about of {plural(len(names), 'team')} {listed(names)}"
