"""Pings: private messages when a requested topic begins, and mentions of people when their agenda item begins."""

from collections.abc import Iterator, Sequence

from bot.api import GATHERING, Effect, Occasion, StateView, Write
from bot.api.events import Departed, NickChanged
from bot.api.people import plain_name
from plugins.subscriptions import brought_along, commands, patterns, phrases, pings
from plugins.subscriptions.declaration import plugin
from plugins.subscriptions.facts import PingNickChanged, PingNickLeft
from plugins.subscriptions.state import subscriptions_of

__all__ = ["brought_along", "commands", "patterns", "pings", "plugin"]


@plugin.on(NickChanged)
@plugin.on(Departed)
def follow_nick(occasion: Occasion) -> Sequence[Effect]:
    """Follow the nicks of people without an account; their pings end when they leave."""
    nicks = subscriptions_of(occasion.state).nicks
    match occasion.event:
        case NickChanged(old, new) if old.key != new.key and (old.network, old.key) in nicks:
            return [Write(PingNickChanged(old, new), stream=GATHERING)]
        case Departed(who, _, False) if (who.network, who.key) in nicks:
            return [Write(PingNickLeft(who), stream=GATHERING)]
    return ()


@plugin.agenda.remarks
def names_at(state: StateView, item: str) -> Iterator[str]:
    """Yield the names to show with an agenda item."""
    names = subscriptions_of(state).names.get(item, ())
    if names:
        yield phrases.REMARK(people=[plain_name(at.person.name) for at in names])
