"""A first configuration: six questions, and the file that comes of the answers."""

import json
import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import click

from bot.config.files import PLACEHOLDER

KNOWN = {"libera": ("irc.libera.chat", "sasl"), "oftc": ("irc.oftc.net", "nickserv")}  # OFTC has no SASL
HOST = re.compile(r"[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*")
LAST_PORT = 65_535
WITHOUT_TLS = 6667  # the usual port without TLS, https://www.rfc-editor.org/rfc/rfc7194#section-1
NICK = re.compile(r"[A-Za-z\[\]\\`_^{|}][A-Za-z0-9\[\]\\`_^{|}-]{0,29}")
MAIL = re.compile(r"[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+")
MXID = re.compile(r"@[^\s:]+:[^\s/]+")
MATRIX_ROOM = re.compile(r"#[^\s:/,]+:[^\s/,]+|![^\s/,]+")
COLUMN = 47  # where the comments begin

Check = Callable[[str], str]


@dataclass(frozen=True)
class Answers:
    """What was answered.

    network: a known IRC network, the host of another one, perhaps with a port, or the address of a homeserver
    account: empty for none
    mailing_list, mail_host: empty for none
    """

    network: str
    room: str
    nick: str
    account: str
    mailing_list: str
    mail_host: str

    @property
    def is_matrix(self) -> bool:
        """Whether the network is a homeserver."""
        return self.network.startswith("https://")

    @property
    def host(self) -> str:
        """The host of an IRC network; a known network's name."""
        return self.network.partition(":")[0]

    @property
    def port(self) -> int:
        """The port of an IRC network; 0 for the usual one."""
        return int(self.network.partition(":")[2] or 0)

    @property
    def name(self) -> str:
        """The name of the network in rooms and accounts."""
        if self.is_matrix:
            return "matrix"
        labels = self.host.split(".")
        return labels[-2] if len(labels) > 1 and not labels[-1].isdigit() else labels[0]

    @property
    def reader(self) -> str:
        """What stands for an account of whoever reads the file."""
        return "@you:example.org" if self.is_matrix else f"{self.name}/you"

    @property
    def secret(self) -> str:
        """The file of the bot's password on the network; empty if it has no account."""
        return f"{self.name}.password" if self.account else ""


def ask() -> Answers:
    """Ask the six questions in the terminal; a wrong answer is said, and its question asked again."""
    network = _ask(
        "1. Network (libera, oftc, the host[:port] of another IRC server, or https://... of a homeserver)",
        _network,
        "libera",
    )
    matrix = network.startswith("https://")
    room = _ask("2. Room", _matrix_room if matrix else _channel, None)
    nick = _ask("3. Nick of the bot", _like(NICK, "letters, digits and -_, a letter first"), "gatherbot")
    user = "4. The bot's user id, @gatherbot:example.org"
    account = (
        _ask(user, _like(MXID, "a user id like @gatherbot:example.org"), None)
        if matrix
        else _ask("4. The bot's services account (empty: it has none)", _like(NICK, "an account's name"), "")
    )
    mail = _like(MAIL, "an address like team@lists.example.org")
    mailing_list = _ask("5. Mailing list for the recaps (empty: none yet)", mail, "")
    mail_host = _ask("6. Mail server (empty: letters are written as files)", _host, "")
    return Answers(network, room, nick, account, mailing_list, mail_host)


def _ask(question: str, check: Check, default: str | None) -> str:
    """The answer to a question."""

    def checked(typed: str) -> str:
        if not typed.strip().isprintable():  # a file could not hold it, or not show it
            raise click.UsageError(f"{typed.strip()!a} has characters that can't be shown")
        return check(typed.strip()) if typed.strip() or default is None else ""

    answer: str = click.prompt(question, default=default, show_default=bool(default), value_proc=checked)
    return answer


def _like(pattern: re.Pattern[str], wanted: str) -> Check:
    def check(typed: str) -> str:
        if not pattern.fullmatch(typed):
            raise click.UsageError(f"{typed or 'nothing'} is not {wanted}")
        return typed

    return check


def _network(typed: str) -> str:
    scheme = "https://" if typed.startswith("https://") else ""
    host, colon, port = typed.removeprefix("https://").rstrip("/").lower().partition(":")
    if not HOST.fullmatch(host) or (colon and not _is_port(port)):
        raise click.UsageError(
            f"{typed or 'nothing'} is not the name of a host, perhaps with a port, such as irc.example.org:6697"
        )
    return f"{scheme}{host}{colon}{port}"


def _is_port(text: str) -> bool:
    return re.fullmatch(r"[1-9][0-9]{0,4}", text) is not None and int(text) <= LAST_PORT


def _host(typed: str) -> str:
    return _like(HOST, "the name of a host, without a port or a path")(typed.lower())


def _channel(typed: str) -> str:
    if not typed or re.search(r"[\s,/]", typed):
        raise click.UsageError(f"{typed or 'nothing'} is not a channel like #tidepool-ptg")
    return typed if typed[0] in "#&" else f"#{typed}"


def _matrix_room(typed: str) -> str:
    return _like(MATRIX_ROOM, "a room like #tidepool:example.org")(typed)


