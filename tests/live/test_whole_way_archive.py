"""Posted means seen: a real Mailman archives what the bot mailed, or holds it, and the room hears which."""

import asyncio
import base64
import mailbox
import re
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web

from bot.core.archive_addresses import letter_hash
from tests.live.bot_process import BotProcess, Configuration
from tests.live.irc_people import Person
from tests.live.mail_servers import MailingList
from tests.live.test_whole_way_mail import mail_of
from tests.live.test_whole_way_posted import API
from tests.live.whole_way import Scene

pytestmark = pytest.mark.live

ROOM = "#archived"
SUBSCRIBER = "bob@example.test"
MINUTES = 150.0  # seconds; the bot looks for a letter a minute after the mail server took it
MAINTAINED = (
    'list = "ptg@lists.test"\nmaintainers = [{mail = "alice@example.test", accounts = ["irc/alice"]}]'
)


class Archive:
    """Mailman's prototype archive, which is a Maildir, served by the hashes of its mails."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.port = 0

    def address_of(self, message_id: str) -> str:
        """Where a letter to the list is, once it is there."""
        return f"http://127.0.0.1:{self.port}/list/ptg@lists.test/{letter_hash(message_id)}"

    async def shows(self, message_id: str) -> None:
        """Wait until it has a letter: Mailman archives it in its own time."""
        async with asyncio.timeout(MINUTES), aiohttp.ClientSession() as session:
            while True:
                async with session.get(self.address_of(message_id)) as answer:
                    if answer.status == 200:
                        return
                await asyncio.sleep(0.2)

    async def answer(self, request: web.Request) -> web.Response:
        path = self._folder / request.match_info["list"]
        mails = list(mailbox.Maildir(path, create=False)) if path.exists() else []
        for mail in mails:
            if letter_hash(str(mail["Message-ID"]).strip(" <>\n")) == request.match_info["hash"]:
                return web.Response(text=mail.as_string())
        raise web.HTTPNotFound


@pytest.fixture
async def archive(mailing_list: MailingList) -> AsyncIterator[Archive]:
    served = Archive(mailing_list.hub.folder / "var/archives/prototype")
    application = web.Application()
    application.router.add_get("/list/{list}/{hash}", served.answer)
    runner = web.AppRunner(application)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    served.port = runner.addresses[0][1]
    yield served
    await runner.cleanup()


class ListOwner:
    """Somebody who may moderate the list."""

    def __init__(self, mailing_list: MailingList) -> None:
        self._api = f"http://127.0.0.1:{mailing_list.hub.port + 2}/3.1"
        self._list = f"{self._api}/lists/{mailing_list.address}"

    async def moderates(self, address: str, action: str) -> None:
        """What the list does with mail of a member from now on; "" as with all members."""
        async with self._session() as session:
            async with session.get(f"{self._list}/member/{address}") as answer:
                member = (await answer.json())["member_id"]
            async with session.patch(
                f"{self._api}/members/{member}", data={"moderation_action": action}
            ) as answer:
                assert answer.status == 204

    async def accepts_all(self) -> int:
        """Accept what the list holds; how much that was."""
        async with self._session() as session:
            async with session.get(f"{self._list}/held") as answer:
                held = [entry["request_id"] for entry in (await answer.json()).get("entries", [])]
            for request in held:
                async with session.post(f"{self._list}/held/{request}", data={"action": "accept"}) as answer:
                    assert answer.status == 204
        return len(held)

    def _session(self) -> aiohttp.ClientSession:
        login = base64.b64encode(b"restadmin:restpass").decode()
        return aiohttp.ClientSession(headers={"Authorization": f"Basic {login}"})


def posting(scene: Scene, mailing_list: MailingList, archive: Archive) -> BotProcess:
    password = scene.folder / "mail-password"
    password.write_text("pw-mail")
    password.chmod(0o600)
    address = f'archive = "http://127.0.0.1:{archive.port}/list/{{list}}/{{hash}}"\n'
    more = mail_of(mailing_list) + API.format(port=mailing_list.hub.port + 2) + address
    return scene.bot(Configuration(scene.ircd, [ROOM], track=MAINTAINED, more=more))


async def hears(person: Person, words: str) -> str:
    """Wait until the bot says something with these words in the room."""
    async with asyncio.timeout(MINUTES):
        while not (found := [text for text in person.heard_in(ROOM) if words in text]):  # noqa: ASYNC110
            await asyncio.sleep(0.2)
    return found[0]


async def posts(chair: Person, what: str, times: int) -> None:
    """Hold a session and approve its recap, so that the mail server takes it."""
    await chair.ask(ROOM, f"#startmeeting {what}")
    await chair.ask(ROOM, f"#info {what} was said")
    chair.tell(ROOM, "#endmeeting")
    await chair.until_so(
        lambda: sum("is with 1 maintainer" in text for text in chair.heard_in(ROOM)) == times
    )
    chair.tell(ROOM, "#recap send!")
    taken = "approved: the mail server took it; I say here when the list's archive shows it"
    await chair.until_so(lambda: sum(text.endswith(taken) for text in chair.heard_in(ROOM)) == times)


async def test_what_the_archive_shows_and_what_the_list_holds_is_told(
    scene: Scene, mailing_list: MailingList, archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MAILMAN_PASSWORD", "restpass")
    owner = ListOwner(mailing_list)
    chair = await scene.person("alice", ROOM, password="pw-alice")
    bot = posting(scene, mailing_list, archive)
    done = await bot.command("check", "config.toml", "--connect")
    assert f"works: http://127.0.0.1:{archive.port}/list/: the archive of lists answers" in done.stdout
    bot.start()
    await chair.sees_bot_join(ROOM, 2)  # the check was there, too
    await posts(chair, "The first day", 1)
    await mailing_list.hub.arrived(SUBSCRIBER, re.findall(r"mail: (\S+) was sent", bot.log)[-1])
    await owner.moderates("bot@bot.test", "hold")
    try:
        await posts(chair, "The second day", 2)
        seen = await hears(chair, "is on the list: ")
        held = await hears(chair, "is not on the list yet")
    finally:
        await owner.moderates("bot@bot.test", "")
    assert seen.startswith("the recap is on the list: http://127.0.0.1:")
    assert held.startswith(
        "the recap, part 2, is not on the list yet: ptg@lists.test holds it for its moderators"
    )
    async with aiohttp.ClientSession() as session, session.get(seen.partition(": ")[2]) as answer:
        assert "The first day was said" in await answer.text()

    assert await owner.accepts_all() == 1
    assert (await bot.stop())[0] == 0
    bot.start()  # it looks at once for what it has not seen
    seen = await hears(chair, "the recap, part 2, is on the list: ")
    status = await chair.ask(ROOM, "#recap")
    assert status.endswith(f"; it is at {seen.rpartition(': ')[2]}")
