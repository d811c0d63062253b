"""Who is one person: the identities of a part's sessions put together, each person with one name.

Rules of this file: for display and attendance only; rights follow `bot.core.people.persons`. What proves two identities to be
one joins them: an account, a link, a bridge's puppet, a network's key, a rename; look-alike names do where no two
accounts of one network speak against it. A person is there who was seen speaking; who was only named is known by name,
and not there.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct, field

from bot.core.facts import Account, Owner, PersonRenamed, PersonSeen
from bot.core.people.identity import Identity, look_alike, plain_name
from bot.core.people.persons import Persons
from bot.core.session.session import Session
from bot.core.words.text import clean

NAMELESS = "somebody"  # a display name may be nothing but control codes
Said = Mapping[str, Sequence[tuple[Identity, int]]]


class Person(Struct, frozen=True):
    """Somebody, under the newest of their names.

    lines: how many lines they said, where the log was asked
    """

    name: str
    lines: int = 0
    real_name: str = ""


class Roll(Struct, frozen=True):
    """The persons of some sessions; `present` are those who spoke, by their first word."""

    present: tuple[Person, ...] = ()
    names: Mapping[Identity, str] = field(default_factory=dict)
    look_alikes: Mapping[str, str] = field(default_factory=dict)

    def name_of(self, identity: Identity) -> str:
        """The one name of the person behind an identity."""
        found = self.names.get(identity)
        return found if found is not None else self._by_look(identity.name)

    def name_of_owner(self, owner: Owner) -> str:
        """The one name of an action's owner, whom the action may name in another way."""
        return self.name_of(owner.person) if owner.person is not None else self._by_look(owner.name)

    def _by_look(self, name: str) -> str:
        return self.look_alikes.get(look_alike(name), _shown(name))


def _shown(name: str) -> str:
    """A name as a line of text can hold it."""
    return " ".join(clean(plain_name(name)).split()) or NAMELESS


class _Gathered(Struct, eq=False):
    """A person while identities are still being put together."""

    identities: list[Identity] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    accounts: set[Account] = field(default_factory=set)
    seen: bool = False
    lines: int = 0
    real_name: str = ""

    def may_have(self, accounts: Iterable[Account]) -> bool:
        """Whether somebody with these accounts may be this person: no other one of the same network speaks against it."""
        theirs = set(accounts)
        if theirs & self.accounts:
            return True
        return not {one.network for one in theirs} & {account.network for account in self.accounts}

    def called(self, name: str) -> None:
        """`name` is the newest one."""
        if name in self.names:
            self.names.remove(name)
        self.names.append(name)

    def name(self) -> str:
        """The newest name; the one without the underscores of a reconnect where both were seen."""
        shown = [_shown(name) for name in self.names]
        bare = shown[-1].rstrip("_")
        return bare if bare in shown else shown[-1]


class _Register:
    """Everybody so far, and how they are found again."""

    def __init__(self, proven: Persons) -> None:
        self.proven = proven
        self.persons: list[_Gathered] = []
        self.of: dict[Identity, _Gathered] = {}
        self.by_mark: dict[tuple[str, ...], list[_Gathered]] = {}

    def find(self, identity: Identity) -> _Gathered:
        """The person behind an identity, a new one where nobody is."""
        found = self.of.get(identity) or self.known(identity)
        if found is None:
            found = _Gathered()
            self.persons.append(found)
        self.join(identity, found)
        return found

    def join(self, identity: Identity, person: _Gathered) -> None:
        """`identity` is `person`."""
        if self.of.get(identity) is person:
            return
        person.identities.append(identity)
        person.accounts.update(self.proven.accounts_of(identity))
        self.of[identity] = person
        for mark in self._marks(identity):
            others = self.by_mark.setdefault(mark, [])
            if person not in others:
                others.append(person)

    def merge(self, one: _Gathered, other: _Gathered) -> None:
        """A rename proved that two are one; the earlier of them stays."""
        if one is other:
            return
        for identity in other.identities:
            self.join(identity, one)
        one.names = [name for name in other.names if name not in one.names] + one.names
        one.seen |= other.seen
        one.real_name = one.real_name or other.real_name
        self.persons.remove(other)
        for holders in self.by_mark.values():
            if other in holders:
                holders.remove(other)

    def may_be(self, person: _Gathered, identity: Identity) -> bool:
        """Whether no account speaks against `identity` being `person`."""
        return person.may_have(self.proven.accounts_of(identity))

    def known(self, identity: Identity) -> _Gathered | None:
        """The person whom an identity fits that was not seen before."""
        for mark in self._marks(identity):
            fitting = [one for one in self.by_mark.get(mark, ()) if self.may_be(one, identity)]
            if fitting:
                return fitting[-1]
        return None

    def _marks(self, identity: Identity) -> Iterator[tuple[str, ...]]:
        """By what an identity is found again, the strongest first."""
        for account in self.proven.accounts_of(identity):
            yield ("account", account.network, account.name)
        yield ("key", identity.network, identity.key)
        meant = self.proven.behind(identity)
        yield ("key", meant.network, meant.key)
        yield ("look", look_alike(self.proven.plain(identity)))


def roll(sessions: Iterable[Session], said: Said | None = None, proven: Persons | None = None) -> Roll:
    """The persons of `sessions` (by start); `said` are the lines that each identity said, by session.

    proven: who is proven to be one person
    """
    register = _Register(proven or Persons())
    told = list(sessions)
    for session in told:
        for entry in session.live():
            if isinstance(entry.fact, PersonSeen):
                _seen(register, entry.fact)
            elif isinstance(entry.fact, PersonRenamed):
                _renamed(register, entry.fact)
        for identity, lines in (said or {}).get(session.id, ()):
            register.find(identity).lines += lines
    owners = [owner for session in told for record in session.records for owner in record.content.owners]
    return _settled(register, owners)


def _seen(register: _Register, fact: PersonSeen) -> None:
    person = register.find(fact.person)
    person.called(register.proven.plain(fact.person))
    person.seen = True
    person.real_name = fact.real_name or person.real_name


def _renamed(register: _Register, fact: PersonRenamed) -> None:
    person = register.find(fact.old)
    if not person.names:
        person.called(register.proven.plain(fact.old))
    known = register.of.get(fact.new)
    if known is not None and not register.may_be(known, fact.old):
        return  # somebody else was seen as that
    if known is not None:
        register.merge(person, known)
    register.join(fact.new, person)
    person.called(register.proven.plain(fact.new))


def _settled(register: _Register, owners: Iterable[Owner]) -> Roll:
    """The names that hold, also for owners who never spoke."""
    named: dict[str, str] = {}
    for person in register.persons:
        if person.names:
            for name in person.names:
                named.setdefault(look_alike(name), person.name())
    for owner in owners:
        name = owner.person.name if owner.person is not None else owner.name
        if owner.person is not None and owner.person not in register.of:
            known = register.known(owner.person)
            if known is not None:
                register.join(owner.person, known)
        named.setdefault(look_alike(name), _shown(name))
    return Roll(
        present=tuple(Person(one.name(), one.lines, one.real_name) for one in register.persons if one.seen),
        names={identity: person.name() for identity, person in register.of.items() if person.names},
        look_alikes=named,
    )
