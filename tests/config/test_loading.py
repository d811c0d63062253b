import os
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from textwrap import dedent
from typing import Annotated
from zoneinfo import ZoneInfo

import pytest
from msgspec import Struct
from pydantic import AfterValidator, BaseModel, BeforeValidator, ValidationInfo

from bot.config import Config, ConfigError, Web, load, loads
from bot.config.plugin_choice import Choice, Choose, PluginNames
from bot.core.plugin.declarations import Plugin
from bot.core.state.limits import Limits
from bot.core.state.setup import BookingHours, Gathering, Maintainer, Slot, Team
from bot.core.words.durations import duration
from bot.mail.settings import SmtpSettings


class Tides(BaseModel):
    settle: Annotated[timedelta, BeforeValidator(duration)] = timedelta(minutes=5)


def beside(text: str, info: ValidationInfo) -> str:
    """A path as a plugin reads it: relative ones begin at the configuration's folder."""
    return str(info.context["folder"] / text) if info.context else text


class TrackTides(BaseModel):
    color: str = ""
    subject_tags: tuple[str, ...] = ()


class GatheringTides(BaseModel):
    motto: str = ""
    chart: Annotated[str, AfterValidator(beside)] = ""


TIDES = Plugin("tides", table=("tides", Tides), track_table=TrackTides, gathering_table=GatheringTides)


def no_plugins(names: PluginNames) -> Choice:
    return Choice([])


def tides(names: PluginNames) -> Choice:
    return Choice([TIDES])


def written(folder: Path, text: str) -> Path:
    file = folder / "config.toml"
    file.write_text(dedent(text), encoding="utf-8")
    return file


def loaded(
    folder: Path, text: str, choose: Choose = no_plugins, environ: Mapping[str, str] | None = None
) -> Config:
    return load(written(folder, text), choose, environ or {})


def faults(
    folder: Path, text: str, choose: Choose = no_plugins, environ: Mapping[str, str] | None = None
) -> list[str]:
    with pytest.raises(ConfigError) as caught:
        loaded(folder, text, choose, environ)
    return caught.value.faults


def test_an_empty_file_is_a_configuration(tmp_path: Path) -> None:
    config = loaded(tmp_path, "")
    assert config.setup.names == ("gatherbot",)
    assert config.setup.gathering == Gathering()
    assert (config.networks, config.mail, config.plugins, config.notes) == ((), None, (), ())
    assert config.data == tmp_path / "gatherbot-data"
    assert config.outbox == tmp_path / "gatherbot-data" / "outbox"
    assert config.web is None


def test_the_gathering_and_its_tracks(tmp_path: Path) -> None:
    config = loaded(
        tmp_path,
        """
        [gathering]
        slug = "2027-10"
        name = "October 2027 PTG"
        kind = "virtual PTG"
        starts = 2027-10-18
        ends = 2027-10-20
        timezone = "Europe/Berlin"
        url = "https://ptg.example.org/"
        rooms = ["oftc/#ptg"]
        etherpads = "https://etherpad.example.org/p/"
        limits = {day = 4, week = 10.5}

        [[track]]
        slug = "tidepool"
        name = "Tidepool"
        days = [2027-10-20, 2027-10-19]
        release_done = "3.0"
        release_next = "4.0"
        list = "tidepool@lists.example.org"
        session_minutes = 90
        public = false
        rooms = [["oftc/#tidepool", "oftc/#tidepool-2"], "oftc/#tidepool-3"]
        moderators = ["oftc/Amaru", "@jbell:Example.org"]
        maintainers = [{mail = "amaru@example.org", accounts = ["oftc/amaru"]}]
        [[track.team]]
        name = "Agent"
        about = "The daemon."
        meeting = "Mondays"

        [[track]]
        slug = "nova"

        [[slot]]
        name = "MonAM"
        track = "tidepool"
        place = "Missouri"
        starts = 2027-10-18T13:00:00Z
        ends = 2027-10-18T15:00:00Z
        agenda = ["CI"]

        [[slot]]
        name = "TuePM"
        starts = 2027-10-19T13:00:00
        ends = 2027-10-19T15:00:00
        """,
    )
    setup = config.setup
    assert setup.gathering == Gathering(
        slug="2027-10",
        name="October 2027 PTG",
        kind="virtual PTG",
        starts=date(2027, 10, 18),
        ends=date(2027, 10, 20),
        zone=ZoneInfo("Europe/Berlin"),
        url="https://ptg.example.org/",
        rooms=("oftc/#ptg",),
        etherpads="https://etherpad.example.org/p/",
        limits=BookingHours(4, 10.5),
    )
    tidepool, nova = setup.tracks
    assert tidepool.venues == (("oftc/#tidepool", "oftc/#tidepool-2"), ("oftc/#tidepool-3",))
    assert tidepool.days == (date(2027, 10, 19), date(2027, 10, 20))
    assert tidepool.moderators == {"oftc/Amaru", "@jbell:Example.org"}
    assert tidepool.maintainers == (Maintainer("amaru@example.org", frozenset({"oftc/amaru"}), "amaru"),)
    assert tidepool.teams == (Team("Agent", "The daemon.", "Mondays"),)
    assert (tidepool.list, tidepool.session_minutes, tidepool.public) == (
        "tidepool@lists.example.org",
        90,
        False,
    )
    assert (tidepool.release_done, tidepool.release_next) == ("3.0", "4.0")
    assert (nova.name, nova.days) == ("nova", (date(2027, 10, 18), date(2027, 10, 19), date(2027, 10, 20)))
    assert setup.slots == (
        Slot(
            "MonAM", "tidepool", "Missouri",
            datetime(2027, 10, 18, 13, tzinfo=UTC), datetime(2027, 10, 18, 15, tzinfo=UTC), ("CI",),
        ),
        Slot("TuePM", "", "", datetime(2027, 10, 19, 11, tzinfo=UTC), datetime(2027, 10, 19, 13, tzinfo=UTC)),
    )  # fmt: skip


