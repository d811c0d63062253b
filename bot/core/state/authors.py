"""The authors of a session's records, by what proves them now.

An author without an account is known by a nick, for as long as the bot watches it. After a gap, the same nick with the
same user@host is the author again; anybody else with the nick is not.
"""

from collections.abc import Callable, Iterable, Mapping

from msgspec import Struct
from msgspec.structs import replace

from bot.core.facts import PersonLeft, PersonRenamed, PersonWatched, Recorded, SightLost
from bot.core.people.identity import Identity
from bot.core.session.rights import is_by_nick, nick_of
from bot.core.session.session import Nick, Session

WATCH_FACTS = (PersonRenamed, PersonLeft, SightLost, PersonWatched)


class Author(Struct, frozen=True):
    """The author of a record.

    host:   the user@host of an author without an account; empty if it is unknown
    lapsed: the bot lost sight of the nick, so it proves nothing
    """

    who: Identity
    host: str = ""
    lapsed: bool = False


def authors_of(session: Session, behind: Callable[[Identity], Identity]) -> Mapping[int, Author]:
    """The authors by the numbers of their records; `behind` resolves a bridge's puppet."""
    by_account: dict[int, Author] = {}
    by_nick: dict[Nick, dict[Author, list[int]]] = {}  # a fact concerns the records of one nick only
    hosts: dict[Nick, str] = {}

    def note(author: Author, numbers: Iterable[int]) -> None:
        if author.who.account:
            by_account.update(dict.fromkeys(numbers, author))
        else:
            by_nick.setdefault(nick_of(author.who), {}).setdefault(author, []).extend(numbers)

    for entry in session.entries:
        fact = entry.fact
        if isinstance(fact, Recorded):
            who = behind(entry.by or session.owner)
            note(Author(who, hosts.get(nick_of(who), "")), (fact.n,))
        elif isinstance(fact, WATCH_FACTS):
            for nick in _concerned(fact, by_nick):
                for author, numbers in by_nick.pop(nick, {}).items():
                    note(_after(author, fact), numbers)
            _note_host(hosts, fact)
    authors = (pair for held in by_nick.values() for pair in held.items())
    return {**by_account, **{n: author for author, numbers in authors for n in numbers}}


def _concerned(fact: object, nicks: Iterable[Nick]) -> list[Nick]:
    """The nicks whose proof a fact changes."""
    match fact:
        case SightLost(network):
            return [nick for nick in nicks if nick[0] == network]
        case PersonLeft(person) | PersonRenamed(person, _) | PersonWatched(person, _):
            return [nick_of(person)]
    return []


def _after(author: Author, fact: object) -> Author:
    """An author without an account after a fact about nicks."""
    match fact:
        case SightLost(network) if author.who.network == network:
            return replace(author, lapsed=True)
        case PersonLeft(person) if is_by_nick(author.who, nick_of(person)):
            return replace(author, lapsed=True)
        case PersonRenamed(old, new) if is_by_nick(author.who, nick_of(old)) and not author.lapsed:
            return replace(author, who=replace(author.who, name=new.name, key=new.key))
        case PersonWatched(person, host) if is_by_nick(author.who, nick_of(person)):
            if author.lapsed and author.host != host:
                return author
            who = replace(author.who, account=person.account)
            return Author(who, host)
    return author


def _note_host(hosts: dict[Nick, str], fact: object) -> None:
    """Keep the user@host of whoever has a nick now."""
    match fact:
        case SightLost():
            hosts.clear()
        case PersonLeft(person):
            hosts.pop(nick_of(person), None)
        case PersonRenamed(old, new):
            host = hosts.pop(nick_of(old), "")
            hosts.pop(nick_of(new), None)
            if host:
                hosts[nick_of(new)] = host
        case PersonWatched(person, host):
            hosts[nick_of(person)] = host