def text_of(answers: Answers) -> str:
    """The configuration, with comments."""
    network = _matrix(answers) if answers.is_matrix else _irc(answers)
    tables = (_bot(answers), GATHERING, network, _track(answers), RECAP, _mail(answers))
    return "\n\n".join((HEAD, *(_table(*lines) for lines in tables))) + "\n"


HEAD = """\
# Lines that begin with "#" and a key show the default or an example. config.example.toml has all keys, and
# docs/configuration.md explains them. After a change: gatherbot check, then start the bot again.
# Passwords stand in files of their own, never here."""

Line = tuple[str, str]  # a line of the file, and what it says

GATHERING: list[Line] = [
    ("#[gathering]", "its days are the days of every track; without any, recaps wait for #recap send"),
    ('#slug = "2027-10"', "short, for ids and file names"),
    ('#name = "October 2027 PTG"', ""),
    ("#starts = 2027-10-18", ""),
    ("#ends = 2027-10-22", "at most a year after starts"),
    ('#timezone = "Europe/Berlin"', "UTC by default"),
]
RECAP: list[Line] = [
    ("#[recap]", ""),
    ('#hold = "24h"', "the time for maintainers to check a draft before the list gets it"),
]


def _table(*lines: Line) -> str:
    return "\n".join(f"{line:<{COLUMN}} # {says}" if says else line for line, says in lines)


def _set(key: str, value: str) -> str:
    return f"{key} = {json.dumps(value, ensure_ascii=False)}"


def _bot(answers: Answers) -> list[Line]:
    return [
        ("[bot]", ""),
        (_set("nick", answers.nick), "on all networks without a nick of their own"),
        ('#data = "gatherbot-data"', "folder of the database, and of letters that are not sent"),
        (f"#admins = [{json.dumps(answers.reader)}]", "accounts that can do everything"),
    ]


def _irc(answers: Answers) -> list[Line]:
    host, login = KNOWN.get(answers.host, (answers.host, "sasl"))
    is_plain = answers.port == WITHOUT_TLS and not answers.account  # no password goes without TLS
    lines = [
        ("[[network]]", ""),
        ('kind = "irc"', ""),
        (_set("name", answers.name), f"the prefix of rooms and accounts: {answers.name}/#channel"),
        (_set("host", host), "its name or address"),
        (f"port = {answers.port}" if answers.port else "#port = 6697", ""),
        ("tls = false" if is_plain else "#tls = true", "false for a server without TLS"),
    ]
    if not answers.account:
        return [*lines, (_set("#login", login), "as soon as the bot has an account")]
    return [
        *lines,
        (_set("login", login), "sasl, nickserv, certfp, or none"),
        (_set("account", answers.account), "the bot's services account"),
        (_set("password_file", answers.secret), "its only line is the password"),
    ]


def _matrix(answers: Answers) -> list[Line]:
    return [
        ("[[network]]", ""),
        ('kind = "matrix"', ""),
        (_set("name", answers.name), "the prefix of rooms: matrix/#room:example.org"),
        (_set("homeserver", answers.network), "where the bot's account is"),
        (_set("user", answers.account), "the bot's user id"),
        (_set("password_file", answers.secret), "its only line is the password"),
    ]


def _track(answers: Answers) -> list[Line]:
    name = re.sub(r"[^A-Za-z0-9]+", " ", answers.room.partition(":")[0]).strip() or "Team"
    room = json.dumps(f"{answers.name}/{answers.room}", ensure_ascii=False)
    mailing_list = answers.mailing_list or "team@lists.example.org"
    account = json.dumps(answers.reader)
    maintainers = f'#maintainers = [{{mail = "you@example.org", accounts = [{account}]}}]'
    return [
        ("[[track]]", ""),
        (_set("slug", name.lower().replace(" ", "-")[:60]), "short, for file names"),
        (_set("name", name[:1].upper() + name[1:]), "as the recap says it"),
        (f"rooms = [{room}]", "the team's rooms"),
        (_set("list" if answers.mailing_list else "#list", mailing_list), "the recaps go there"),
        (maintainers, "they get each recap as a draft first, and approve it"),
    ]


def _mail(answers: Answers) -> list[Line]:
    domain = answers.mailing_list.rpartition("@")[2] or answers.mail_host or "example.org"
    mark = "" if answers.mail_host else "#"
    without = "without it, letters are files in the data folder"
    return [
        (f"{mark}[mail]", without),
        (_set(f"{mark}host", answers.mail_host or "mail.example.org"), "port 587 with STARTTLS by default"),
        (_set(f"{mark}from", f"Gatherbot <{answers.nick}@{domain}>"), "the list must accept its mail"),
        ('#username = "gatherbot"', "if the server wants a login"),
        ('#password_file = "mail.password"', "its only line is the password"),
    ]


def write(path: Path, answers: Answers) -> Path | None:
    """Write the configuration, and a file for the password; returns that file if it still needs the password."""
    with path.open("x", encoding="utf-8") as file:
        file.write(text_of(answers))
    if not answers.secret:
        return None
    secret = path.with_name(answers.secret)
    try:
        handle = os.open(secret, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return None
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(f"{PLACEHOLDER}\n")
    return secret