def test_limits(tmp_path: Path) -> None:
    assert loaded(tmp_path, "").setup.limits == Limits()
    config = loaded(
        tmp_path,
        """
        [limits]
        commands = 0
        commands_per_minute = 1
        message_commands = 2
        queue_absent = 3
        agenda_items = 9
        named_people = 4
        subscriptions = 5
        all_subscriptions = 6
        records = 7
        sessions_per_day = 8
        """,
    )
    assert config.setup.limits == Limits(0, 1, 2, 3, 9, 4, 5, 6, 7, 8)


def test_mail_web_and_fetch(tmp_path: Path) -> None:
    config = loaded(
        tmp_path,
        """
        [mail]
        host = "mail.example.org"
        security = "tls"
        username = "ptg"
        password_env = "MAIL"
        from = "PTG bot <ptg@example.org>"

        [web]
        listen = "[::1]:8000"
        public_url = "https://ptg.example.org"

        [fetch]
        allow = ["Etherpad.example.org"]
        """,
        environ={"MAIL": "hunter2"},
    )
    assert config.mail == SmtpSettings(
        "mail.example.org", "PTG bot <ptg@example.org>", 465, "tls", username="ptg", password="hunter2"
    )
    assert config.sender == "PTG bot <ptg@example.org>"
    assert config.web == Web("::1", 8000, "https://ptg.example.org")
    assert config.fetch == {"etherpad.example.org"}


def test_a_sender_alone_is_for_letters_that_become_files(tmp_path: Path) -> None:
    config = loaded(tmp_path, '[mail]\nfrom = "ptg@example.org"')
    assert (config.mail, config.sender) == (None, "ptg@example.org")


def test_plugins_bring_their_own_keys(tmp_path: Path) -> None:
    config = loaded(
        tmp_path,
        """
        [gathering]
        motto = "High and low"
        chart = "charts/bay"
        [tides]
        settle = "1h30m"
        [[track]]
        slug = "nova"
        color = "blue"
        subject_tags = ["nova", "ptg"]
        [[track]]
        slug = "cinder"
        """,
        tides,
    )
    nova, cinder = config.setup.tracks
    assert config.setup.of(Tides) == Tides(settle=timedelta(minutes=90))
    assert config.setup.of(GatheringTides) == GatheringTides(
        motto="High and low", chart=str(tmp_path / "charts/bay")
    )
    assert nova.of(TrackTides) == TrackTides(color="blue", subject_tags=("nova", "ptg"))
    assert cinder.of(TrackTides) == TrackTides()


def test_a_file_that_is_none(tmp_path: Path) -> None:
    missing = tmp_path / "none.toml"
    with pytest.raises(ConfigError) as caught:
        load(missing, no_plugins, {})
    assert caught.value.faults == [f"there is no file {missing}"]


