"""From a session on IRC to the archive of a mailing list, by the address in a maintainer's mail and by an answer to it."""

import asyncio
import re
import smtplib
import sqlite3
from email.message import EmailMessage

import pytest
from playwright.async_api import expect

from tests.live.bot_process import BotProcess, Configuration
from tests.live.browser import DESK, browsing, reader
from tests.live.irc_people import Person
from tests.live.mail_servers import MailingList, text_of
from tests.live.ports import free_ports
from tests.live.test_whole_way_archive import Archive, archive
from tests.live.test_whole_way_mail import body_of, mail_of, time_passes
from tests.live.test_whole_way_pages import opened
from tests.live.test_whole_way_posted import API
from tests.live.whole_way import Scene

__all__ = ["archive"]

pytestmark = pytest.mark.live

SUBSCRIBER = "bob@example.test"
REVIEW = re.compile(r"http://127\.0\.0\.1:\d+/review/[a-z2-7]{26}")
PATIENCE = 60.0


class Gathering:
    """A bot with pages, an inbox, a list and its archive, and the chair, who maintains the track of the room."""

    def __init__(self, scene: Scene, mailing_list: MailingList, archive: Archive, room: str) -> None:
        self.room, self.hub = room, mailing_list.hub
        self.maintainer = f"{room.removeprefix('#')}@example.test"
        web, self.inbox = free_ports(1), free_ports(1)
        password = scene.folder / "mail-password"
        password.write_text("pw-mail")
        password.chmod(0o600)
        mail = (
            f"{mail_of(mailing_list)}{API.format(port=self.hub.port + 2)}"
            f'archive = "http://127.0.0.1:{archive.port}/list/{{list}}/{{hash}}"\n'
            f'inbox = "lmtp:127.0.0.1:{self.inbox}"\ninbox_address = "recaps@bot.test"\n'
        )
        pages = f'[web]\nlisten = "127.0.0.1:{web}"\npublic_url = "http://127.0.0.1:{web}"\n'
        track = (
            f'list = "{mailing_list.address}"\n'
            f'maintainers = [{{mail = "{self.maintainer}", accounts = ["irc/alice"]}}]'
        )
        self.bot: BotProcess = scene.bot(Configuration(scene.ircd, [room], track=track, more=mail + pages))

    async def letter(self, subject: str) -> EmailMessage:
        """The maintainer's mail whose subject begins so, once it is there."""
        async with asyncio.timeout(PATIENCE):
            while not (found := self._mails(subject)):  # noqa: ASYNC110 - a Maildir tells nobody
                await asyncio.sleep(0.1)
        return found[0]

    def _mails(self, subject: str) -> list[EmailMessage]:
        return [mail for mail in self.hub.box(self.maintainer) if str(mail["Subject"]).startswith(subject)]

    async def answers(self, draft: EmailMessage, text: str) -> None:
        """Somebody's mail program answers a draft, and the mail server of the bot hands that over."""
        to = str(draft["Reply-To"])
        answer = EmailMessage()
        answer["From"], answer["To"], answer["Subject"] = (
            "me@elsewhere.example",
            to,
            f"Re: {draft['Subject']}",
        )
        answer["Message-ID"], answer["In-Reply-To"] = "<answer@elsewhere.example>", str(draft["Message-ID"])
        answer.set_content(text)

        def hand_over() -> None:
            with smtplib.LMTP("127.0.0.1", self.inbox, local_hostname="hub.test") as client:
                client.send_message(answer)

        await self.bot.until_logged(f"inbox: 127.0.0.1:{self.inbox}")
        await asyncio.to_thread(hand_over)

    def minutes_pass(self) -> None:
        """While the bot is off: the minute until it looks into the archive is over."""
        with sqlite3.connect(self.bot.folder / "data/gatherbot.sqlite") as database:
            database.execute("UPDATE fact SET at = at - 120000000 WHERE kind LIKE '%RecapTaken'")
        database.close()

    async def says(self, chair: Person, words: str) -> str:
        """The first thing with these words that the bot says in the room."""
        await chair.until_so(lambda: any(words in text for text in chair.heard_in(self.room)))
        return next(text for text in chair.heard_in(self.room) if words in text)

    async def taken(self, chair: Person) -> str:
        """The Message-ID of the recap, once the mail server took it."""
        await self.says(
            chair, "approved: the mail server took it; I say here when the list's archive shows it"
        )
        sent: list[str] = re.findall(r"mail: (\S+) was sent", self.bot.log)
        return next(one for one in sent if not re.search(r"\.(draft|mended)-", one))

    async def got_once(self, message_id: str) -> EmailMessage:
        """The recap as a subscriber got it."""
        found = await self.hub.arrived(SUBSCRIBER, message_id)
        ids = [str(mail["Message-ID"]).strip() for mail in self.hub.box(SUBSCRIBER)]
        assert ids.count(f"<{message_id}>") == 1
        return found


