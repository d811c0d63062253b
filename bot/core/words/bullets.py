r"""Lists under a sentence: the lines of a message that begin with a bullet or a number.

In a text, each point stands on a line of its own after the sentence: "Options:\n- the first\n- the second".
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from bot.core.words.text import clean

POINT = re.compile(r"\s*(?:[-*+\u2022\u2023\u25e6\u2043\u2013]|([0-9]{1,3})[.)])[ \t]+(\S.*)", re.DOTALL)


def point_of(line: str) -> str | None:
    """A line of a list in its usual form, "- words" or "1. words"; None for any other line."""
    found = POINT.fullmatch(clean(line).rstrip())
    if found is None:
        return None
    return f"{found[1]}. {found[2]}" if found[1] else f"- {found[2]}"


def points_below(lines: Sequence[str], place: int) -> Iterator[str]:
    """The list that stands directly under the line at `place`; blank lines do not end it."""
    for below in range(place + 1, len(lines)):
        point = point_of(lines[below])
        if point is not None:
            yield point
        elif lines[below].strip():
            return


def with_points(sentence: str, points: Iterable[str]) -> str:
    """A sentence with a list under it."""
    return "\n".join((sentence, *points))


def sentence_of(text: str) -> str:
    """A text without the list under it."""
    return _split(text)[0]


def points_of(text: str) -> tuple[str, ...]:
    """The list under a sentence."""
    return _split(text)[1]


def _split(text: str) -> tuple[str, tuple[str, ...]]:
    if "\n" not in text:
        return text, ()
    sentence, *points = text.split("\n")
    is_list = all(point_of(point) == point for point in points)
    return (sentence, tuple(points)) if is_list else (text, ())


def words_of(point: str) -> str:
    """A point of a list without its bullet or number."""
    found = POINT.fullmatch(point)
    return found[2] if found is not None else point


def in_a_row(text: str) -> str:
    """A text with its list on one line."""
    return text.replace("\n", " ")


def above_points(text: str, change: Callable[[str], str]) -> str:
    """A text whose sentence is changed, while the list under it stays, and the colon before that list."""
    sentence, points = _split(text)
    if points and sentence.endswith(":"):
        return with_points(f"{change(sentence[:-1].rstrip())}:", points)
    return with_points(change(sentence), points)
