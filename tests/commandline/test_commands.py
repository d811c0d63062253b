from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, tzinfo
from pathlib import Path
from typing import TextIO
from zoneinfo import ZoneInfo

import pytest

import bot
from bot.commandline.invocation import run
from bot.config import Config

IRC = '[[network]]\nkind = "irc"\nname = "oftc"\nhost = "irc.example.org"\n'


class CannotError(Exception):
    pass


@dataclass
class FakeApplication:
    """Writes down what it was asked, and answers what a test wants."""

    status: int = 0
    text: str = "the text"
    faults: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    works: list[str] = field(default_factory=list)
    stored: tuple[list[str], list[str]] = field(default_factory=lambda: ([], []))
    cannot: str = ""
    interrupted: bool = False
    asked: list[tuple[object, ...]] = field(default_factory=list)
    CannotError: type[Exception] = CannotError

    def _ask(self, *asked: object) -> None:
        self.asked.append(asked)
        if self.interrupted:
            raise KeyboardInterrupt
        if self.cannot:
            raise CannotError(self.cannot)

    async def run_bot(self, config: Config) -> int:
        self._ask("run", [network.name for network in config.networks])
        return self.status

    async def check_journal(self, config: Config) -> tuple[list[str], list[str]]:
        self._ask("look", config.database.name)
        return self.stored

    async def check_connections(self, config: Config) -> tuple[list[str], list[str], list[str]]:
        self._ask("check", [network.name for network in config.networks])
        return self.faults, self.notes, self.works

    async def replay(
        self,
        files: list[Path],
        *,
        config: Config | None,
        channel: str,
        date: date | None,
        zone: tzinfo | None,
        form: str,
        note: Callable[[str], None] = lambda _: None,
    ) -> str:
        self._ask("replay", files, config and config.setup.gathering.name, channel, date, zone, form)
        for text in self.notes:
            note(text)
        return self.text

    async def recap(self, config: Config, track: str, part: int | None, form: str, *, send: bool) -> str:
        self._ask("recap", config.setup.gathering.name, track, part, form, send)
        return self.text

    async def export(self, config: Config) -> str:
        self._ask("export", config.setup.gathering.name)
        return self.text

    async def import_ptgbot(
        self, config: Config, file: Path, network: str, agrees: Callable[[str], bool]
    ) -> str:
        self._ask("import", config.setup.gathering.name, file, network, agrees("1 track\n  kelp"))
        return self.text

    async def backup(self, config: Config, file: Path) -> str:
        self._ask("backup", config.setup.gathering.name, file)
        return self.text

    async def restore(self, config: Config, file: Path) -> str:
        self._ask("restore", config.setup.gathering.name, file)
        return self.text

    async def demo(self, speed: float, out: TextIO, *, web: bool = False) -> int:
        self._ask("demo", speed, web)
        out.write("demo\n")
        return self.status

    async def chat(self, config: Config | None) -> int:
        self._ask("chat", config and config.setup.gathering.name)
        return self.status


@pytest.fixture
def app() -> FakeApplication:
    return FakeApplication()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


Out = pytest.CaptureFixture[str]


def test_the_version(capsys: Out) -> None:
    assert run(["--version"]) == 0
    assert capsys.readouterr() == (f"gatherbot {bot.__version__}\n", "")


def test_help_names_every_command(capsys: Out) -> None:
    assert run(["--help"]) == 0
    listed = [line.split()[0] for line in capsys.readouterr().out.partition("Commands:\n")[2].splitlines()]
    assert listed == [
        "backup",
        "chat",
        "check",
        "demo",
        "export",
        "import",
        "init",
        "recap",
        "replay",
        "restore",
        "run",
    ]


