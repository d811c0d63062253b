"""`check --connect` asks a real Mailman whether its list takes what the bot sends."""

import pytest

from tests.live.bot_process import Configuration
from tests.live.mail_servers import MailingList
from tests.live.test_whole_way_mail import mail_of
from tests.live.whole_way import Scene

pytestmark = pytest.mark.live

ROOM = "#posted"
API = 'mailman = "http://127.0.0.1:{port}/3.1"\nmailman_user = "restadmin"\nmailman_password_env = "MAILMAN_PASSWORD"\n'


def configured(scene: Scene, mailing_list: MailingList, more: str = "") -> Configuration:
    password = scene.folder / "mail-password"
    password.write_text("pw-mail")
    password.chmod(0o600)
    return Configuration(scene.ircd, [ROOM], more=mail_of(mailing_list) + more)


async def test_the_check_asks_the_list(
    scene: Scene, mailing_list: MailingList, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MAILMAN_PASSWORD", "restpass")
    bot = scene.bot(configured(scene, mailing_list, API.format(port=mailing_list.hub.port + 2)))
    done = await bot.command("check", "config.toml", "--connect")
    assert (done.returncode, done.stderr) == (0, "")
    assert "works: ptg@lists.test: takes mail of bot@bot.test, a member, at once" in done.stdout.splitlines()
