from pathlib import Path
from textwrap import dedent

from bot.config import Config, Puppets, loads
from bot.networks.irc.settings import IrcSettings
from bot.networks.matrix.settings import MatrixSettings


def loaded(
    folder: Path, text: str, environ: dict[str, str] | None = None, *, connecting: bool = True
) -> Config:
    return loads(dedent(text), lambda _: ([], []), environ or {}, folder=folder, connecting=connecting)


def test_networks_know_their_rooms_and_secrets(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("hunter2\n")
    (tmp_path / "secret").chmod(0o600)
    (tmp_path / "bot.pem").write_text("a certificate")
    config = loaded(
        tmp_path,
        """
        [bot]
        nick = "ptgbot"

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
            password="hunter2", rooms=("#ptg", "#nova"), relays=("bridge",), ignore=("zuul",),
        ),
        IrcSettings(
            name="local", host="::1", port=6667, tls=False, nick="bot", throttle=False, login="certfp",
            certificate=tmp_path / "bot.pem", rooms=("#nova",),
        ),
        MatrixSettings(
            name="matrix", homeserver="https://example.org", user="@ptg:example.org",
            password="correct horse", rooms=("#nova:example.org",),
        ),
    )  # fmt: skip
    assert config.puppets == {"oftc": Puppets("[m]", "*@bridge.example.org")}
    assert [track.venues for track in config.setup.tracks] == [
        (("oftc/#nova", "matrix/#nova:example.org"), ("local/#nova",)),
        (("oftc/#nova",),),  # however it is spelled
    ]
    assert config.notes == (
        "track[0]: has neither list nor maintainers, so its recaps are mailed to nobody",
        "track[1]: has neither list nor maintainers, so its recaps are mailed to nobody",
        "network[2]: Matrix comes with a later release; this network is not connected",
    )
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
