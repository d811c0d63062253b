"""Who is one person: which identities are proven to be the same human, by a bridge or by a link of both sides.

Rules of this file: pure, and no look-alikes; what only looks like somebody is `bot.core.people.roll`'s. Facts hold identities
as they were, and who they are is worked out here from what is known now: so a link counts for what was before it, and
no longer once it is undone. Nothing here grows with users or lines: an identity is looked at when somebody asks.
"""

from collections.abc import Hashable, Iterable, Iterator, Mapping
from datetime import datetime, timedelta

from bot.core.facts import Account, IdentityClaimed, IdentityDisclaimed
from bot.core.people.identity import Identity, casefold, plain_name, same_rights
from bot.core.people.puppets import Puppets
from bot.core.session.session import Entry, Session, voided_causes

CLAIM_HOLDS = timedelta(hours=24)  # for so long the other side may confirm
MATRIX = ""  # the network of every Matrix id, which is the same whichever network tells it

Pair = tuple[Account, Account]


def global_account(network: str, account: str) -> Account:
    """An account by which people can be compared; a Matrix id is the same on all networks."""
    return Account(MATRIX if account.startswith("@") else network, account)


class Links:
    """The accounts that people said to be theirs, both from each: the fold of the stream of the gathering.

    claims: who said to be whom and when, and was not confirmed yet
    pairs:  those who both said so
    """

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        self.claims: dict[Pair, datetime] = {}
        self.pairs: set[Pair] = set()
        told = list(entries)
        voided = voided_causes(told)
        for entry in told:
            if entry.cause not in voided:
                self._take(entry)
        self._groups = _groups(self.pairs)

    def _take(self, entry: Entry) -> None:
        fact = entry.fact
        if isinstance(fact, IdentityClaimed):
            there = (fact.own, fact.other)
            back = (fact.other, fact.own)
            if back in self.claims and abs(entry.at - self.claims[back]) <= CLAIM_HOLDS:
                del self.claims[back]
                self.claims.pop(there, None)
                self.pairs.add(_pair(fact.own, fact.other))
            elif not self.linked(fact.own, fact.other):
                self.claims[there] = entry.at
        elif isinstance(fact, IdentityDisclaimed):
            self.claims.pop((fact.own, fact.other), None)
            self.claims.pop((fact.other, fact.own), None)
            self.pairs.discard(_pair(fact.own, fact.other))

    def linked(self, account: Account, other: Account) -> bool:
        """Whether these two confirmed each other."""
        return _pair(account, other) in self.pairs

    def claimed(self, own: Account, other: Account, at: datetime) -> datetime | None:
        """When `own` said to be `other`, where that can still be confirmed at `at`."""
        since = self.claims.get((own, other))
        return since if since is not None and at - since <= CLAIM_HOLDS else None

    def of(self, account: Account) -> tuple[Account, ...]:
        """All accounts of the person that has this one, itself among them, in a fixed order."""
        key = global_account(account.network, account.name)
        return self._groups.get(key, (account,))


def _pair(account: Account, other: Account) -> Pair:
    return (account, other) if _order(account) <= _order(other) else (other, account)


def _order(account: Account) -> tuple[str, str]:
    return account.network, account.name


def _groups(pairs: Iterable[Pair]) -> dict[Account, tuple[Account, ...]]:
    """The accounts of each person, by each of them."""
    together: dict[Account, set[Account]] = {}
    for pair in pairs:
        merged: set[Account] = set(pair)
        for one in pair:
            merged |= together.get(global_account(one.network, one.name), set())
        for one in merged:
            together[global_account(one.network, one.name)] = merged
    return {key: tuple(sorted(group, key=_order)) for key, group in together.items()}


