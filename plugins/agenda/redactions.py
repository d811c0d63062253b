"""Redaction of agenda items in every fact that holds a copy.

The id of an item begins with the cause that added it, so copies are found by id. A redacted edit of an item also
removes its title and proposer from every copy.
"""

from collections.abc import Callable
from typing import Any

from msgspec.structs import replace

from bot.api.facts import REMOVED_TITLE
from bot.api.records import Gone, retitled
from plugins.agenda.facts import (
    AgendaHandedOver,
    AgendaItemEdited,
    AgendaItemsAdded,
    AgendaLeft,
    AgendaPreviewed,
    AgendaTaken,
    Item,
)

Lists = AgendaItemsAdded | AgendaPreviewed | AgendaTaken | AgendaLeft


def _list(fact: Lists, gone: Gone) -> Lists:
    return replace(fact, items=tuple(_item(item) if gone(item.id) else item for item in fact.items))


def _moved_list(fact: AgendaTaken | AgendaLeft, gone: Gone) -> Lists:
    """A list that items moved along with; an item that was a topic kept the topic's title."""
    return _list(fact, lambda item: gone(item) or gone(retitled(item)))


def _item(item: Item) -> Item:
    return replace(item, title=REMOVED_TITLE, proposer="")


def _edit(fact: AgendaItemEdited, gone: Gone) -> AgendaItemEdited:
    return replace(fact, title=REMOVED_TITLE, proposer="") if gone(fact.id) else fact


# redacting the message that opened or closed a session must not blank items that other messages added
BLANKS: dict[type, Callable[[Any], object]] = dict.fromkeys(
    (AgendaTaken, AgendaHandedOver, AgendaLeft), lambda fact: fact
)
COPIES: dict[type, Callable[[Any, Gone], object]] = {
    **dict.fromkeys((AgendaItemsAdded, AgendaPreviewed), _list),
    **dict.fromkeys((AgendaTaken, AgendaLeft), _moved_list),
    AgendaItemEdited: _edit,
}
NAMES: dict[type, Callable[[Any], tuple[str, ...]]] = {AgendaItemEdited: lambda fact: (fact.id,)}
