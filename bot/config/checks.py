"""Checks across tables: rooms and networks, tracks and slots, days, logins."""

import ipaddress
from collections import Counter
from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from bot.config.assembly import LONGEST, days_of
from bot.config.bridges import check_puppets
from bot.config.faults import Findings, joined, nearest
from bot.config.inbox import check_inbox
from bot.config.links import check_links
from bot.config.slot_checks import check_slots
from bot.config.table_reader import Tables
from bot.config.tables import IrcTable, MatrixTable
from bot.core.people.identity import casefold
from bot.core.words.sentences import listed


def check(tables: Tables, findings: Findings) -> None:
    """Add the faults that concern several tables or keys to `findings`."""
    _gathering(tables, findings)
    _unique(((joined(at, "name"), network.name) for at, network in tables.networks), findings)
    _unique(((joined(track.at, "slug"), track.table.slug) for track in tables.tracks), findings)
    for at, network in tables.networks:
        if isinstance(network, IrcTable):
            _login(at, network, findings)
        else:
            _matrix_login(at, network, findings)
    check_puppets(tables, findings)
    _rooms(tables, findings)
    _accounts(tables, findings)
    _tracks(tables, findings)
    check_links(tables, findings)
    check_slots(tables, findings)
    _mail(tables, findings)
    check_inbox(tables, findings)


def _gathering(tables: Tables, findings: Findings) -> None:
    gathering = tables.gathering
    if gathering.ends is None:
        return
    if gathering.starts is None:
        findings.fault("gathering.starts", "is missing, but ends is given")
    elif gathering.ends < gathering.starts:
        findings.fault("gathering.ends", f"is before starts, {gathering.starts}")
    elif gathering.ends - gathering.starts > LONGEST:
        findings.fault("gathering.ends", "is more than a year after starts")


def _unique(named: Iterable[tuple[str, str]], findings: Findings) -> None:
    seen: set[str] = set()
    for path, name in named:
        if name.casefold() in seen:
            findings.fault(path, f"{name} is listed twice")
        seen.add(name.casefold())


def _login(at: str, network: IrcTable, findings: Findings) -> None:
    password = bool(network.password_file or network.password_env)
    if network.login in {"sasl", "nickserv"} and not password:
        findings.fault(
            joined(at, "login"), f'"{network.login}" needs a password; set password_file or password_env'
        )
    if network.login == "certfp" and not network.certificate:
        findings.fault(joined(at, "login"), '"certfp" needs a certificate')
    if network.login == "none" and (password or network.certificate or network.account):
        findings.fault(
            joined(at, "login"),
            'must be "sasl", "nickserv" or "certfp" because an account, password or certificate is given',
        )
    if network.login != "none" and not network.tls and not _is_here(network.host):
        findings.fault(joined(at, "tls"), "a login without TLS would expose the password; set tls = true")


def _is_here(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _matrix_login(at: str, network: MatrixTable, findings: Findings) -> None:
    given = [key for key in ("password_file", "password_env", "token_file") if getattr(network, key)]
    if not given:
        findings.fault(at, "needs password_file, password_env or token_file")
    elif len(given) > 1 and "token_file" in given:
        findings.fault(joined(at, "token_file"), "a password is given too; set only one of them")
    address = urlsplit(network.homeserver)
    if address.scheme == "http" and not _is_here(address.hostname or ""):
        findings.fault(
            joined(at, "homeserver"),
            "a login without TLS would expose the password; use https://",
        )


def _venues(tables: Tables) -> Iterator[tuple[str, tuple[str, ...]]]:
    for n, venue in enumerate(tables.gathering.rooms):
        yield joined("gathering", "rooms", n), venue
    for track in tables.tracks:
        for n, venue in enumerate(track.table.rooms):
            yield joined(track.at, "rooms", n), venue


def _rooms(tables: Tables, findings: Findings) -> None:
    kinds: dict[str, str] = dict.fromkeys(tables.network_names, "")
    kinds.update((network.name, network.kind) for _, network in tables.networks)
    for path, venue in _venues(tables):
        for room in venue:
            network, _, name = room.partition("/")
            if kinds and network not in kinds:
                findings.fault(path, _no_network(network, kinds))
            elif kinds.get(network) == "irc" and name[0] not in "#&+!":
                findings.fault(path, f"{name} is not an IRC channel; those start with #")
            elif kinds.get(network) == "matrix" and name[0] not in "#!":
                findings.fault(path, f"{name} is not a Matrix room; those start with # or !")
    for path, rooms in [
        (joined("gathering", "rooms"), [room for venue in tables.gathering.rooms for room in venue]),
        *(
            (joined(t.at, "rooms"), [room for venue in t.table.rooms for room in venue])
            for t in tables.tracks
        ),
    ]:
        for room, times in Counter(casefold(room) for room in rooms).items():
            if times > 1:
                findings.fault(path, f"{room} is listed twice")


def _no_network(network: str, names: Iterable[str]) -> str:
    known = sorted(names)
    near = nearest(network, known)
    hint = f"did you mean {near}?" if near else f"there {'is' if len(known) == 1 else 'are'} {listed(known)}"
    return f"no network is called {network}; {hint}"


def _accounts(tables: Tables, findings: Findings) -> None:
    names = tables.network_names
    written = [(joined("bot", "admins", n), name) for n, name in enumerate(tables.bot.admins)]
    for track in tables.tracks:
        written += [
            (joined(track.at, "moderators", n), name) for n, name in enumerate(track.table.moderators)
        ]
        for m, maintainer in enumerate(track.table.maintainers):
            path = joined(track.at, "maintainers", m)
            written += [(joined(path, "accounts", n), name) for n, name in enumerate(maintainer.accounts)]
    for path, account in written:
        network = account.partition("/")[0]
        if names and not account.startswith("@") and network not in names:
            findings.fault(path, _no_network(network, names))


def _tracks(tables: Tables, findings: Findings) -> None:
    days = set(days_of(tables.gathering))
    for track in tables.tracks:
        _unique(
            ((joined(track.at, "team", n, "name"), team.name) for n, team in enumerate(track.table.team)),
            findings,
        )
        gets_mail = track.table.mailing_list or track.table.maintainers
        # without a room it has no sessions, and stands on the board alone
        if track.table.rooms and not gets_mail:
            findings.note(track.at, "has no list and no maintainers, so nobody gets its recaps by mail")
        if track.table.archive and not track.table.mailing_list:
            findings.fault(joined(track.at, "archive"), "is of no use without a list")
        for n, day in enumerate(track.table.days or ()):
            if days and day not in days:
                findings.fault(joined(track.at, "days", n), f"{day} is not a day of the gathering")
        for day, times in Counter(track.table.days or ()).items():
            if times > 1:
                findings.fault(joined(track.at, "days"), f"{day} is listed twice")


def _mail(tables: Tables, findings: Findings) -> None:
    mail = tables.mail
    if mail is None:
        return
    password = mail.password_file or mail.password_env
    if mail.host and not mail.sender:
        findings.fault("mail.from", "is missing; it is the sender of all mail")
    if mail.username and not password:
        findings.fault("mail.username", "needs a password; set password_file or password_env")
    if password and not mail.username:
        findings.fault("mail.username", "is missing, but a password is given")
