"""Persons: the identities that are proven to be the same human, by a bridge or by a link that both sides confirmed.

Look-alike names prove nothing here; `bot.core.people.roll` deals with them. Facts store identities as they were, and this
module resolves them with what is known now: a link also counts for earlier facts, and stops counting when it is undone.
Identities are resolved on demand, and only so many are kept, so nothing grows with the number of users or lines.
"""

from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from bot.core.facts import Account, AccountGone, IdentityClaimed, IdentityDisclaimed
from bot.core.people.identity import Identity, casefold, plain_name, same_rights
from bot.core.people.puppets import Puppets
from bot.core.session.session import Entry, Session, voided_causes

CLAIM_HOLDS = timedelta(hours=24)  # the time to confirm a claim
MOST_RESOLVED = 2000  # identities that are kept; those of the people who speak are asked for again and again
MATRIX = ""  # the network of every Matrix id, which is the same on all networks

Pair = tuple[Account, Account]


def global_account(network: str, account: str) -> Account:
    """An account that can be compared across networks; a Matrix id is the same on all of them."""
    return Account(MATRIX if account.startswith("@") else network, account)


class Links:
    """The links between accounts: the fold of the gathering's stream.

    claims: claims that are not confirmed yet, (own, other), with their time
    pairs:  accounts that claimed each other
    since:  when these pairs were confirmed
    """

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        self.claims: dict[Pair, datetime] = {}
        self.pairs: set[Pair] = set()
        self.since: dict[Pair, datetime] = {}
        entries = list(entries)
        voided = voided_causes(entries)
        for entry in entries:
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
                self.since[_pair(fact.own, fact.other)] = entry.at
            elif not self.linked(fact.own, fact.other):
                self.claims[there] = entry.at
        elif isinstance(fact, IdentityDisclaimed):
            self.claims.pop((fact.own, fact.other), None)
            self.claims.pop((fact.other, fact.own), None)
            self.pairs.discard(_pair(fact.own, fact.other))
        elif isinstance(fact, AccountGone):
            self.claims = {pair: at for pair, at in self.claims.items() if fact.account not in pair}
            self.pairs = {pair for pair in self.pairs if fact.account not in pair}

    def named_on(self, network: str) -> list[str]:
        """The accounts on a network that are linked or claimed, or claim another."""
        accounts = {account for pair in (*self.pairs, *self.claims) for account in pair}
        return sorted(account.name for account in accounts if account.network == network)

    def any_before(self, account: Account, moment: datetime) -> bool:
        """Whether a link or a claim with this account is older than `moment`."""
        times = [self.since[pair] for pair in self.pairs if account in pair]
        times += [at for pair, at in self.claims.items() if account in pair]
        return any(at < moment for at in times)

    def linked(self, account: Account, other: Account) -> bool:
        """Whether these two accounts claimed each other."""
        return _pair(account, other) in self.pairs

    def claimed(self, own: Account, other: Account, at: datetime) -> datetime | None:
        """The time when `own` claimed `other`, if the claim can still be confirmed at `at`; else None."""
        since = self.claims.get((own, other))
        return since if since is not None and at - since <= CLAIM_HOLDS else None

    def of(self, account: Account) -> tuple[Account, ...]:
        """All accounts of the person with this account, including it, in a fixed order."""
        key = global_account(account.network, account.name)
        return self._groups.get(key, (account,))

    def joined(self, groups: Iterable[Sequence[Account]]) -> Mapping[Account, tuple[Account, ...]]:
        """All accounts of each person, by each of them, if the accounts of each of these groups are one person's too."""
        more = {_pair(group[0], other) for group in groups for other in group[1:]}
        return _groups(self.pairs | more) if more else self._groups


def _pair(account: Account, other: Account) -> Pair:
    return (account, other) if _order(account) <= _order(other) else (other, account)


def _order(account: Account) -> tuple[str, str]:
    return account.network, account.name


def _groups(pairs: Iterable[Pair]) -> dict[Account, tuple[Account, ...]]:
    """The accounts of each person, by each of these accounts."""
    together: dict[Account, set[Account]] = {}
    for pair in pairs:
        merged: set[Account] = set(pair)
        for account in pair:
            merged |= together.get(global_account(account.network, account.name), set())
        for account in merged:
            together[global_account(account.network, account.name)] = merged
    return {key: tuple(sorted(group, key=_order)) for key, group in together.items()}


