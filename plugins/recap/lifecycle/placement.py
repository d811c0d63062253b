"""The place that somebody names for an addition to a recap: a topic by its number or title, or a team. It is never guessed."""

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from bot.api import Session
from bot.api.recap import Part
from plugins.recap.lifecycle import phrases

NUMBER = re.compile(r'([0-9]{1,4})(?:/(?:"([^"]+)"|([^\s:"]+)))?[.:]?(?:\s+|$)')
QUOTED = re.compile(r'"([^"]+)":?\s+')
FIRST = re.compile(r"(\w[\w'-]*):?\s+")
BEFORE_COLON = re.compile(r"([^:]{3,60}):\s+")
OPENING = re.compile(r"-\s+")
SHORTEST = 4  # letters; shorter words at the beginning of a text are rarely meant as a topic


class Place(Struct, frozen=True):
    """A place in a part: its topic (0: before the topics) and team, and the session and id that the topic has there."""

    session: Session
    n: int = 0
    topic: str | None = None
    title: str = ""
    team: str | None = None


def place_in(part: Part, text: str) -> tuple[Place, str] | str:
    """Return the place that a text begins with and the rest of it, or the question which place is meant."""
    if opening := OPENING.match(text):
        return Place(part.sessions[0]), text[opening.end() :]
    if number := NUMBER.match(text):
        return _by_number(part, number, text)
    if not part.topics:
        return Place(part.sessions[0]), text
    if quoted := QUOTED.match(text):
        return _only(part, quoted[1], _named(part, quoted[1]), text[quoted.end() :])
    said, found, rest = _by_words(part, text)
    return _only(part, said, found, rest) if said else phrases.WHICH_TOPIC(topics=_topics(part))


def _by_words(part: Part, text: str) -> tuple[str, list[str], str]:
    """Return the words at the beginning that may be a place, the names that they fit, and the rest of the text."""
    whole = [name for name in _names(part) if re.match(rf"{re.escape(name)}:?\s+", text, re.IGNORECASE)]
    if whole:
        name = max(whole, key=len)
        return name, [name], re.sub(r"^:?\s+", "", text[len(name) :])
    if (colon := BEFORE_COLON.match(text)) and (found := _named(part, colon[1])):
        return colon[1], found, text[colon.end() :]
    first = FIRST.match(text)
    if first is None or len(first[1]) < SHORTEST:
        return "", [], text
    begun = [name for name in _names(part) if re.match(rf"{re.escape(first[1])}\b", name, re.IGNORECASE)]
    return first[1], begun, text[first.end() :]


def place_named(part: Part, name: str) -> Place | str:
    """Return the place with this number or name, or the question which place is meant."""
    if name == "-":
        return Place(part.sessions[0])
    number = NUMBER.fullmatch(name)
    words = name.strip('"')
    found = _by_number(part, number, "") if number else _only(part, words, _named(part, words), "")
    return found if isinstance(found, str) else found[0]


def _by_number(part: Part, found: re.Match[str], text: str) -> tuple[Place, str] | str:
    n, rest = int(found[1]), text[found.end() :]
    if part.topic(n) is None:
        return (
            (Place(part.sessions[0]), text)
            if not part.topics
            else phrases.NO_TOPIC(n=n, topics=_topics(part))
        )
    team = found[2] or found[3]
    if not team:
        return _of_topic(part, n), rest
    known = next((name for name in _teams(part) if name.casefold() == team.casefold()), None)
    if known is None:
        return phrases.NO_TEAM(team=team, teams=list(_teams(part)))
    return _of_topic(part, n, known), rest


def _named(part: Part, words: str) -> list[str]:
    """Return the topics and teams that have all these words, each perhaps cut short; one with just this name is alone."""
    wanted = words.casefold().split()
    whole = [name for name in _names(part) if name.casefold() == " ".join(wanted)]
    return whole or [name for name in _names(part) if all(_has(name.casefold(), word) for word in wanted)]


def _has(name: str, word: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(word)}", name) is not None


def _only(part: Part, said: str, names: Sequence[str], rest: str) -> tuple[Place, str] | str:
    """Return the place with the only name that fits."""
    topics = {topic.title.casefold(): topic.n for topic in part.topics}
    if not names:
        return phrases.NO_SUCH_PLACE(name=said, topics=_topics(part))
    places = [f'{topics[name.casefold()]} "{name}"' if name.casefold() in topics else name for name in names]
    is_both = any(name.casefold() in topics for name in names) and any(name in _teams(part) for name in names)
    if len(names) > 1 or is_both:
        return phrases.SEVERAL_PLACES(name=said, places=places[:5])
    name = names[0]
    if name.casefold() in topics:
        return _of_topic(part, topics[name.casefold()]), rest
    return _of_team(part, name, rest)


def _of_team(part: Part, team: str, rest: str) -> tuple[Place, str] | str:
    """Return the place of a team: under the only topic where it has something."""
    numbers = {placed.place.topic or 0 for placed in part.records if placed.place.team == team}
    if not numbers and len(part.topics) == 1:
        numbers = {1}
    if len(numbers) != 1:
        return phrases.team_in(team, sorted(numbers), _topics(part))
    (n,) = numbers
    return (_of_topic(part, n, team) if n else Place(part.sessions[0], team=team)), rest


def _of_topic(part: Part, n: int, team: str | None = None) -> Place:
    """Return the place of a topic, in the last session that had it."""
    title = part.topics[n - 1].title
    session, topic = next(
        (session, topic)
        for session in reversed(part.sessions)
        for topic in session.topics
        if topic.title.casefold() == title.casefold()
    )
    return Place(session, n, topic.id, title, team)


def _topics(part: Part) -> list[str]:
    return [f'{topic.n} "{topic.title}"' for topic in part.topics]


def _names(part: Part) -> list[str]:
    return [*dict.fromkeys((*(topic.title for topic in part.topics), *_teams(part)))]


def _teams(part: Part) -> tuple[str, ...]:
    """Return the teams that have something in the part, or are configured."""
    return tuple(dict.fromkeys(_every_team(part)))


def _every_team(part: Part) -> Iterator[str]:
    yield from (placed.place.team for placed in part.records if placed.place.team)
    yield from (team.name for team in part.track.teams)
