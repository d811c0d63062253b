"""From a session on IRC to the list by the address in a maintainer's mail: mended and approved in a real browser."""

import asyncio
import re
from email.message import EmailMessage

import pytest

from tests.live.bot_process import Configuration
from tests.live.browser import DESK, browsing, reader
from tests.live.mail_servers import MailHub, MailingList, text_of
from tests.live.ports import free_ports
from tests.live.test_whole_way_mail import mail_of
from tests.live.test_whole_way_pages import opened
from tests.live.whole_way import Scene

pytestmark = pytest.mark.live

ROOM = "#review"
MAINTAINER, LIST = "maintainer@example.test", "everybody@example.test"
REVIEW = re.compile(r"http://127\.0\.0\.1:\d+/review/([a-z2-7]{26})")


async def got(hub: MailHub, address: str, count: int = 1) -> EmailMessage:
    """The newest mail of an address that has so many of them."""
    async with asyncio.timeout(60):
        while len(hub.box(address)) < count:  # noqa: ASYNC110 - a Maildir tells nobody
            await asyncio.sleep(0.1)
    return max(hub.box(address), key=lambda mail: str(mail["Date"]))


async def test_a_recap_is_mended_and_approved_by_link(scene: Scene, mail_hub: MailHub) -> None:
    chair = await scene.person("chair", ROOM)
    port = free_ports(1)
    url = f"http://127.0.0.1:{port}"
    password = scene.folder / "mail-password"
    password.write_text("pw-mail")
    password.chmod(0o600)
    web = f'[web]\nlisten = "127.0.0.1:{port}"\npublic_url = "{url}"\n'
    track = f'list = "{LIST}"\nmaintainers = [{{ mail = "{MAINTAINER}" }}]'
    more = mail_of(MailingList(mail_hub)) + web
    bot = scene.bot(Configuration(scene.ircd, [ROOM], track=track, more=more))
    bot.start()
    await chair.sees_bot_join(ROOM)
    await chair.ask(ROOM, "#startmeeting Day 1")
    await chair.ask(ROOM, "#topic Cells")
    await chair.ask(ROOM, "#info Cells stya")
    await chair.ask(ROOM, "#link https://etherpad.example.org/p/review Etherpad")
    chair.tell(ROOM, "#endmeeting")
    draft = text_of(await got(mail_hub, MAINTAINER))
    found = REVIEW.search(draft)
    assert found is not None, draft
    async with browsing() as browser:
        page = await (await reader(browser, DESK, script=False)).new_page()
        await opened(page, found[0])
        await page.get_by_role("textbox", name="Note #1").fill('Cells stay, \\n and "so" on')
        await page.get_by_label("Summary").fill("Cells are small.\n\nThey stay.")
        await page.get_by_label("Recording", exact=True).fill("https://video.example.org/1")
        await page.get_by_role("button", name="Save the changes").first.click()
        status = page.locator("main [role=status]")
        assert await status.get_by_role("listitem").count() == 3
        assert await page.get_by_text("open EDITOR mark").count() == 0
        mail = await page.locator("pre.mail").inner_text()
        await page.get_by_role("button", name="Approve").click()
        assert f"is approved and goes to {LIST} now" in await status.inner_text()
    sent = text_of(await got(mail_hub, LIST))
    assert sent.strip() == mail.strip()
    assert '* Cells stay, \\n and "so" on' in sent
    assert "Cells are small.\n\nThey stay.\n" in sent
    assert found[1] not in bot.log
    assert found[1].encode() not in (bot.folder / "data/gatherbot.sqlite").read_bytes()
    assert bot.faults() == []
