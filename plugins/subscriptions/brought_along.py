"""Subscriptions that people had with another bot become pings like those that they ask for here.

Nobody proved the nicks of the other bot. Such a ping is its owner's for good as soon as the nick is seen logged in.
"""

from collections.abc import Iterator

from bot.api import GATHERING, Identity, Occasion, StateView, Write
from bot.api.events import Sighted
from bot.api.facts import SubscriptionBroughtAlong
from bot.api.people import casefold
from plugins.subscriptions.commands import LONGEST, written
from plugins.subscriptions.declaration import plugin
from plugins.subscriptions.facts import PingAsked, PingNickChanged
from plugins.subscriptions.patterns import is_searchable
from plugins.subscriptions.state import asked_by, subscriptions_of


@plugin.upon(SubscriptionBroughtAlong)
def brought_along(occasion: Occasion, fact: SubscriptionBroughtAlong) -> Iterator[Write]:
    """Ask for the ping in the name of its owner, within the limits that hold for what is typed."""
    state, limits = occasion.state, occasion.state.setup.limits
    if fact.gathering != state.setup.gathering.slug or not fact.regex:
        return
    owner = Identity(fact.network, fact.nick, casefold(fact.nick, _casemapping(state, fact.network)))
    mine = asked_by(state, owner)
    is_full = len(mine) >= limits.subscriptions
    if is_full or len(subscriptions_of(state).asked) >= limits.all_subscriptions:
        return
    if len(fact.regex) > LONGEST or not is_searchable(fact.regex) or any(p.regex == fact.regex for p in mine):
        return
    n = max((ping.n for ping in mine), default=0) + 1
    name = f"{occasion.cause}/{fact.network}/{owner.key}/{n}"
    yield written(PingAsked(name, n, fact.gathering, owner, regex=fact.regex))


@plugin.on(Sighted)
def logged_in(occasion: Occasion) -> Iterator[Write]:
    """Give the pings that a nick brought along to the account that it is logged in to."""
    event, state = occasion.event, occasion.state
    if not isinstance(event, Sighted) or not event.who.account:
        return
    who, known = event.who, subscriptions_of(state)
    if (who.network, who.key) not in known.nicks:
        return
    brought = {fact.regex for fact in _all_brought_along(state) if fact.network == who.network}
    nick = Identity(who.network, who.name, who.key)
    if any(ping.person.key == who.key and ping.regex in brought for ping in asked_by(state, nick)):
        yield written(PingNickChanged(nick, who))


def _all_brought_along(state: StateView) -> Iterator[SubscriptionBroughtAlong]:
    for entry in state.stream(GATHERING):
        if isinstance(entry.fact, SubscriptionBroughtAlong):
            yield entry.fact


def _casemapping(state: StateView, network: str) -> str:
    """How a network compares nicks, as far as one of the rooms shows it; else as most networks do."""
    setup = state.setup
    rooms = (*setup.gathering.rooms, *(room for track in setup.tracks for v in track.venues for room in v))
    known = (state.room(room) for room in rooms if room.startswith(f"{network}/"))
    return next((room.casemapping for room in known if room is not None), "rfc1459")