class Persons:
    """Resolves identities to the humans behind them."""

    def __init__(
        self,
        networks: Mapping[str, str] | None = None,
        puppets: Iterable[Puppets] = (),
        links: Links | None = None,
        casemappings: Mapping[str, str] | None = None,
        known: Iterable[Collection[str]] = (),
    ) -> None:
        """Who is who.

        networks:     names mapped to kinds, as in `Setup`
        casemappings: names of networks mapped to what they say about the comparison of names
        known:        accounts ("oftc/account", "@user:hs") of each person whom the configuration knows by several
        """
        self.links = links or Links()
        self._casemappings = casemappings or {}
        self._matrix = tuple(name for name, kind in (networks or {}).items() if kind == "matrix")
        self._on_irc = tuple(puppet for puppet in puppets if not puppet.prefix)
        self._on_matrix = tuple(puppet for puppet in puppets if puppet.prefix)
        self._resolved: dict[Identity, tuple[Identity, ...]] = {}
        self._groups = self.links.joined(list(map(self._configured, sorted(names))) for names in known)

    def _configured(self, account: str) -> Account:
        """A configured account, as its network proves it."""
        if account.startswith("@"):
            return Account(MATRIX, account)
        network, _, name = account.partition("/")
        return Account(network, casefold(name, self.casemapping(network)))

    def _all_of(self, account: Account) -> tuple[Account, ...]:
        """All accounts of the person with this account, including it, in a fixed order."""
        return self._groups.get(global_account(account.network, account.name), (account,))

    def behind(self, identity: Identity) -> Identity:
        """The identity that a configured bridge's puppet stands for, as far as the bridge proves it; else `identity`.

        A nick that speaks through a bridge proves no more than the nick itself.
        """
        for puppets in self._on_matrix:
            nick = puppets.nick_of(identity.account) if puppets.network == identity.network else ""
            if nick:
                return Identity(
                    puppets.of, nick, casefold(nick, self._casemappings.get(puppets.of, "rfc1459"))
                )
        if identity.account.startswith("@"):
            for puppets in self._on_irc:
                if puppets.network == identity.network and puppets.of:
                    name = puppets.plain(identity.name)
                    return Identity(puppets.of, name, identity.account, identity.account)
        return identity

    def plain(self, identity: Identity) -> str:
        """The name of somebody without a bridge's suffix."""
        names = (p.plain(identity.name) for p in self._on_irc if p.network == identity.network)
        return plain_name(next(names, identity.name))

    def account_of(self, identity: Identity) -> Account | None:
        """The account that proves somebody, on its own network; None if only a nick is known."""
        person = self.behind(identity)
        return Account(person.network, person.account) if person.account else None

    def accounts_of(self, identity: Identity) -> tuple[Account, ...]:
        """All accounts of the person, comparable across networks; empty if only a nick is known."""
        own = self.account_of(identity)
        linked = self._all_of(own) if own is not None else ()
        return tuple(dict.fromkeys(global_account(account.network, account.name) for account in linked))

    def identities_of(self, identity: Identity) -> tuple[Identity, ...]:
        """All identities that are proven to be the same human, `identity` first.

        The identities of other accounts have no nick: their key is empty, or the Matrix id.
        """
        found = self._resolved.get(identity)
        if found is None:
            if len(self._resolved) >= MOST_RESOLVED:
                self._resolved.clear()
            found = self._resolved[identity] = self._resolve(identity)
        return found

    def _resolve(self, identity: Identity) -> tuple[Identity, ...]:
        person = self.behind(identity)
        found = [identity, person]
        if person.account:
            for account in self._all_of(Account(person.network, person.account)):
                found += self._identities(account, person)
        else:
            found += self._puppets_of(person)
        return tuple(dict.fromkeys(found))

    def _identities(self, account: Account, person: Identity) -> Iterator[Identity]:
        """The identities of an account on all networks where it can be seen."""
        if not account.name.startswith("@"):
            is_own = (person.network, person.account) == (account.network, account.name)
            key = person.key if is_own else ""
            yield Identity(account.network, account.name, key, account.name)
            return
        name = account.name[1:].partition(":")[0]
        bridged = (puppets.network for puppets in self._on_irc if puppets.of)
        where = (account.network,) if account.network != MATRIX else ()
        for network in dict.fromkeys((*where, *self._matrix, *bridged)):
            yield Identity(network, name, account.name, account.name)

    def _puppets_of(self, nick: Identity) -> Iterator[Identity]:
        for puppets in self._on_matrix:
            if puppets.of == nick.network:
                mxid = puppets.mxid_of_nick(nick.name)
                yield Identity(puppets.network, nick.name, mxid, mxid)

    def casemapping(self, network: str) -> str:
        """How a network compares names; until it has said so, "ascii", by which the fewest are the same."""
        return self._casemappings.get(network, "ascii")

    def is_named_in(self, accounts: Collection[str], person: Identity) -> bool:
        """Whether this identity has one of the configured accounts ("oftc/Account", "@user:hs"), as its network compares them."""
        if not person.account:
            return False
        if person.account in accounts:
            return True
        mapping = self.casemapping(person.network)
        own = casefold(person.account, mapping)
        named = (account.partition("/") for account in accounts)
        return any(network == person.network and casefold(name, mapping) == own for network, _, name in named)

    def has_rights_of(self, speaker: Identity, holder: Identity) -> bool:
        """Whether `speaker` has the rights given to `holder`, under any identity of either."""
        return any(True for _ in self.held_by(speaker, [holder]))

    def held_by(self, speaker: Identity, holders: Iterable[Identity]) -> Iterator[int]:
        """The places of the holders whose rights `speaker` has; for many of them, as `has_rights_of` for each."""
        identities = self.identities_of(speaker)
        for place, holder in enumerate(holders):
            owner = self.behind(holder)
            if any(same_rights(owner, identity) for identity in identities):
                yield place

    def person_of(self, identity: Identity, session: Session | None = None) -> Hashable:
        """A key that is the same for all identities of one human and different for everybody else.

        session: its renames and logins count. An unproven nick is a person of its own; a nick that one person gave up in
        the session and another took still means the first, so nobody can count twice.
        """
        person = self.behind(identity)
        if not person.account and session is not None:
            known = session.known.get(person.key) if person is not identity else None
            if known is not None and known.network == person.network and known.account:
                person = known  # the bridge relays this nick, and the nick is logged in
            else:
                person = session.now_of(person)
        if not person.account:
            return ("nick", person.network, person.key)
        first = self._all_of(Account(person.network, person.account))[0]
        return ("account", *_order(global_account(first.network, first.name)))
