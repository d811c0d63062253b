"""The rights in a session, as nicks change and accounts are proven."""

from collections.abc import Collection, Iterable, Mapping

from msgspec.structs import replace

from bot.core.facts import PersonRenamed
from bot.core.people.identity import Identity, same_rights
from bot.core.session.session import UNSEEN, Nick

Watched = Mapping[Nick, tuple[str, str]]


def nick_of(person: Identity) -> Nick:
    """The network and key by which a nick is compared."""
    return person.network, person.key


def given(watched: Watched, people: Iterable[Identity]) -> Watched:
    """The watched nicks, with those of people who got rights that only a nick proves."""
    new = [nick for who in people if not who.account and (nick := nick_of(who)) not in watched]
    return {**watched, **dict.fromkeys(new, UNSEEN)} if new else watched


def moved(watched: Watched, fact: PersonRenamed) -> Watched:
    """The watched nicks after a person took a new one; the old nick stays, because lapsed rights may belong to it."""
    old, new = nick_of(fact.old), nick_of(fact.new)
    if old == new or (old not in watched and new not in watched):
        return watched
    after = {**watched, new: watched.get(old, UNSEEN)}
    return {**after, old: UNSEEN} if old in watched else after


def is_among(person: Identity, people: Iterable[Identity]) -> bool:
    """Whether this person and one of these people have the same rights."""
    return any(same_rights(person, other) for other in people)


def proven(people: Iterable[Identity], person: Identity) -> tuple[Identity, ...]:
    """People who have rights only by nick get them by account when they prove one, so that the rights outlive the nick."""
    return tuple(person if person.account and is_by_nick(who, nick_of(person)) else who for who in people)


def is_by_nick(person: Identity, nick: Nick) -> bool:
    """Whether only this nick proves a person."""
    return not person.account and nick_of(person) == nick


def renamed(people: Iterable[Identity], fact: PersonRenamed, *, lapsed: bool) -> tuple[Identity, ...]:
    """People who have rights only by nick keep them under the new nick, unless the old nick is `lapsed`."""
    old, new = fact.old, fact.new

    def is_renamed(person: Identity) -> bool:
        same = (person.network, person.key) == (old.network, old.key)
        return same and (person.account == old.account if person.account else not lapsed)

    return tuple(replace(who, name=new.name, key=new.key) if is_renamed(who) else who for who in people)


def was_seen(seen: Collection[Identity], person: Identity) -> bool:
    """Whether somebody was seen under this nick; being named does not count."""
    return person in seen or any((who.network, who.key) == (person.network, person.key) for who in seen)


def became(before: Mapping[Nick, Identity], fact: PersonRenamed) -> Mapping[Nick, Identity]:
    """A person without an account changed their nick; the new nick is no longer anybody's former nick."""
    if fact.old.account:
        return before
    old, new = (fact.old.network, fact.old.key), (fact.new.network, fact.new.key)
    after = {key: person for key, person in before.items() if key != new}
    if old == new and not fact.new.account:  # only its spelling changed
        return after
    return {**after, old: fact.new}
