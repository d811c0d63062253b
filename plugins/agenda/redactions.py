"""Redaction of agenda items in every fact that holds a copy.

The id of an item begins with the cause that added it, so copies are found by id. A redacted edit of an item also
removes its title and proposer from every copy.
"""

from collections.abc import Callable
from typing import Any

from msgspec.structs import replace

from plugins.agenda.facts import (
    REMOVED_TITLE,
    AgendaHandedOver,
    AgendaItemEdited,
    AgendaItemsAdded,
    AgendaLeft,
    AgendaPreviewed,
    AgendaTaken,
    Item,
)

Gone = Callable[[str], bool]
Lists = AgendaItemsAdded | AgendaPreviewed | AgendaTaken | AgendaLeft


def _is_gone(item_id: str, gone: Gone) -> bool:
    return gone(item_id) or gone(item_id.rpartition(".")[0])


def _list(fact: Lists, gone: Gone) -> Lists:
    return replace(fact, items=tuple(_item(item) if _is_gone(item.id, gone) else item for item in fact.items))


def _item(item: Item) -> Item:
    return replace(item, title=REMOVED_TITLE, proposer="")


def _edit(fact: AgendaItemEdited, gone: Gone) -> AgendaItemEdited:
    return replace(fact, title=REMOVED_TITLE, proposer="") if _is_gone(fact.id, gone) else fact


# redacting the message that opened or closed a session must not blank items that other messages added
BLANKS: dict[type, Callable[[Any], object]] = dict.fromkeys(
    (AgendaTaken, AgendaHandedOver, AgendaLeft), lambda fact: fact
)
COPIES: dict[type, Callable[[Any, Gone], object]] = {
    **dict.fromkeys((AgendaItemsAdded, AgendaPreviewed, AgendaTaken, AgendaLeft), _list),
    AgendaItemEdited: _edit,
}
NAMES: dict[type, Callable[[Any], tuple[str, ...]]] = {AgendaItemEdited: lambda fact: (fact.id,)}
