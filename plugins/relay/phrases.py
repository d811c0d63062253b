"""Everything that the relay says of its own."""

from collections.abc import Sequence

from bot.api import counted, listed_some, plural


def said(name: str, text: str) -> str:
    """Somebody said it in another room."""
    return f"<{name}> {text}"


def did(name: str, text: str) -> str:
    """Somebody did it in another room, by /me."""
    return f"* {name} {text}"


def edited(text: str) -> str:
    """What a message says now."""
    return f"(edited) {text}"


def and_more(text: str, lines: int) -> str:
    """The last line that is carried of a message with more of them."""
    return f"{text} (+{counted(lines, 'line')})"


def too_fast(room: str) -> str:
    """More comes than can be carried."""
    return f"very much is being said in {room} just now; it stays there until it is calmer"


def left_out(messages: int, names: Sequence[str], room: str) -> str:
    """What was not carried meanwhile."""
    return f"{counted(messages, 'message')} of {listed_some(names)} {plural(messages, 'is', 'are')} only in {room}"
