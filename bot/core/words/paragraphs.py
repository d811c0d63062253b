"""Texts of several paragraphs, one on each line; a list belongs to the paragraph above it."""

from collections.abc import Iterator

from bot.core.words.bullets import point_of


def paragraphs_of(text: str) -> Iterator[str]:
    """The paragraphs of a text, each with the points of its list on lines of their own; blank lines are left out."""
    paragraph = ""
    for line in filter(None, (line.strip() for line in text.split("\n"))):
        point = point_of(line)
        if paragraph and point is not None:
            paragraph += f"\n{point}"
            continue
        if paragraph:
            yield paragraph
        paragraph = line
    if paragraph:
        yield paragraph
