"""`gatherbot check CONFIG --connect` against real servers: all right, or one clear line for what is not."""

import pytest

from bot.bundled import BUNDLED
from tests.live.bot_process import BotProcess, Configuration
from tests.live.mail_servers import MailHub
from tests.live.ports import free_ports
from tests.live.whole_way import Scene

pytestmark = pytest.mark.live

LOGIN = 'login = "sasl"\naccount = "bot"\npassword_file = "password"\nthrottle = false'


def mail_of(hub: MailHub) -> str:
    return (
        f'[mail]\nhost = "localhost"\nport = {hub.port}\nsecurity = "starttls"\n'
        f'tls_ca = "{hub.folder / "tls.pem"}"\nusername = "bot@bot.test"\npassword_file = "mail-password"\n'
        'from = "bot@bot.test"\n'
    )


def prepared(scene: Scene, *, room: str = "#check", more: str = "", port: int = 0) -> BotProcess:
    """A configuration with a login and its secrets."""
    for name, secret in (("password", "pw-bot\n"), ("mail-password", "pw-mail\n")):
        (scene.folder / name).write_text(secret)
        (scene.folder / name).chmod(0o600)
    return scene.bot(Configuration(scene.ircd, [room], network=LOGIN, more=more, port=port))


async def checked(bot: BotProcess) -> tuple[int, str, str]:
    """Exit status, and what it said on both streams."""
    done = await bot.command("check", "config.toml", "--connect")
    return done.returncode, done.stdout, done.stderr


async def test_all_is_right(scene: Scene, mail_hub: MailHub) -> None:
    bot = prepared(scene, more=mail_of(mail_hub))
    status, said, complaints = await checked(bot)
    assert (status, complaints) == (0, "")
    plugins = len(BUNDLED)
    assert said.splitlines() == [
        "note: ptg@lists.test: subscribe bot@bot.test, or let the list accept it; otherwise it may hold the recaps",
        "works: irc: connected as gatherbot; in #check",
        f"works: localhost:{mail_hub.port}: the mail server answers, logged in as bot@bot.test",
        f"config.toml is fine: 1 network, 1 track, 0 slots, {plugins} plugins",
    ]


async def test_beside_the_bot_it_has_a_nick_of_its_own(scene: Scene) -> None:
    watcher = await scene.person("watcher", "#beside-it")
    bot = prepared(scene, room="#beside-it")
    bot.start()
    await watcher.sees_bot_join("#beside-it")
    status, said, complaints = await checked(bot)
    assert (status, complaints) == (0, "")
    assert said.splitlines()[:2] == [
        "note: the bot is running, so IRC was tried as gatherbot-check",
        "works: irc: connected as gatherbot-check; in #beside-it",
    ]
    assert (await bot.stop())[0] == 0
    assert bot.faults() == []


async def test_a_wrong_password(scene: Scene) -> None:
    bot = prepared(scene)
    (scene.folder / "password").write_text("pw-guess\n")
    assert await checked(bot) == (
        1,
        "",
        "gatherbot: irc: not connected: login refused: SASL authentication failed\n",
    )


async def test_an_unknown_authority(scene: Scene) -> None:
    bot = prepared(scene, port=scene.ircd.port + 1)
    bot.config.write_text(bot.config.read_text().replace("tls = false", "tls = true"))
    assert await checked(bot) == (
        1,
        "",
        (
            "gatherbot: irc: not connected: the certificate of localhost was not accepted: "
            "unable to get local issuer certificate\n"
        ),
    )


async def test_a_room_that_does_not_let_us_in(scene: Scene) -> None:
    op = await scene.person("op-ban", "#banned")
    op.give("MODE #banned +b gatherbot!*@*")
    await op.until(lambda line: " MODE #banned " in line)
    assert await checked(prepared(scene, room="#banned")) == (
        1,
        "works: irc: connected as gatherbot\n",
        "gatherbot: irc: can't join #banned: Cannot join channel (you're banned)\n",
    )


async def test_a_server_that_is_not_there(scene: Scene) -> None:
    port = free_ports(1)
    assert await checked(prepared(scene, port=port)) == (
        1,
        "",
        f"gatherbot: irc: not connected: localhost:{port} takes no connections\n",
    )


async def test_a_mail_server_that_is_not_there(scene: Scene, mail_hub: MailHub) -> None:
    mail_hub.stop()
    bot = prepared(scene, more=mail_of(mail_hub))
    assert await checked(bot) == (
        1,
        "works: irc: connected as gatherbot; in #check\n",
        f"gatherbot: localhost:{mail_hub.port}: can't reach the mail server\n",
    )


async def test_a_mail_server_that_refuses_the_login(scene: Scene, mail_hub: MailHub) -> None:
    bot = prepared(scene, more=mail_of(mail_hub))
    (scene.folder / "mail-password").write_text("pw-guess\n")
    server = f"localhost:{mail_hub.port}"
    assert await checked(bot) == (
        1,
        "works: irc: connected as gatherbot; in #check\n",
        f"gatherbot: {server}: the mail server refused the login: 535 5.7.8 Authentication credentials invalid\n",
    )
