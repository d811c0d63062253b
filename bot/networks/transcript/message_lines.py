"""The lines of a message in a log."""

from msgspec.structs import replace

from bot.core.events import Message


def lines_of(first: Message, further: tuple[str, ...]) -> tuple[Message, ...]:
    """A message of one line, with its further lines."""
    if not further:
        return (first,)
    texts = (first.text, *further)
    return tuple(replace(first, text=text, number=n, lines=texts) for n, text in enumerate(texts))
