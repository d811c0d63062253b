"""The rights in a session, as nicks change and accounts are proven."""

from collections.abc import Collection, Iterable, Mapping

from msgspec.structs import replace

from bot.core.facts import PersonRenamed
from bot.core.people.identity import Identity, same_rights

Nick = tuple[str, str]  # network and key


def is_among(person: Identity, people: Iterable[Identity]) -> bool:
    """Whether this person and one of these people have the same rights."""
    return any(same_rights(person, other) for other in people)


def proven(people: Iterable[Identity], person: Identity) -> tuple[Identity, ...]:
    """People who have rights only by nick get them by account when they prove one, so that the rights outlive the nick."""
    nick = replace(person, account="")
    return tuple(person if person.account and _is_nick(who, nick) else who for who in people)


def _is_nick(person: Identity, nick: Identity) -> bool:
    """Whether a person is proven by this nick alone."""
    return not person.account and (person.network, person.key) == (nick.network, nick.key)


def renamed(people: Iterable[Identity], fact: PersonRenamed, *, lapsed: bool) -> tuple[Identity, ...]:
    """People who have rights only by nick keep them under the new nick, unless the old nick has quit (`lapsed`)."""
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
