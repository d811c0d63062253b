"""Ends links when services say that an account was dropped or registered anew.

Services tell nobody by themselves, so they are asked: about all linked accounts with each new connection, and about an account
when somebody with it is seen, at most once a day.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta

from bot.api import GATHERING, Effect, Identity, Occasion, Tell, Write
from bot.api.effects import Remember
from bot.api.events import AccountTold, Connected, Sighted
from bot.api.facts import Account, AccountGone
from plugins.identity import phrases
from plugins.identity.declaration import plugin

AGAIN = timedelta(days=1)
SERVICES = "NickServ"


@plugin.on(Connected)
def ask_about_all(occasion: Occasion) -> Sequence[Effect]:
    """Ask about each linked account of the network."""
    event = occasion.event
    if not isinstance(event, Connected):
        return ()
    return list(_asked(occasion, event.network, occasion.state.persons.links.named_on(event.network)))


@plugin.on(Sighted)
def ask_about_one(occasion: Occasion) -> Sequence[Effect]:
    """Ask about the linked account of somebody who is seen, unless that was done today."""
    event = occasion.event
    if not isinstance(event, Sighted) or not event.who.account:
        return ()
    network, account = event.who.network, event.who.account
    last = occasion.state.remembered(("identity", network, account))
    asked_today = isinstance(last, datetime) and occasion.at - last < AGAIN
    if asked_today or account not in occasion.state.persons.links.named_on(network):
        return ()
    return list(_asked(occasion, network, [account]))


def _asked(occasion: Occasion, network: str, accounts: Iterable[str]) -> Iterator[Effect]:
    for account in accounts:
        yield Remember(("identity", network, account), occasion.at)
        yield Tell(Identity(network, SERVICES, SERVICES.lower()), f"INFO {account}")


@plugin.on(AccountTold)
def end_links(occasion: Occasion) -> Sequence[Effect]:
    """End the links and claims of an account that is not registered, or was registered after them."""
    event = occasion.event
    if not isinstance(event, AccountTold):
        return ()
    account, links = Account(event.network, event.account), occasion.state.persons.links
    if event.account not in links.named_on(event.network):
        return ()
    if event.registered is not None and not links.any_before(account, event.registered):
        return ()
    owner = Identity(event.network, event.account, event.account, event.account)
    said = phrases.ACCOUNT_GONE(account=phrases.named(account))
    return [Write(AccountGone(account), stream=GATHERING), *([Tell(owner, said)] if event.registered else [])]