async def holds_a_session(gathering: Gathering, chair: Person, lin: Person) -> None:
    gathering.bot.start()
    await chair.sees_bot_join(gathering.room)
    for line in (
        "#startmeeting Day 1",
        "#link https://etherpad.example.org/p/day-1 Etherpad",
        "#link https://video.example.org/1 Recording",
        "#topic Cells",
    ):
        await chair.ask(gathering.room, line)
    lin.tell(gathering.room, "I can write the patch for that")
    await lin.catch_up()
    await chair.ask(gathering.room, "#info Cells stya")
    chair.tell(gathering.room, "#endmeeting")


async def test_a_recap_is_approved_by_link_and_its_place_in_the_archive_told_after_a_kill(
    scene: Scene, mailing_list: MailingList, archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MAILMAN_PASSWORD", "restpass")
    chair = await scene.person("alice", "#linked", password="pw-alice")
    lin = await scene.person("lin", "#linked")
    gathering = Gathering(scene, mailing_list, archive, "#linked")
    await holds_a_session(gathering, chair, lin)
    address = REVIEW.search(text_of(await gathering.letter("DRAFT: ")))
    assert address is not None
    async with browsing() as browser:
        page = await (await reader(browser, DESK)).new_page()
        await opened(page, address[0])
        await page.get_by_role("textbox", name="Note #3").fill("Cells stay")
        await page.get_by_label("Summary").fill("Cells are small.")
        await page.get_by_role("button", name="Record 1.1 as Action").click()
        status = page.locator("main [role=status]")
        assert await status.get_by_role("listitem").count() == 3
        heading = page.get_by_role("heading", name="Topic 1: Cells")
        for part in (status, heading):  # at the topic, with the answers in view
            await expect(part).to_be_in_viewport()
        assert "#topic-1-" in page.url
        mail = await page.locator("pre.mail").inner_text()
        await page.get_by_role("button", name="Approve").click()
        assert "is approved and goes to ptg@lists.test now" in await status.inner_text()
    message_id = await gathering.taken(chair)
    await archive.shows(message_id)
    gathering.bot.kill()
    gathering.minutes_pass()
    gathering.bot.start()
    seen = await gathering.says(chair, "the recap is on the list: ")
    assert seen == f"the recap is on the list: {archive.address_of(message_id)}"
    assert body_of(await gathering.got_once(message_id)).strip() == mail.strip()
    assert (await chair.ask(gathering.room, "#recap")).endswith(
        f"; it is at {archive.address_of(message_id)}"
    )
    assert gathering.bot.faults() == []


async def test_a_recap_is_mended_by_mail_and_a_hub_that_is_down_gets_it_once(
    scene: Scene, mailing_list: MailingList, archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MAILMAN_PASSWORD", "restpass")
    chair = await scene.person("alice", "#answered", password="pw-alice")
    lin = await scene.person("lin", "#answered")
    gathering = Gathering(scene, mailing_list, archive, "#answered")
    await holds_a_session(gathering, chair, lin)
    draft = await gathering.letter("DRAFT: ")
    quotation = re.sub("^", "> ", text_of(draft).replace("Cells stya", "Cells stay"), flags=re.MULTILINE)
    await gathering.answers(draft, f"On Tuesday, the bot wrote:\n{quotation}")
    shown = text_of(await gathering.letter("Mended: DRAFT: "))
    assert "    - Cells stya\n    + Cells stay\n" in shown
    await chair.ask(gathering.room, "#recap accept")
    assert "* Cells stay (#3)\n" in text_of(await gathering.letter("DRAFT 2: "))

    mailing_list.hub.answer("451 4.3.0 the hub is down")
    try:
        assert "is approved and goes to" in await chair.ask(gathering.room, "#recap approve")
        await gathering.bot.until_logged("was not sent, trying again")
    finally:
        mailing_list.hub.answer(None)
    gathering.bot.kill()
    time_passes(gathering.bot)
    gathering.bot.start()
    message_id = await gathering.taken(chair)
    await archive.shows(message_id)
    assert (await gathering.bot.stop())[0] == 0
    gathering.minutes_pass()
    gathering.bot.start()
    seen = await gathering.says(chair, "the recap is on the list: ")
    assert seen == f"the recap is on the list: {archive.address_of(message_id)}"
    assert "* Cells stay\n" in body_of(await gathering.got_once(message_id))
    assert gathering.bot.faults() == []
