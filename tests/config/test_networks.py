from pathlib import Path
from textwrap import dedent

import pytest

from bot.config import Config, ConfigError, loads
from bot.config.plugin_choice import Choice
from bot.core.people.puppets import Puppets
from bot.networks.irc.settings import IrcSettings, Relay
from bot.networks.matrix.settings import MatrixSettings

BRIDGED = Puppets("oftc", "matrix", "[m]", "*@bridge.example.org", server="example.org")


def loaded(
    folder: Path, text: str, environ: dict[str, str] | None = None, *, connecting: bool = True
) -> Config:
    return loads(dedent(text), lambda _: Choice([]), environ or {}, folder=folder, connecting=connecting)


def test_networks_know_their_rooms_and_secrets(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("hunter2\n")
    (tmp_path / "secret").chmod(0o600)
    (tmp_path / "bot.pem").write_text("a certificate")
    config = loaded(
        tmp_path,
        """
        [bot]
        nick = "ptgbot"
        admins = ["@ada:example.org", "oftc/ada"]

        [[network]]
        kind = "irc"
        name = "oftc"
        host = "IRC.example.org"
        login = "nickserv"
        account = "ptg"
        password_file = "secret"
        relays = ["bridge"]
        ignore = ["zuul"]
        puppets = {suffix = "[m]", host = "*@bridge.example.org"}

        [[network]]
        kind = "irc"
        name = "local"
        host = "::1"
        port = 6667
        tls = false
        nick = "bot"
        throttle = false
        login = "certfp"
        certificate = "bot.pem"

        [[network]]
        kind = "matrix"
        name = "matrix"
        homeserver = "https://example.org"
        user = "@ptg:example.org"
        password_env = "MATRIX_PASSWORD"

        [gathering]
        rooms = ["oftc/#ptg"]

        [[track]]
        slug = "nova"
        moderators = ["matrix/@lin:example.org", "oftc/lin"]
        maintainers = [{mail = "rosa@example.org", accounts = ["@rosa:example.org", "oftc/rosa"]}]
        rooms = [["oftc/#nova", "matrix/#nova:example.org"], "local/#nova"]

        [[track]]
        slug = "cinder"
        rooms = ["oftc/#Nova"]
        """,
        environ={"MATRIX_PASSWORD": "correct horse"},
    )
    assert config.networks == (
        IrcSettings(
            name="oftc", host="irc.example.org", nick="ptgbot", login="nickserv", account="ptg",
            password="hunter2", rooms=("#ptg", "#nova"), relays=(Relay("bridge"),), ignore=("zuul",),
            puppets=BRIDGED,
        ),
        IrcSettings(
            name="local", host="::1", port=6667, tls=False, nick="bot", throttle=False, login="certfp",
            certificate=tmp_path / "bot.pem", rooms=("#nova",),
        ),
        MatrixSettings(
            name="matrix", homeserver="https://example.org", user="@ptg:example.org",
            password="correct horse", rooms=("#nova:example.org",), data=tmp_path / "gatherbot-data",
            inviters=frozenset({"@ada:example.org", "@lin:example.org", "@rosa:example.org"}),
        ),
    )  # fmt: skip
    assert config.setup.puppets == (BRIDGED,)
    assert config.setup.networks == {"oftc": "irc", "local": "irc", "matrix": "matrix"}
    assert [track.venues for track in config.setup.tracks] == [
        (("oftc/#nova", "matrix/#nova:example.org"), ("local/#nova",)),
        (("oftc/#nova",),),  # however it is spelled
    ]
    assert config.notes == ("track[1]: has no list and no maintainers, so nobody gets its recaps by mail",)
    assert "hunter2" not in repr(config)
    assert "correct horse" not in repr(config)


def test_who_does_not_connect_needs_no_secrets(tmp_path: Path) -> None:
    config = loaded(
        tmp_path,
        """
        [bot]
        data = "/proc/nowhere"
        [[network]]
        kind = "irc"
        name = "oftc"
        host = "irc.example.org"
        login = "sasl"
        password_file = "none"
        certificate = "none.pem"
        """,
        connecting=False,
    )
    assert config.networks == (
        IrcSettings(name="oftc", host="irc.example.org", login="sasl", certificate=tmp_path / "none.pem"),
    )


TWO = """
[[network]]
kind = "irc"
name = "oftc"
host = "irc.example.org"
{irc}

[[network]]
kind = "matrix"
name = "matrix"
homeserver = "https://hs.example"
user = "@ptg:hs.example"
password_env = "PASSWORD"
{matrix}
"""


def bridged(folder: Path, irc: str = "", matrix: str = "", more: str = "") -> tuple[Puppets, ...]:
    text = TWO.format(irc=irc, matrix=matrix) + more
    return loaded(folder, text, {"PASSWORD": "x"}).setup.puppets


def test_whose_people_puppets_are_follows_where_there_is_no_choice(tmp_path: Path) -> None:
    assert bridged(tmp_path) == ()
    assert bridged(tmp_path, 'puppets = {suffix = "[m]"}', 'puppets = {prefix = "_oftc_"}') == (
        Puppets("oftc", "matrix", suffix="[m]", server="hs.example"),
        Puppets("matrix", "oftc", prefix="_oftc_", host="hs.example"),
    )
    second = '[[network]]\nkind = "irc"\nname = "libera"\nhost = "irc.example.net"\n'
    named = 'puppets = {prefix = "_libera_", of = "libera", host = "bridge.example"}'
    assert bridged(tmp_path, "", named, second) == (
        Puppets("matrix", "libera", prefix="_libera_", host="bridge.example"),
    )
    alone = '[[network]]\nkind = "irc"\nname = "oftc"\nhost = "irc.example.org"\npuppets = {suffix = "[m]"}'
    assert loaded(tmp_path, alone).setup.puppets == (Puppets("oftc", suffix="[m]"),)


@pytest.mark.parametrize(
    ("irc", "matrix", "fault"),
    [
        ('puppets = {prefix = "_x_", suffix = "[m]"}', "",
         "network[0].puppets.prefix: is for Matrix; on IRC, puppets are recognized by suffix and host"),
        ('puppets = {of = "matrix"}', "",
         "network[0].puppets: needs suffix, and host if puppets should have the rights of their people"),
        ('puppets = {suffix = "[m]", host = "*@*.*"}', "",
         "network[0].puppets.host: matches everybody; give the host of the bridge, like *@bridge.example.org"),
        ('puppets = {suffix = "[m]", of = "matrx"}', "",
         "network[0].puppets.of: no network is called matrx; did you mean matrix?"),
        ('puppets = {suffix = "[m]", of = "oftc"}', "",
         "network[0].puppets.of: oftc is of the same kind; a bridge connects IRC with Matrix"),
        ("", 'puppets = {prefix = "_oftc_", suffix = "[m]"}',
         "network[1].puppets.suffix: is for IRC; on Matrix, puppets are recognized by prefix"),
        ("", 'puppets = {host = "hs.example"}',
         'network[1].puppets.prefix: is missing; it is the beginning of puppet ids, like "_oftc_"'),
        ("", 'puppets = {prefix = "_oftc_", host = "*"}',
         "network[1].puppets.host: must be a homeserver, like example.org"),
    ],
)  # fmt: skip
def test_puppets_of_nobody_are_faults(tmp_path: Path, irc: str, matrix: str, fault: str) -> None:
    with pytest.raises(ConfigError) as raised:
        bridged(tmp_path, irc, matrix)
    assert raised.value.faults == [fault]


def test_of_several_networks_one_must_be_named(tmp_path: Path) -> None:
    second = '[[network]]\nkind = "irc"\nname = "libera"\nhost = "irc.example.net"\n'
    with pytest.raises(ConfigError) as raised:
        bridged(tmp_path, "", 'puppets = {prefix = "_libera_"}', second)
    assert raised.value.faults == [
        "network[1].puppets.of: is missing; it is the IRC network that the people are on"
    ]


ENCRYPTED = """
[[network]]
kind = "matrix"
name = "matrix"
homeserver = "https://example.org"
user = "@ptg:example.org"
password_env = "PASSWORD"
encryption = true
unverified = "refuse"
"""


def test_encrypted_rooms_need_an_extra(tmp_path: Path) -> None:
    def lacking(package: str) -> bool:
        return package != "vodozemac"

    install = "uv sync --locked --extra e2ee"
    with pytest.raises(ConfigError) as caught:
        loads(ENCRYPTED, lambda _: Choice([]), {"PASSWORD": "x"}, folder=tmp_path, installed=lacking)
    assert caught.value.faults == [
        f"network[0].encryption: needs the extra e2ee, which is not installed; run {install}"
    ]
    # who only replays a log needs none
    loads(ENCRYPTED, lambda _: Choice([]), folder=tmp_path, connecting=False, installed=lacking)


def test_who_is_trusted_in_encrypted_rooms(tmp_path: Path) -> None:
    (network,) = loaded(tmp_path, ENCRYPTED, {"PASSWORD": "x"}).networks
    assert isinstance(network, MatrixSettings)
    assert (network.encryption, network.unverified) == (True, "refuse")


RELAYS = """
[[network]]
kind = "irc"
name = "oftc"
host = "irc.example.org"
relays = ["bridge", {{nick = "tele", account = "Tele", host = "*@relay.example.org"}}, {irc}]
[[network]]
kind = "matrix"
name = "matrix"
homeserver = "https://example.org"
user = "@bot:example.org"
password_env = "P"
relays = ["@bridge:example.org", {matrix}]
"""


def test_relays_are_nicks_or_tables(tmp_path: Path) -> None:
    text = RELAYS.format(irc='{host = "bridge.*"}', matrix='{account = "@other:example.org"}')
    irc, matrix = loads(text, lambda _: Choice([]), {"P": "x"}, folder=tmp_path).networks
    assert irc.relays == (
        Relay("bridge"),
        Relay("tele", "Tele", "*@relay.example.org"),
        Relay(host="bridge.*"),
    )
    assert matrix.relays == ("@bridge:example.org", "@other:example.org")


@pytest.mark.parametrize(
    ("irc", "matrix", "fault"),
    [
        ("{}", '"@x:y"', "network[0].relays[2]: needs nick, account or host, to recognize the relay by"),
        ("7", '"@x:y"', "network[0].relays[2]: must be a table"),
        (
            '{host = "*@*"}',
            '"@x:y"',
            "network[0].relays[2].host: matches everybody; give the host of the bridge, like *@bridge.example.org",
        ),
        (
            '{nic = "x"}',
            '"@x:y"',
            "network[0].relays[2].nic: is not a known key; did you mean nick?",
        ),
        ('"x"', '{host = "x"}', "network[1].relays[1].account: is missing"),
    ],
)
def test_relays_that_cannot_be_recognized(tmp_path: Path, irc: str, matrix: str, fault: str) -> None:
    with pytest.raises(ConfigError) as told:
        loads(RELAYS.format(irc=irc, matrix=matrix), lambda _: Choice([]), {"P": "x"}, folder=tmp_path)
    assert told.value.faults[0] == fault


def test_who_gets_recaps_matters_where_a_track_has_a_room(tmp_path: Path) -> None:
    config = loaded(tmp_path, '[[track]]\nslug = "swift"\n[[track]]\nslug = "nova"\nrooms = ["oftc/#nova"]\n')
    assert config.notes == ("track[1]: has no list and no maintainers, so nobody gets its recaps by mail",)
