"""Who holds rights in a session, as nicks change and accounts are shown."""

from collections.abc import Collection, Iterable, Mapping

from msgspec.structs import replace

from bot.core.facts import PersonRenamed
from bot.core.people.identity import Identity, same_rights

Nick = tuple[str, str]  # network and key


def is_among(person: Identity, people: Iterable[Identity]) -> bool:
    """Whether the rights that some of these people hold are this person's, or the other way round."""
    return any(same_rights(person, other) for other in people)


def proven(people: Iterable[Identity], person: Identity) -> tuple[Identity, ...]:
    """Who held rights by nick alone and shows an account holds them by that, so that they outlive the nick."""
    nick = replace(person, account="")
    return tuple(person if person.account and _is_nick(who, nick) else who for who in people)


def _is_nick(person: Identity, nick: Identity) -> bool:
    """Whether nothing but this nick proves somebody."""
    return not person.account and (person.network, person.key) == (nick.network, nick.key)


def renamed(people: Iterable[Identity], fact: PersonRenamed, *, lapsed: bool) -> tuple[Identity, ...]:
    """Who holds rights by nick alone keeps them under the new one; who took a nick that quit takes none along."""
    old, new = fact.old, fact.new

    def is_renamed(person: Identity) -> bool:
        same = (person.network, person.key) == (old.network, old.key)
        return same and (person.account == old.account if person.account else not lapsed)

    return tuple(replace(who, name=new.name, key=new.key) if is_renamed(who) else who for who in people)


def was_seen(seen: Collection[Identity], person: Identity) -> bool:
    """Whether somebody was seen, and not only named, under this nick."""
    return person in seen or any((who.network, who.key) == (person.network, person.key) for who in seen)


def became(before: Mapping[Nick, Identity], fact: PersonRenamed) -> Mapping[Nick, Identity]:
    """Somebody whom only a nick proves goes by another one; the new one is nobody's former nick any more."""
    if fact.old.account:
        return before
    old, new = (fact.old.network, fact.old.key), (fact.new.network, fact.new.key)
    after = {key: person for key, person in before.items() if key != new}
    if old == new and not fact.new.account:  # only its spelling changed
        return after
    return {**after, old: fact.new}