class Persons:
    """Which identities are proven to be one human's."""

    def __init__(
        self,
        networks: Mapping[str, str] | None = None,
        puppets: Iterable[Puppets] = (),
        links: Links | None = None,
    ) -> None:
        """`networks` as `Setup` has them: kinds by name."""
        self.links = links or Links()
        self._matrix = tuple(name for name, kind in (networks or {}).items() if kind == "matrix")
        self._on_irc = tuple(puppet for puppet in puppets if not puppet.prefix)
        self._on_matrix = tuple(puppet for puppet in puppets if puppet.prefix)

    def behind(self, identity: Identity) -> Identity:
        """Whom a configured bridge's puppet stands for, as far as the bridge proves it; others stand for themselves.

        A nick that speaks over a bridge proves what the nick does, and no more.
        """
        for one in self._on_matrix:
            nick = one.nick_of(identity.account) if one.network == identity.network else ""
            if nick:
                return Identity(one.of, nick, casefold(nick))
        if identity.account.startswith("@"):
            for one in self._on_irc:
                if one.network == identity.network and one.of:
                    return Identity(one.of, one.plain(identity.name), identity.account, identity.account)
        return identity

    def plain(self, identity: Identity) -> str:
        """The name of somebody without the suffix of a bridge."""
        ours = (one.plain(identity.name) for one in self._on_irc if one.network == identity.network)
        return plain_name(next(ours, identity.name))

    def account_of(self, identity: Identity) -> Account | None:
        """The account by which somebody is proven, on the network where it is one; None where only a nick speaks."""
        meant = self.behind(identity)
        return Account(meant.network, meant.account) if meant.account else None

    def accounts_of(self, identity: Identity) -> tuple[Account, ...]:
        """All accounts of the person, comparable over all networks; empty where only a nick speaks."""
        own = self.account_of(identity)
        linked = self.links.of(own) if own is not None else ()
        return tuple(dict.fromkeys(global_account(one.network, one.name) for one in linked))

    def identities_of(self, identity: Identity) -> tuple[Identity, ...]:
        """All identities that are proven to be the same human, the given one first.

        Those of further accounts have no nick: their key is empty, or the Matrix id.
        """
        meant = self.behind(identity)
        found = [identity, meant]
        if meant.account:
            for account in self.links.of(Account(meant.network, meant.account)):
                found += self._identities(account, meant)
        else:
            found += self._puppets_of(meant)
        return tuple(dict.fromkeys(found))

    def _identities(self, account: Account, meant: Identity) -> Iterator[Identity]:
        """The identities of one account, wherever it is seen."""
        if not account.name.startswith("@"):
            key = meant.key if (meant.network, meant.account) == (account.network, account.name) else ""
            yield Identity(account.network, account.name, key, account.name)
            return
        name = account.name[1:].partition(":")[0]
        bridged = (one.network for one in self._on_irc if one.of)
        for network in dict.fromkeys((account.network, *self._matrix, *bridged)):
            yield Identity(network, name, account.name, account.name)

    def _puppets_of(self, nick: Identity) -> Iterator[Identity]:
        for one in self._on_matrix:
            if one.of == nick.network:
                mxid = one.mxid_of_nick(nick.name)
                yield Identity(one.network, nick.name, mxid, mxid)

    def has_rights_of(self, speaker: Identity, holder: Identity) -> bool:
        """Whether rights that `holder` got are `speaker`'s, under whichever identity each of them is."""
        held = self.behind(holder)
        return any(same_rights(held, one) for one in self.identities_of(speaker))

    def person_of(self, identity: Identity, session: Session | None = None) -> Hashable:
        """What all identities of one human have in common, and nobody else's: by it one person counts once.

        session: whose renames and logins count. A nick that nothing proves is a person of its own; one that somebody
        gave up in the session and somebody else took is still theirs, so that nobody can count twice.
        """
        meant = self.behind(identity)
        if not meant.account and session is not None:
            known = session.known.get(meant.key) if meant is not identity else None
            if known is not None and known.network == meant.network and known.account:
                meant = known  # the bridge says what this nick says, and that nick is logged in
            else:
                meant = session.now_of(meant)
        if not meant.account:
            return ("nick", meant.network, meant.key)
        first = self.links.of(Account(meant.network, meant.account))[0]
        return ("account", *_order(global_account(first.network, first.name)))