def test_without_a_command_help_is_shown_and_nothing_done(capsys: Out) -> None:
    assert run([]) == 2
    assert capsys.readouterr().err.startswith("Usage: gatherbot [OPTIONS] COMMAND [ARGS]...\n")


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["rum"], "no such command 'rum'. Did you mean 'run'?; see gatherbot --help"),
        (["replay"], "missing argument 'FILE...'; see gatherbot replay --help"),
        (["recap", "nova", "--part", "0"], "invalid value for '--part': 0 is not in the range x>=1; see gatherbot recap --help"),
        (["replay", "x", "--zone", "Mars"], "invalid value for '--zone': Mars is not a time zone; use a name like UTC or Europe/Berlin; see gatherbot replay --help"),
        (["replay", "x", "--date", "yesterday"], "invalid value for '--date': yesterday is not a day; write it as 2027-10-19 or 19.10.2027; see gatherbot replay --help"),
        (["replay", "x", "--json", "--html"], "--html and --json exclude each other; run it once for each; see gatherbot replay --help"),
        (["recap", "nova", "--json", "--mail", "--json"], "--mail and --json exclude each other; run it once for each; see gatherbot recap --help"),
        (["check", "a.toml", "--config", "b.toml"], "name the configuration once, as FILE or with --config FILE; see gatherbot check --help"),
        (["demo", "--speed", "0"], "invalid value for '--speed': 0.0 is not in the range x>0; see gatherbot demo --help"),
    ],
)  # fmt: skip
def test_wrong_use_is_said_in_a_line(
    arguments: list[str], complaint: str, app: FakeApplication, capsys: Out
) -> None:
    assert run(arguments, app) == 2
    assert capsys.readouterr() == ("", f"gatherbot: {complaint}\n")
    assert app.asked == []


@pytest.mark.parametrize(
    "arguments",
    [
        ["run", "none.toml"],
        ["check", "none.toml"],
        ["run", "--config", "none.toml"],
        ["check", "--config", "none.toml"],
        ["chat", "--config", "none.toml"],
        ["replay", "x", "--config", "none.toml"],
        ["recap", "nova", "--config", "none.toml"],
        ["export", "--config", "none.toml"],
    ],
)
def test_a_configuration_that_is_not_there(
    folder: Path, arguments: list[str], app: FakeApplication, capsys: Out
) -> None:
    assert run(arguments, app) == 2
    assert capsys.readouterr() == ("", "gatherbot: there is no file none.toml\n")
    assert app.asked == []


def test_all_faults_of_a_configuration_are_said(folder: Path, app: FakeApplication, capsys: Out) -> None:
    (folder / "c.toml").write_text("[bot]\nack = 1\nstart = 2\n")
    assert run(["check", "c.toml"], app) == 2
    assert capsys.readouterr().err.splitlines() == [
        'gatherbot: bot.ack: must be "short" or "quiet"',
        'gatherbot: bot.start: must be "anyone" or "moderators"',
    ]


def test_check_says_what_is_there(folder: Path, app: FakeApplication, capsys: Out) -> None:
    (folder / "c.toml").write_text(
        '[bot]\nplugins = ["sessions"]\n'
        + IRC
        + "[[track]]\nslug = 'nova'\nlist = 'a@x.org'\n[[track]]\nslug = 'cinder'\nlist = 'a@x.org'\n"
    )
    assert run(["check", "c.toml"], app) == 0
    assert capsys.readouterr() == ("c.toml is fine: 1 network, 2 tracks, 0 slots, 1 plugin\n", "")
    assert app.asked == []


def test_check_says_what_the_database_holds(folder: Path, app: FakeApplication, capsys: Out) -> None:
    (folder / "c.toml").write_text(IRC)
    (folder / "gatherbot-data").mkdir()
    app.stored = [], ["track/nova cannot be read"]
    assert run(["check", "c.toml"], app) == 0
    assert capsys.readouterr().out.splitlines()[0] == "note: track/nova cannot be read"
    app.stored = ["gatherbot.sqlite is shorter"], []
    assert run(["check", "c.toml", "--connect"], app) == 1
    assert capsys.readouterr() == ("", "gatherbot: gatherbot.sqlite is shorter\n")
    assert app.asked == [("look", "gatherbot.sqlite")] * 2  # the bot could not start, so no network is tried


