"""Pings: private messages when a requested topic begins, and mentions of people when their agenda item begins."""

from collections.abc import Iterator, Sequence

from bot.api import GATHERING, Effect, Needs, Occasion, Plugin, StateView, Write
from bot.api.events import Departed, NickChanged
from bot.api.facts import TopicClosed, TopicOpened
from bot.api.people import plain_name
from plugins.subscriptions import commands, patterns, phrases, pings
from plugins.subscriptions.facts import FACTS, PingNickChanged, PingNickLeft
from plugins.subscriptions.state import standing_of

plugin = Plugin("subscriptions", facts=FACTS)
plugin.warm_ups.append(patterns.engine)
plugin.upon(TopicOpened)(pings.topic_opened)
plugin.upon(TopicClosed)(pings.topic_closed)


@plugin.presence_changes.append
def follow_nick(occasion: Occasion) -> Sequence[Effect]:
    """Follow the nicks of people without an account; their pings end when they leave."""
    nicks = standing_of(occasion.state).nicks
    match occasion.event:
        case NickChanged(old, new) if old.key != new.key and (old.network, old.key) in nicks:
            return [Write(PingNickChanged(old, new), stream=GATHERING)]
        case Departed(who, _, False) if (who.network, who.key) in nicks:
            return [Write(PingNickLeft(who), stream=GATHERING)]
    return ()


@plugin.remarks.append
def names_at(state: StateView, item: str) -> Iterator[str]:
    """Yield the names to show with an agenda item."""
    names = standing_of(state).names.get(item, ())
    if names:
        yield phrases.REMARK(people=[plain_name(at.person.name) for at in names])


plugin.command(
    "pingme",
    usage=phrases.USAGE,
    says="tells you in private when such a topic starts; alone it lists your pings; with N you are called here when item N comes up",
    example="#pingme topic ~ migration",
    needs=Needs.NOTHING,
)(commands.pingme)
plugin.command(
    "subscribe",
    bare=("+subscribe",),
    usage="+subscribe REGEX",
    says='tells you in private when "#track topic" matches a pattern; alone it lists your pings',
    example="+subscribe #nova .*migration",
    needs=Needs.NOTHING,
)(commands.subscribe)
plugin.command(
    "unsubscribe",
    bare=("+unsubscribe",),
    usage="+unsubscribe, or +unsubscribe N",
    says="ends ping N; alone it ends those asked for with a pattern",
    example="+unsubscribe",
    before=("+subscribe #nova .*migration",),
    needs=Needs.NOTHING,
)(commands.unsubscribe)
