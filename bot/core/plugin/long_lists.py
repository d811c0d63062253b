"""Long answers: those that are told in private, and lists, one item a line, which are told there if they are long.

Nobody can write to people for whom a relay speaks; they get a text, or the beginning of a long list, in the room.
"""

from collections.abc import Callable, Sequence
from typing import TypeVar

from bot.core import phrases
from bot.core.effects import Effect, Reply, Tell
from bot.core.people.identity import is_relayed
from bot.core.plugin.ask import Ask

T = TypeVar("T")

IN_A_ROOM, IN_PRIVATE = 5, 30  # items


def in_private(ask: Ask, text: str, said: str) -> list[Effect]:
    """Answer with a long text in private; `said` tells the room about it."""
    if ask.room.private or is_relayed(ask.speaker):
        return [Reply(text)]
    return [Reply(said), Tell(ask.speaker, text)]


def listing(
    ask: Ask,
    head: str,
    items: Sequence[T],
    told: Callable[[T], str],
    more: Callable[[int], str],
    *,
    newest_last: bool = False,
) -> list[Effect]:
    """Answer with a list.

    head: what is listed, and how many; a colon follows it
    told: formats an item; called only for the items that are shown
    more: the line for the number of items that are not shown
    newest_last: of a list that is too long, the last items are shown
    """
    if len(items) == 1:
        return [Reply(f"{head}: {told(items[0])}")]
    is_long = len(items) > IN_A_ROOM and not ask.room.private
    most = IN_A_ROOM if is_long and is_relayed(ask.speaker) else IN_PRIVATE
    shown = items[-most:] if newest_last else items[:most]
    lines = [told(item) for item in shown]
    if len(shown) < len(items):
        lines.insert(0 if newest_last else len(lines), more(len(items) - len(shown)))
    text = "\n".join([f"{head}:", *lines])
    return in_private(ask, text, phrases.LIST_IN_PRIVATE(head=head)) if is_long else [Reply(text)]
