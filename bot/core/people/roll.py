"""The roll of a part: the people of its sessions, each with one name.

It is the name that they gave with `#here`; else that of their account: the services account of an IRC network, or the
display name of an account of Matrix; else the nick that they used most. The puppet of a bridge has a nick and no account.

It is for display and attendance only; rights follow `bot.core.people.persons`. Identities are joined by an account, a link,
a bridge's puppet, a network's key or a rename, and by look-alike names unless they have different accounts on one network.
People who spoke are present; people who were only named are not.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from msgspec import Struct, field

from bot.core.facts import Owner, PersonRenamed, PersonSeen, PresenceWithdrawn
from bot.core.people.gathered import Gathered, shown_name
from bot.core.people.identity import Identity, casefold, look_alike
from bot.core.people.persons import Persons
from bot.core.people.real_names import real_name_in
from bot.core.session.session import Session

Said = Mapping[str, Sequence[tuple[Identity, int]]]


class Person(Struct, frozen=True):
    """Somebody, under their one name.

    lines: the number of lines that they said; 0 if the log was not read
    """

    name: str
    lines: int = 0


class Roll(Struct, frozen=True):
    """The people of some sessions; `present` are those who spoke, in the order of their first lines."""

    present: tuple[Person, ...] = ()
    names: Mapping[Identity, str] = field(default_factory=dict)
    look_alikes: Mapping[str, str] = field(default_factory=dict)

    def name_of(self, identity: Identity) -> str:
        """The name of the person behind an identity."""
        found = self.names.get(identity)
        return found if found is not None else self._by_look(identity.name)

    def name_of_owner(self, owner: Owner) -> str:
        """The name of an action's owner, who may be called otherwise in the action."""
        return self.name_of(owner.person) if owner.person is not None else self._by_look(owner.name)

    def _by_look(self, name: str) -> str:
        return self.look_alikes.get(look_alike(name), shown_name(name))


class _Register:
    """Everybody so far, with indexes to find them again."""

    def __init__(self, proven: Persons) -> None:
        self.proven = proven
        self.persons: list[Gathered] = []
        self.of: dict[Identity, Gathered] = {}
        self.by_mark: dict[tuple[str, ...], list[Gathered]] = {}

    def find(self, identity: Identity) -> Gathered:
        """The person behind an identity; a new person if nobody fits."""
        found = self.of.get(identity) or self.known(identity)
        if found is None:
            found = Gathered()
            self.persons.append(found)
        self.join(identity, found)
        return found

    def join(self, identity: Identity, person: Gathered) -> None:
        """Note that `identity` is `person`."""
        if self.of.get(identity) is person:
            return
        person.identities.append(identity)
        person.accounts.update(self.proven.accounts_of(identity))
        self.of[identity] = person
        for mark in self._marks(identity):
            others = self.by_mark.setdefault(mark, [])
            if person not in others:
                others.append(person)

    def merge(self, person: Gathered, other: Gathered) -> None:
        """Merge `other` into `person`: a rename proved that they are the same."""
        if person is other:
            return
        for identity in other.identities:
            self.join(identity, person)
        person.names = [name for name in other.names if name not in person.names] + person.names
        person.owned = other.owned | person.owned
        person.own |= other.own
        for name, (lines, seconds) in other.used.items():
            person.uses(name, lines, seconds)
        person.seen |= other.seen
        person.real_name = person.real_name or other.real_name
        self.persons.remove(other)
        for holders in self.by_mark.values():
            if other in holders:
                holders.remove(other)

    def may_be(self, person: Gathered, identity: Identity) -> bool:
        """Whether `identity` may be `person`, by their accounts."""
        return person.may_have(self.proven.accounts_of(identity))

    def known(self, identity: Identity) -> Gathered | None:
        """The known person that a new identity fits; None if there is none."""
        for mark in self._marks(identity):
            fitting = [person for person in self.by_mark.get(mark, ()) if self.may_be(person, identity)]
            if fitting:
                return fitting[-1]
        return None

    def _marks(self, identity: Identity) -> Iterator[tuple[str, ...]]:
        """The keys by which an identity is found again, strongest first."""
        for account in self.proven.accounts_of(identity):
            yield ("account", account.network, account.name)
        yield ("key", identity.network, identity.key)
        behind = self.proven.behind(identity)
        yield ("key", behind.network, behind.key)
        yield ("look", look_alike(self.proven.plain(identity)))


