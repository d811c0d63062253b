"""Who is who: people link their accounts of several networks, each side confirming the other."""

import re
from collections.abc import Sequence
from datetime import timedelta

from bot.api import (
    CLAIM_HOLDS,
    GATHERING,
    Account,
    Ask,
    Effect,
    IdentityClaimed,
    IdentityDisclaimed,
    Links,
    Needs,
    Plugin,
    Reply,
    Write,
    casefold,
    global_account,
    shortened,
)
from plugins.identity import phrases

LONGEST_QUOTED = 64
MOST_SHOWN = 5
MXID = re.compile(r"@[^\s:@]+:[^\s@]{1,200}")  # https://spec.matrix.org/latest/appendices/#user-identifiers
ACCOUNT = re.compile(r"[^\s@:/!*,]{1,64}")

plugin = Plugin("identity")


@plugin.command(
    "iam",
    usage=phrases.USAGE,
    says="links your accounts of two networks, once you say it on both; alone: who you are",
    example="#iam",
    needs=Needs.NOTHING,
)
def iam(ask: Ask) -> Sequence[Effect]:
    """Link the speaker with another account, end that, or tell how it stands."""
    own = ask.state.persons.account_of(ask.speaker)
    if own is None:
        meant = ask.state.persons.behind(ask.speaker)
        bridged = meant.network != ask.speaker.network
        return [Reply(phrases.over_a_bridge(meant.network) if bridged else phrases.not_proven())]
    words = ask.rest.split()
    if not words:
        return [Reply(_standing(ask, own))]
    denied = words[0].lower() == "not"
    if len(words) != 2 + denied:
        return [Reply(ask.usage)]
    other = _account(ask, *words[-2:])
    if isinstance(other, str):
        return [Reply(other)]
    return _disclaim(ask, own, other) if denied else _claim(ask, own, other)


def _account(ask: Ask, network: str, name: str) -> Account | str:
    """The account that is meant, or what is wrong with it."""
    networks = ask.setup.network_names
    known = next((one for one in networks if one.casefold() == network.casefold()), None)
    if known is None:
        return phrases.no_such_network(shortened(network, LONGEST_QUOTED), networks)
    kind = ask.setup.networks.get(known) or ("matrix" if name.startswith("@") else "irc")
    if kind == "matrix":
        if not MXID.fullmatch(name):
            return phrases.no_such_id(shortened(name, LONGEST_QUOTED), known)
        return Account(known, name)
    if not ACCOUNT.fullmatch(name):
        return phrases.no_such_account(shortened(name, LONGEST_QUOTED), known)
    return Account(known, casefold(name))


def _claim(ask: Ask, own: Account, other: Account) -> Sequence[Effect]:
    links = ask.state.persons.links
    refused = _refusal(links, own, other)
    if refused:
        return [Reply(refused)]
    if links.claimed(own, other, ask.at) is not None:
        return [Reply(phrases.waits(own, other))]
    confirmed = links.claimed(other, own, ask.at) is not None
    hours = CLAIM_HOLDS // timedelta(hours=1)
    said = phrases.linked(own, other) if confirmed else phrases.claimed(own, other, hours)
    return [Write(IdentityClaimed(own, other), stream=GATHERING, keep_on_undo=True), Reply(said)]


def _refusal(links: Links, own: Account, other: Account) -> str | None:
    """Why the two cannot be one person; None where they can."""
    mine, theirs = links.of(own), links.of(other)
    if _key(own) == _key(other):
        return phrases.yourself(own)
    if _key(other) in map(_key, mine):
        return phrases.linked_already(own, other)
    if _key(own).network == _key(other).network:
        return phrases.two_people(own, other)
    for one in mine:
        for two in theirs:
            if _key(one).network == _key(two).network:
                return _conflict(own, other, one, two)
    return None


def _conflict(own: Account, other: Account, one: Account, two: Account) -> str:
    """Two accounts of one network, `one` the speaker's and `two` the other's."""
    if _key(two) == _key(other):
        return phrases.you_have_another(one)
    if _key(one) == _key(own):
        return phrases.they_have_another(other, two)
    return phrases.others_differ(one, two)


def _key(account: Account) -> Account:
    return global_account(account.network, account.name)


def _disclaim(ask: Ask, own: Account, other: Account) -> Sequence[Effect]:
    links = ask.state.persons.links
    if links.linked(own, other):
        said = phrases.unlinked(own, other)
    elif links.claimed(own, other, ask.at) is not None:
        said = phrases.withdrawn(other)
    elif links.claimed(other, own, ask.at) is not None:
        said = phrases.declined(other)
    elif _key(other) in map(_key, links.of(own)) and _key(other) != _key(own):
        direct = [one for one in links.of(own) if links.linked(own, one)]
        return [Reply(phrases.linked_through(own, other, direct))]
    else:
        return [Reply(phrases.not_linked(own, other))]
    return [Write(IdentityDisclaimed(own, other), stream=GATHERING, keep_on_undo=True), Reply(said)]


def _standing(ask: Ask, own: Account) -> str:
    links = ask.state.persons.links
    linked = [one for one in links.of(own) if _key(one) != _key(own)]
    open_ones = [pair for pair in links.claims if links.claimed(*pair, ask.at) is not None]
    said = [other for one, other in open_ones if _key(one) == _key(own)]
    asked = [one for one, other in open_ones if _key(other) == _key(own)]
    return phrases.standing(own, linked, said[:MOST_SHOWN], asked[:MOST_SHOWN])