def test_a_file_that_is_not_toml(tmp_path: Path) -> None:
    assert faults(tmp_path, "[bot") == [
        (
            f"{tmp_path / 'config.toml'} is not valid TOML: Expected ']' at the end of a table declaration "
            "(at end of document)"
        )
    ]
    file = tmp_path / "latin.toml"
    file.write_bytes(b'[gathering]\nname = "Caf\xe9"')
    with pytest.raises(ConfigError) as caught:
        load(file, no_plugins, {})
    assert caught.value.faults == [f"{file} is not UTF-8 text"]


def test_a_file_of_a_windows_editor(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_bytes(b'\xef\xbb\xbf[gathering]\r\nname = "October"\r\n')
    assert load(file, no_plugins, {}).setup.gathering.name == "October"


def test_plugins_that_clash_are_a_fault(tmp_path: Path) -> None:
    def twice(names: PluginNames) -> Choice:
        plugins = [Plugin("a"), Plugin("b")]
        for plugin in plugins:
            plugin.command("tide", usage="#tide", says="the tide", example="#tide")(lambda _: [])
        return Choice(plugins)

    assert faults(tmp_path, "", twice) == ["bot.plugins: tide is claimed by a and b"]


class TideTurned(Struct, frozen=True):
    """The tide turned."""


def test_jobs_and_facts_of_one_name_clash_as_well(tmp_path: Path) -> None:
    def twice(names: PluginNames) -> Choice:
        plugins = [Plugin(name, facts=(TideTurned,)) for name in ("a", "b")]
        for plugin in plugins:
            plugin.job("table")(lambda *_: None)
        return Choice(plugins)

    assert faults(tmp_path, "", twice) == [
        "bot.plugins: table is claimed by a and b; TideTurned is claimed by a and b"
    ]


def test_an_edit_of_a_command_that_the_plugin_lacks_is_a_fault(tmp_path: Path) -> None:
    def misspelt(names: PluginNames) -> Choice:
        plugin = Plugin("tides")
        plugin.command("tide", usage="#tide", says="the tide", example="#tide")(lambda _: [])
        plugin.edits.line_edited("tied")(lambda _: [])
        plugin.edits.line_removed("tied")(lambda _: [])
        return Choice([plugin])

    assert faults(tmp_path, "", misspelt) == [
        (
            'bot.plugins: tides declares line_edited("tied"), but no command #tied; '
            'tides declares line_removed("tied"), but no command #tied'
        )
    ]


def test_unknown_plugins_are_faults(tmp_path: Path) -> None:
    def none(names: PluginNames) -> Choice:
        return Choice([], faults=[("plugins", f"no plugin is called {name}") for name in names.listed or ()])

    assert faults(tmp_path, '[bot]\nplugins = ["tidse"]', none) == ["bot.plugins: no plugin is called tidse"]


def test_the_environment_is_the_process_s_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GATHERBOT_TEST_PASSWORD", "hunter2")
    assert "GATHERBOT_TEST_PASSWORD" in os.environ
    file = written(
        tmp_path,
        """
        [[network]]
        kind = "irc"
        name = "oftc"
        host = "irc.example.org"
        login = "sasl"
        password_env = "GATHERBOT_TEST_PASSWORD"
        """,
    )
    (network,) = load(file, no_plugins).networks
    assert network.password == "hunter2"


def test_a_text_is_a_configuration_too(tmp_path: Path) -> None:
    config = loads('[bot]\ndata = "d"', no_plugins, {}, folder=tmp_path)
    assert config.data == tmp_path / "d"
    with pytest.raises(ConfigError) as caught:
        loads("[bot", no_plugins, {})
    assert caught.value.faults == [
        "the configuration is not valid TOML: Expected ']' at the end of a table declaration (at end of document)"
    ]


def test_a_track_that_no_command_can_name_is_noted(tmp_path: Path) -> None:
    tide = Plugin("tide")
    tide.command("now", about_track=True, usage="#TRACK now", says="", example="")(lambda _: [])
    tide.command("ebb", usage="#ebb", says="", example="")(lambda _: [])
    text = "[[track]]\nslug = 'nova'\n[[track]]\nslug = 'ebb'\n"
    notes = loaded(tmp_path, text, lambda _: Choice([tide])).notes
    assert [note for note in notes if "mail" not in note] == [
        "track[1].slug: #ebb is a command, so #ebb now ... sets nothing on the board; choose another slug",
    ]
