"""`gatherbot init`: six questions, and a configuration that passes `gatherbot check`."""

import io
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.bundled import BUNDLED
from bot.commandline.first_configuration import Answers
from bot.commandline.invocation import run

ALL = ("libera", "tidepool-ptg", "", "gatherbot", "team@lists.example.org", "mail.example.org")
NOTHING = ("irc.example.net", "#a", "bot", "", "", "")
MATRIX = ("https://matrix.example.org/", "#a:example.org", "bot", "@bot:example.org", "", "")


@dataclass
class Told:
    """What a command said."""

    status: int
    out: str
    err: str

    @property
    def next_steps(self) -> list[str]:
        return [line.strip() for line in self.out.partition("What is next:\n")[2].splitlines()]


Init = Callable[..., Told]


@pytest.fixture
def init(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Init:
    """Type the answers in an empty folder."""
    monkeypatch.chdir(tmp_path)

    def typed(*answers: str, more: tuple[str, ...] = ()) -> Told:
        monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{answer}\n" for answer in answers)))
        status = run(["init", *more])
        return Told(status, *capsys.readouterr())

    return typed


def checked(capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    """Status, last line and errors of `gatherbot check`."""
    status = run(["check"])
    told = capsys.readouterr()
    return status, told.out.splitlines()[-1], told.err


FINE = (0, f"config.toml is fine: 1 network, 1 track, 0 slots, {len(BUNDLED)} plugins", "")


def test_with_all_answers(tmp_path: Path, init: Init) -> None:
    told = init(*ALL)
    assert (told.status, told.err) == (0, "")
    assert told.next_steps == [
        "put the password into libera.password, as its only line",
        "gatherbot check --connect   tries the network and the mail server",
        "gatherbot run",
    ]
    written = tomllib.loads((tmp_path / "config.toml").read_text())
    assert written == {
        "bot": {"nick": "gatherbot"},
        "network": [
            {
                "kind": "irc",
                "name": "libera",
                "host": "irc.libera.chat",
                "login": "sasl",
                "account": "gatherbot",
                "password_file": "libera.password",
            }
        ],
        "track": [
            {
                "slug": "tidepool-ptg",
                "name": "Tidepool ptg",
                "rooms": ["libera/#tidepool-ptg"],
                "list": "team@lists.example.org",
            }
        ],
        "mail": {"host": "mail.example.org", "from": "Gatherbot <gatherbot@lists.example.org>"},
    }
    assert (tmp_path / "libera.password").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("network", "account", "written"),
    [
        ("irc.example.net:7000", "", {"port": 7000}),
        ("IRC.example.net:6667", "", {"port": 6667, "tls": False}),
        ("irc.example.net:6667", "gatherbot", {"port": 6667}),
        ("irc.example.net", "", {}),
    ],
)
def test_a_host_with_a_port(
    tmp_path: Path, init: Init, network: str, account: str, written: dict[str, object]
) -> None:
    assert init(network, "#a", "bot", account, "", "").status == 0
    (found,) = tomllib.loads((tmp_path / "config.toml").read_text())["network"]
    assert (found["name"], found["host"]) == ("example", "irc.example.net")
    assert {key: found[key] for key in ("port", "tls") if key in found} == written


def test_a_homeserver_with_a_port(tmp_path: Path, init: Init) -> None:
    assert init("https://matrix.example.org:8448/", *MATRIX[1:]).status == 0
    (found,) = tomllib.loads((tmp_path / "config.toml").read_text())["network"]
    assert found["homeserver"] == "https://matrix.example.org:8448"


@pytest.mark.parametrize("answers", [ALL, NOTHING, MATRIX], ids=["all", "nothing", "matrix"])
def test_what_is_written_passes_the_check(
    init: Init, capsys: pytest.CaptureFixture[str], answers: tuple[str, ...]
) -> None:
    assert init(*answers).status == 0
    assert checked(capsys) == FINE


def test_the_check_reminds_of_a_password_that_is_not_there_yet(
    tmp_path: Path, init: Init, capsys: pytest.CaptureFixture[str]
) -> None:
    init(*ALL)
    run(["check"])
    note = f"put the password into {tmp_path / 'libera.password'}, as its only line"
    assert capsys.readouterr().out.splitlines()[0] == f"note: network[0].password_file: {note}"


def test_every_line_that_is_commented_out_can_be_used(
    tmp_path: Path, init: Init, capsys: pytest.CaptureFixture[str]
) -> None:
    init(*NOTHING)
    (tmp_path / "mail.password").write_text("secret\n")
    (tmp_path / "mail.password").chmod(0o600)
    config = tmp_path / "config.toml"
    lines = config.read_text().splitlines()
    used = [line[1:] if line[:1] == "#" and line[1] != " " else line for line in lines]
    assert sum(one != other for one, other in zip(lines, used, strict=True)) > 15
    config.write_text("\n".join(used).replace('login = "sasl"', 'login = "none"'))  # it has no account
    assert checked(capsys) == FINE


@pytest.mark.parametrize(
    ("answers", "account"), [(NOTHING, "example/you"), (MATRIX, "@you:example.org")], ids=["irc", "matrix"]
)
def test_the_example_of_a_maintainer_may_approve(
    tmp_path: Path, init: Init, answers: tuple[str, ...], account: str
) -> None:
    init(*answers)
    lines = (tmp_path / "config.toml").read_text().splitlines()
    (shown,) = [line for line in lines if line.startswith("#maintainers")]
    assert tomllib.loads(shown[1:])["maintainers"] == [{"mail": "you@example.org", "accounts": [account]}]


def test_a_wrong_answer_is_asked_again(tmp_path: Path, init: Init) -> None:
    told = init("irc://x", "oftc", "#a b", "#a", "7bot", "bot", "an account", "", "nobody", "", "a/b", "")
    assert [line.partition("Error: ")[2] for line in told.out.splitlines() if "Error: " in line] == [
        "irc://x is not the name of a host, perhaps with a port, such as irc.example.org:6697",
        "#a b is not a channel like #tidepool-ptg",
        "7bot is not letters, digits and -_, a letter first",
        "an account is not an account's name",
        "nobody is not an address like team@lists.example.org",
        "a/b is not the name of a host, without a port or a path",
    ]
    assert tomllib.loads((tmp_path / "config.toml").read_text())["network"][0]["host"] == "irc.oftc.net"


@pytest.mark.parametrize("odd", ["#a\udcff", "#a\x7f"], ids=["no letter", "a control code"])
def test_what_no_file_can_hold_is_asked_again(tmp_path: Path, init: Init, odd: str) -> None:
    told = init("oftc", odd, "#a", "", "", "", "")
    assert [line.partition("Error: ")[2] for line in told.out.splitlines() if "Error: " in line] == [
        f"{odd!a} has characters that can't be shown"
    ]
    assert tomllib.loads((tmp_path / "config.toml").read_text())["track"][0]["rooms"] == ["oftc/#a"]


def test_a_configuration_that_is_there_is_kept(tmp_path: Path, init: Init) -> None:
    (tmp_path / "config.toml").write_text("mine")
    told = init(*ALL)
    words = "config.toml is there already; --config OTHER.toml writes another file; see gatherbot init --help"
    assert (told.status, told.out, told.err) == (2, "", f"gatherbot: {words}\n")
    (tmp_path / "libera.password").write_text("secret\n")
    assert init(*ALL, more=("--config", "other.toml")).next_steps == [
        "gatherbot check other.toml --connect   tries the network and the mail server",
        "gatherbot run other.toml",
    ]
    assert (tmp_path / "config.toml").read_text() == "mine"
    assert (tmp_path / "libera.password").read_text() == "secret\n"


def test_answers_that_end_early_write_nothing(tmp_path: Path, init: Init) -> None:
    assert init("oftc", "#a").status == 130
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("network", "name"),
    [
        ("libera", "libera"),
        ("irc.example.net", "example"),
        ("localhost", "localhost"),
        ("127.0.0.1", "127"),
        ("https://matrix.example.org", "matrix"),
    ],
)
def test_the_name_of_a_network(network: str, name: str) -> None:
    assert Answers(network, "#a", "bot", "", "", "").name == name
