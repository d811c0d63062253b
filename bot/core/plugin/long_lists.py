"""A list as an answer, one item a line: in the room while it is short, otherwise in private.

Nobody can write to people for whom a relay speaks; they get the beginning of a long list in the room.
"""

from collections.abc import Callable, Sequence
from typing import TypeVar

from bot.core import phrases
from bot.core.effects import Effect, Reply, Tell
from bot.core.people.identity import is_relayed
from bot.core.plugin.ask import Ask

T = TypeVar("T")

IN_A_ROOM, IN_PRIVATE = 5, 30  # items


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
    to_room = not is_long or is_relayed(ask.speaker)
    most = IN_A_ROOM if is_long and to_room else IN_PRIVATE
    shown = items[-most:] if newest_last else items[:most]
    lines = [told(item) for item in shown]
    if len(shown) < len(items):
        lines.insert(0 if newest_last else len(lines), more(len(items) - len(shown)))
    text = "\n".join([f"{head}:", *lines])
    return [Reply(text)] if to_room else [Reply(phrases.LIST_IN_PRIVATE(head=head)), Tell(ask.speaker, text)]
