"""What was said and not recorded as the maintainers' draft shows it."""

from collections.abc import Sequence

from bot.api import clock, shortened
from bot.api.recap import Bullets, Part, TopicPosition
from plugins.recap.layout import words
from plugins.recap.unrecorded_talk.lines import Statement

LONGEST = 300  # characters of a line


def listed_by_topic(part: Part, said: Sequence[Statement]) -> list[Bullets]:
    """Return a list for each topic that has statements."""
    topics: dict[int, list[Statement]] = {}
    for statement in said:
        topics.setdefault(statement.topic, []).append(statement)
    return [
        Bullets(_heading(part, n), tuple(_line(part, statement) for statement in found))
        for n, found in topics.items()
    ]


def _heading(part: Part, n: int) -> str:
    if not n:
        return words.BEFORE_TOPICS if part.topics else words.WITHOUT_TOPICS
    return words.numbered(n, words.title_of(part, TopicPosition(n)))


def _line(part: Part, statement: Statement) -> str:
    at = clock(statement.at, part.setup.gathering.zone).partition(" ")[0]
    text = shortened(statement.text, LONGEST)
    said = f"{statement.label} {at} {part.roll.name_of(statement.speaker)}: {text}"
    return words.supported(said, statement.people)