def test_check_says_what_is_better_known(folder: Path, app: FakeApplication, capsys: Out) -> None:
    (folder / "token").write_text("x")
    (folder / "token").chmod(0o604)
    (folder / "c.toml").write_text(
        '[[network]]\nkind = "matrix"\nname = "m"\nhomeserver = "https://x.org"\nuser = "@b:x.org"\n'
        'token_file = "token"\n[bot]\nplugins = []'
    )
    assert run(["check", "c.toml"], app) == 0
    assert capsys.readouterr() == (
        (
            f"note: network[0].token_file: everybody on this machine can read {folder / 'token'}; chmod o-r fixes that\n"
            "c.toml is fine: 1 network, 0 tracks, 0 slots, 0 plugins\n"
        ),
        "",
    )


def test_check_connect_tries_the_connections(folder: Path, app: FakeApplication, capsys: Out) -> None:
    (folder / "c.toml").write_text(IRC)
    app.faults = ["oftc: nobody answers", "mail: refused"]
    assert run(["check", "c.toml", "--connect"], app) == 1
    assert capsys.readouterr() == ("", "gatherbot: oftc: nobody answers\ngatherbot: mail: refused\n")
    app.faults, app.notes, app.works = [], ["oftc: #nova: quiet there"], ["oftc: connected as b"]
    assert run(["check", "c.toml", "--connect"], app) == 0
    first, second, third = capsys.readouterr().out.splitlines()
    assert (first, second) == ("note: oftc: #nova: quiet there", "works: oftc: connected as b")
    assert third.startswith("c.toml is fine: ")
    app.faults = ["mail: refused"]
    assert run(["check", "c.toml", "--connect"], app) == 1
    told = capsys.readouterr()
    assert (told.out.splitlines(), told.err) == ([first, second], "gatherbot: mail: refused\n")
    assert app.asked == [("check", ["oftc"])] * 3


def test_run_and_check_take_the_usual_configuration(folder: Path, app: FakeApplication, capsys: Out) -> None:
    for arguments in (["run"], ["check"]):
        assert run(arguments, app) == 2
    assert (
        capsys.readouterr().err.splitlines()
        == ["gatherbot: there is no config.toml here; name a file, or let gatherbot init write one"] * 2
    )
    (folder / "config.toml").write_text(IRC)
    (folder / "other.toml").write_text(IRC.replace("oftc", "libera"))
    for more in ([], ["--config", "other.toml"], ["other.toml"]):
        assert run(["run", *more], app) == 0
        assert run(["check", "--connect", *more], app) == 0
    assert app.asked == [(word, [name]) for name in ("oftc", "libera", "libera") for word in ("run", "check")]


def test_run_needs_a_network(folder: Path, app: FakeApplication, capsys: Out) -> None:
    (folder / "c.toml").write_text("")
    assert run(["run", "c.toml"], app) == 2
    assert capsys.readouterr().err == (
        "gatherbot: the configuration has no network to connect to; add a [[network]]\n"
    )
    assert app.asked == []


@pytest.mark.parametrize("status", [0, 1])
def test_run_ends_with_the_bot_s_status(folder: Path, app: FakeApplication, status: int) -> None:
    (folder / "c.toml").write_text(IRC)
    app.status = status
    assert run(["run", "c.toml"], app) == status
    assert app.asked == [("run", ["oftc"])]


def test_demo(app: FakeApplication, capsys: Out) -> None:
    assert run(["demo", "--speed", "600"], app) == 0
    assert capsys.readouterr() == ("demo\n", "")
    assert run(["demo", "--web"], app) == 0
    assert app.asked == [("demo", 600.0, False), ("demo", 60.0, True)]


