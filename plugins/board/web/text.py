"""The board as text for a terminal of 80 columns."""

import unicodedata
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from bot.api import clock
from bot.api.web import View
from bot.api.words import clean, day_in_words
from plugins.board.rows import DayMessage
from plugins.board.web.lines import TrackLine, elsewhere

WIDTH = 80
COLUMNS = (16, 36, 24)  # track, now, next; two blanks between them
GAP = "  "


def board_in_text(view: View, lines: Sequence[TrackLine], messages: Sequence[DayMessage]) -> str:
    """Return the board in lines of at most 80 columns."""
    return "\n".join(_parts(view, lines, messages)) + "\n"


def _parts(view: View, lines: Sequence[TrackLine], messages: Sequence[DayMessage]) -> Iterator[str]:
    title = view.state.setup.gathering.name or "Gatherbot"
    yield from wrapped(f"{title}, {day_in_words(view.local(view.at))}, {clock(view.at, view.zone)}", WIDTH)
    for note in view.notes:
        yield from wrapped(note, WIDTH)
    for message in messages:
        yield from wrapped(f"* {clean(message.text)}", WIDTH, "  ")
    yield ""
    on = [line for line in lines if line.has_something_on]
    if on:
        yield from _row(("TRACK",), ("NOW",), ("NEXT",))
        for line in on:
            yield from _of(view, line)
        yield ""
    quiet = ", ".join(line.track.slug for line in lines if not line.has_something_on)
    if quiet:
        yield from wrapped(f"Nothing on: {quiet}", WIDTH)
    elif not on:
        yield "Nothing is on."
    for group in elsewhere(view, lines):
        yield from wrapped(clean(f"{group.where}: {', '.join(group.people)}"), WIDTH, "  ")


def _of(view: View, line: TrackLine) -> Iterator[str]:
    first, second, third = COLUMNS
    now = wrapped(clean(line.now), second) if line.now else []
    if line.until is not None:
        now = wrapped(f"by the schedule until {clock(line.until, view.zone)}", second)
    since = [f"since {clock(line.since, view.zone)}"] if line.since is not None else []
    about = [*since, *(sign.text for sign in line.signs)]
    now += wrapped("; ".join(about), second) if about else []
    after = [row for text in line.next for row in wrapped(clean(text), third, "  ")]
    yield from _row(wrapped(line.track.slug, first), now, after)
    if line.join:
        yield f"{' ' * first}{GAP}{line.join}"


def _row(*cells: Sequence[str]) -> Iterator[str]:
    for pieces in zip_longest(*cells, fillvalue=""):
        padded = (
            piece + " " * (width - columns(piece)) for piece, width in zip(pieces, COLUMNS, strict=True)
        )
        yield GAP.join(padded).rstrip()


def columns(text: str) -> int:
    """Return how many columns of a terminal a text takes."""
    return sum(
        0 if unicodedata.combining(letter) else 1 + (unicodedata.east_asian_width(letter) in "WF")
        for letter in text
    )


def wrapped(text: str, width: int, then: str = "") -> list[str]:
    """Return the lines of a text, at most `width` columns wide; `then` begins all but the first."""
    lines: list[str] = [""]
    for word in text.split():
        for piece in _pieces(word, width - len(then)):
            grown = f"{lines[-1]} {piece}" if lines[-1].strip() else lines[-1] + piece
            if columns(grown) <= width:
                lines[-1] = grown
            else:
                lines.append(then + piece)
    return lines


def _pieces(word: str, width: int) -> Iterator[str]:
    piece = ""
    for letter in word:
        if columns(piece + letter) > width:
            yield piece
            piece = ""
        piece += letter
    yield piece
