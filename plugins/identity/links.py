"""The command that links accounts on several networks, confirms a link, ends it and shows it."""

import re
from collections.abc import Sequence
from datetime import timedelta

from bot.api import GATHERING, Ask, Effect, Needs, Reply, Write
from bot.api.facts import Account, IdentityClaimed, IdentityDisclaimed
from bot.api.people import CLAIM_HOLDS, Links, casefold, global_account
from plugins.identity import phrases
from plugins.identity.declaration import plugin

MOST_SHOWN = 5
MXID = re.compile(r"@[^\s:@]+:[^\s@]{1,200}")  # https://spec.matrix.org/latest/appendices/#user-identifiers
ACCOUNT = re.compile(r"[^\s@:/!*,]{1,64}")


@plugin.command(
    "iam",
    usage=phrases.USAGE,
    says="links your accounts on two networks, once you say it on both; alone, it shows who you are",
    example="#iam",
    needs=Needs.NOTHING,
)
def iam(ask: Ask) -> Sequence[Effect]:
    """Link the speaker with another account, end a link, or show the links."""
    own = ask.state.persons.account_of(ask.speaker)
    if own is None:
        real = ask.state.persons.behind(ask.speaker)
        bridged = real.network != ask.speaker.network
        return [Reply(phrases.OVER_A_BRIDGE(network=real.network) if bridged else phrases.NOT_PROVEN)]
    words = ask.rest.split()
    if not words:
        return [Reply(_status(ask, own))]
    denied = words[0].lower() == "not"
    if len(words) != 2 + denied:
        return [Reply(ask.usage)]
    other = _account(ask, *words[-2:])
    if isinstance(other, str):
        return [Reply(other)]
    return _disclaim(ask, own, other) if denied else _claim(ask, own, other)


def _account(ask: Ask, network: str, name: str) -> Account | str:
    """Read an account, or return the answer if there is none."""
    networks = ask.setup.network_names
    known = next((name for name in networks if name.casefold() == network.casefold()), None)
    if known is None:
        return phrases.NO_SUCH_NETWORK(name=network, networks=networks)
    kind = ask.setup.networks.get(known) or ("matrix" if name.startswith("@") else "irc")
    if kind == "matrix":
        if not MXID.fullmatch(name):
            return phrases.NO_SUCH_ID(name=name, network=known)
        return Account(known, name)
    if not ACCOUNT.fullmatch(name):
        return phrases.NO_SUCH_ACCOUNT(name=name, network=known)
    return Account(known, casefold(name, ask.state.persons.casemapping(known)))


def _claim(ask: Ask, own: Account, other: Account) -> Sequence[Effect]:
    links = ask.state.persons.links
    refused = _refusal(links, own, other)
    if refused:
        return [Reply(refused)]
    if links.claimed(own, other, ask.at) is not None:
        return [Reply(phrases.WAITS(typed=phrases.typed(own), other=phrases.named(other)))]
    confirmed = links.claimed(other, own, ask.at) is not None
    if confirmed:
        said = phrases.LINKED(own=phrases.named(own), other=phrases.named(other))
    else:
        hours = CLAIM_HOLDS // timedelta(hours=1)
        said = phrases.CLAIMED(typed=phrases.typed(own), other=phrases.named(other), hours=hours)
    return [Write(IdentityClaimed(own, other), stream=GATHERING, keep_on_undo=True), Reply(said)]


def _refusal(links: Links, own: Account, other: Account) -> str | None:
    """Return why the two accounts cannot be linked, or None."""
    mine, theirs = links.of(own), links.of(other)
    if _key(own) == _key(other):
        return phrases.YOURSELF(own=phrases.named(own))
    if _key(other) in map(_key, mine):
        return phrases.LINKED_ALREADY(own=phrases.named(own), other=phrases.named(other))
    if _key(own).network == _key(other).network:
        return phrases.TWO_PEOPLE(own=own.name, other=other.name)
    for linked in mine:
        for conflicting in theirs:
            if _key(linked).network == _key(conflicting).network:
                return _conflict(own, other, linked, conflicting)
    return None


def _conflict(own: Account, other: Account, mine: Account, theirs: Account) -> str:
    """Describe the conflict between `mine` of the speaker and `theirs` of the other, both on the same network."""
    if _key(theirs) == _key(other):
        return phrases.YOU_HAVE_ANOTHER(have=phrases.named(mine), typed=phrases.typed(mine, denied=True))
    if _key(mine) == _key(own):
        return phrases.THEY_HAVE_ANOTHER(other=phrases.named(other), have=phrases.named(theirs))
    return phrases.OTHERS_DIFFER(mine=phrases.named(mine), theirs=phrases.named(theirs))


def _key(account: Account) -> Account:
    return global_account(account.network, account.name)


def _disclaim(ask: Ask, own: Account, other: Account) -> Sequence[Effect]:
    links = ask.state.persons.links
    mine, theirs = phrases.named(own), phrases.named(other)
    if links.linked(own, other):
        said = phrases.UNLINKED(own=mine, other=theirs)
    elif links.claimed(own, other, ask.at) is not None:
        said = phrases.WITHDRAWN(other=theirs)
    elif links.claimed(other, own, ask.at) is not None:
        said = phrases.DECLINED(other=theirs)
    elif _key(other) in map(_key, links.of(own)) and _key(other) != _key(own):
        direct = [phrases.typed(each, denied=True) for each in links.of(own) if links.linked(own, each)]
        return [Reply(phrases.LINKED_THROUGH(own=mine, other=theirs, typed=direct))]
    else:
        return [Reply(phrases.NOT_LINKED(own=mine, other=theirs))]
    return [Write(IdentityDisclaimed(own, other), stream=GATHERING, keep_on_undo=True), Reply(said)]


def _status(ask: Ask, own: Account) -> str:
    links = ask.state.persons.links
    linked = [account for account in links.of(own) if _key(account) != _key(own)]
    claims = [pair for pair in links.claims if links.claimed(*pair, ask.at) is not None]
    said = [other for claimant, other in claims if _key(claimant) == _key(own)]
    asked = [claimant for claimant, other in claims if _key(other) == _key(own)]
    return phrases.described(own, linked, said[:MOST_SHOWN], asked[:MOST_SHOWN])