def test_replay_hands_on_what_was_asked(folder: Path, app: FakeApplication, capsys: Out) -> None:
    arguments = [
        "replay",
        "a.log",
        "b.log",
        "--channel",
        "nova",
        "--date",
        "2027-10-19",
        "--zone",
        "Europe/Berlin",
    ]
    assert run([*arguments, "--dialogue"], app) == 0
    assert run(["replay", "a.log"], app) == 0
    assert app.asked == [
        ("replay", [Path("a.log"), Path("b.log")], None, "nova", date(2027, 10, 19), ZoneInfo("Europe/Berlin"), "dialogue"),
        ("replay", [Path("a.log")], None, "", None, None, "mail"),
    ]  # fmt: skip
    assert capsys.readouterr().out == "the text\n" * 2


def test_a_text_with_a_line_end_gets_no_second_one(folder: Path, app: FakeApplication, capsys: Out) -> None:
    app.text = "the text\n"
    assert run(["replay", "a.log"], app) == 0
    assert capsys.readouterr().out == "the text\n"


def test_config_toml_is_taken_where_it_is(folder: Path, app: FakeApplication) -> None:
    (folder / "config.toml").write_text('[gathering]\nname = "usual"\n')
    (folder / "other.toml").write_text('[gathering]\nname = "other"\n')
    for more in ([], ["--config", "other.toml"]):
        assert run(["replay", "a.log", "--json", *more], app) == 0
        assert run(["recap", "nova", "--part", "2", "--html", *more], app) == 0
        assert run(["export", *more], app) == 0
    assert run(["chat"], app) == 0
    assert run(["chat", "--config", "other.toml"], app) == 0
    assert app.asked == [
        ("replay", [Path("a.log")], "usual", "", None, None, "json"),
        ("recap", "usual", "nova", 2, "html", False),
        ("export", "usual"),
        ("replay", [Path("a.log")], "other", "", None, None, "json"),
        ("recap", "other", "nova", 2, "html", False),
        ("export", "other"),
        ("chat", None),
        ("chat", "other"),
    ]


def test_recap_can_be_sent(folder: Path, app: FakeApplication, capsys: Out) -> None:
    app.text = "sent"
    assert run(["recap", "nova", "--send"], app) == 0
    assert app.asked == [("recap", "", "nova", None, "mail", True)]
    assert capsys.readouterr().out == "sent\n"


@pytest.mark.parametrize("yes", [True, False])
def test_an_import_is_shown_and_agreed_to(
    folder: Path, app: FakeApplication, capsys: Out, *, yes: bool
) -> None:
    (folder / "config.toml").write_text(IRC)
    assert run(["import", "ptgbot", "ptg.json", "--network", "oftc", *(["--yes"] if yes else [])], app) == 0
    assert app.asked == [("import", "", Path("ptg.json"), "oftc", yes)]
    assert capsys.readouterr().out == "1 track\n  kelp\nthe text\n"


@pytest.mark.parametrize("command", ["backup", "restore"])
def test_backups(folder: Path, app: FakeApplication, capsys: Out, command: str) -> None:
    (folder / "config.toml").write_text(IRC)
    assert run([command, "copy.sqlite"], app) == 0
    assert app.asked == [(command, "", Path("copy.sqlite"))]
    assert capsys.readouterr().out == "the text\n"


def test_what_cannot_be_done_is_said_in_a_line(folder: Path, app: FakeApplication, capsys: Out) -> None:
    app.cannot = "there is no track nova"
    assert run(["recap", "nova"], app) == 1
    assert capsys.readouterr() == ("", "gatherbot: there is no track nova\n")


def test_an_interrupted_command_says_nothing(app: FakeApplication, capsys: Out) -> None:
    app.interrupted = True
    assert run(["demo"], app) == 130
    assert capsys.readouterr() == ("", "")


def test_what_a_replay_did_not_understand_goes_to_stderr(
    folder: Path, app: FakeApplication, capsys: Out
) -> None:
    app.notes = ["1 line not understood"]
    assert run(["replay", "-", "--zone", "europe/berlin", "--date", "19.10.2027"], app) == 0
    assert capsys.readouterr() == ("the text\n", "gatherbot: 1 line not understood\n")
    assert app.asked == [
        ("replay", [Path("-")], None, "", date(2027, 10, 19), ZoneInfo("Europe/Berlin"), "mail")
    ]