def roll(sessions: Iterable[Session], said: Said | None = None, proven: Persons | None = None) -> Roll:
    """The roll of `sessions`, which are sorted by start.

    said:   (identity, number of lines) pairs, by session id
    proven: resolves identities to persons
    """
    register = _Register(proven or Persons())
    sessions = list(sessions)
    for session in sessions:
        for entry in session.live():
            if isinstance(entry.fact, PersonSeen):
                _seen(register, entry.fact, entry.at)
            elif isinstance(entry.fact, PersonRenamed):
                _renamed(register, entry.fact, entry.at)
            elif isinstance(entry.fact, PresenceWithdrawn):
                for person in entry.fact.people:
                    register.find(person).withdrawn = True
        for known in register.persons:
            known.passes(session.ended or session.entries[-1].at)
        for identity, lines in (said or {}).get(session.id, ()):
            speaker = register.find(identity)
            speaker.lines += lines
            speaker.uses(register.proven.plain(identity), lines)
    owners = [owner for session in sessions for record in session.records for owner in record.content.owners]
    return _settled(register, owners)


def _seen(register: _Register, fact: PersonSeen, at: datetime) -> None:
    person = register.find(fact.person)
    person.called(fact.person, at, register.proven)
    person.seen, person.withdrawn = True, False
    person.real_name = real_name_in(fact.real_name) or person.real_name


def _renamed(register: _Register, fact: PersonRenamed, at: datetime) -> None:
    person = register.find(fact.old)
    if not person.names:
        person.called(fact.old, at, register.proven)
    known = register.of.get(fact.new)
    if known is not None and not register.may_be(known, fact.old):
        return  # somebody else was seen under this name
    if known is not None:
        register.merge(person, known)
    register.join(fact.new, person)
    person.called(fact.new, at, register.proven)


def _settled(register: _Register, owners: Sequence[Owner]) -> Roll:
    """The finished roll, with names also for owners who never spoke."""
    for owner in owners:
        _call(register, owner)
    names = _names([person for person in register.persons if person.names])
    named: dict[str, str] = {}
    for person, shown in names.items():
        for name in person.names:
            named.setdefault(look_alike(name), shown)
    for person, shown in names.items():
        named.setdefault(look_alike(person.real_name or shown), shown)
        named.setdefault(look_alike(person.account or shown), shown)
    for owner in owners:
        name = owner.person.name if owner.person is not None else owner.name
        named.setdefault(look_alike(name), shown_name(name))
    return Roll(
        present=tuple(Person(names[p], p.lines) for p in register.persons if p.is_present),
        names={identity: names[person] for identity, person in register.of.items() if person.names},
        look_alikes=named,
    )


def _call(register: _Register, owner: Owner) -> None:
    """Note by which name an action calls its owner."""
    if owner.person is not None:
        found = register.of.get(owner.person) or register.known(owner.person)
        if found is not None:
            register.join(owner.person, found)
    else:
        alike = register.by_mark.get(("look", look_alike(owner.name)), [])
        found = alike[0] if len(alike) == 1 else None
    if found is not None:
        found.typed.add(casefold(owner.name))


def _names(people: Sequence[Gathered]) -> dict[Gathered, str]:
    """The one name of each person; a real name that somebody else has too, or that is another's nick, with the nick."""
    main = Counter(casefold(person.main_name) for person in people)
    looks = {look_alike(name): person for person in people for name in person.names}
    nicks = {person: person.nick() for person in people}
    for person, nick in nicks.items():
        if main[casefold(nick)] > (casefold(nick) == casefold(person.main_name)):
            nicks[person] = shown_name(person.main_name)  # the bare form is somebody else's nick
        if person.account and looks.get(look_alike(person.account), person) is person:
            nicks[person] = person.account
    real = Counter(casefold(person.real_name) for person in people)
    names: dict[Gathered, str] = {}
    for person, nick in nicks.items():
        name = shown_name(person.real_name) if person.real_name else nick
        is_own = real[casefold(person.real_name)] == 1 and looks.get(look_alike(name), person) is person
        names[person] = name if is_own or name == nick else f"{name} ({nick})"
    return names
