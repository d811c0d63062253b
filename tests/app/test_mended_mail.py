"""From the session to the mended recap, over a running bot: the draft is mailed, its answer comes by LMTP, and a word takes it."""

import asyncio
import re
import smtplib
from collections.abc import Callable
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest
from msgspec.structs import replace

from bot.app import mail_inbox
from bot.app.service import Running, running
from bot.bundled import bundled_plugins
from bot.config import Config, default_config
from bot.core.events import Message, Power, Redacted, Room
from bot.core.people.identity import Identity
from bot.core.state.setup import Maintainer
from bot.mail.outcome import Outcome, Sent
from bot.mail.settings import InboxSettings
from bot.runtime.timers import machine_clock
from plugins.recap.settings import RecapSettings
from tests.app.test_mail_inbox import free_port
from tests.mail.inbox.mails import mail

AMARU = Identity("irc", "amaru", "amaru", "amaru")
ROOM = Room("irc/#nova", "irc", members={"amaru": AMARU})
PATIENCE_S = 20.0


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mail_inbox, "AFTER_S", 0)


def config_of(data: Path, port: int) -> Config:
    """A track with a maintainer and a list, whose drafts are made at once, and an inbox."""
    data.mkdir()
    made = default_config(bundled_plugins(), ["irc/#nova"], data=data)
    (track,) = made.setup.tracks
    maintainer = Maintainer("amaru@example.org", frozenset({"irc/amaru"}))
    today = machine_clock().date()
    track = replace(
        track,
        maintainers=(maintainer,),
        list="nova@lists.example.org",
        days=(today, today + timedelta(days=1)),
    )
    settings = RecapSettings.model_validate({"settle": "0m", "hold": "never"})
    setup = replace(
        made.setup,
        tracks=(track,),
        models={**made.setup.models, RecapSettings: settings},
        inbox_address="recaps@example.org",
    )
    inbox = InboxSettings("recaps@example.org", host="127.0.0.1", port=port)
    return replace(made, setup=setup, inbox=inbox)


class Post:
    """The mail server: it takes every mail."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []

    async def deliver(self, message: EmailMessage, *, patient: bool) -> Outcome:
        del patient
        self.mails.append(message)
        return Sent()

    async def gets(self, subject: str) -> EmailMessage:
        """The mail whose subject begins so, once it is there."""
        await until(lambda: any(one["Subject"].startswith(subject) for one in self.mails))
        return next(one for one in self.mails if one["Subject"].startswith(subject))


async def until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE_S):
        while not holds():  # noqa: ASYNC110 - what is waited for is in other tasks
            await asyncio.sleep(0.02)


async def say(bot: Running, *lines: str) -> None:
    for n, line in enumerate(lines):
        await bot.engine.desk.put(
            Message(ROOM, AMARU, line, machine_clock(), Power.NONE, id=f"{lines[0]}/{n}")
        )
    await bot.engine.desk.settle()


def answered(port: int, draft: EmailMessage, text: str) -> None:
    """Somebody's mail program answers the draft, and a mail server hands that over."""
    to = draft["Reply-To"]
    with smtplib.LMTP("127.0.0.1", port, local_hostname="hub.test") as client:
        content = bytes(mail(text, to=to)).replace(b"\n", b"\r\n")
        client.sendmail("somebody@elsewhere.example", [to], content)


async def test_a_draft_is_mended_by_mail(tmp_path: Path) -> None:
    port, post = free_port(), Post()
    async with running(config_of(tmp_path / "data", port), {}, post.deliver) as bot:
        await say(bot, "#startmeeting Day", "#topic Cells", "#info We keep the API as it is", "#endmeeting")
        draft = await post.gets("DRAFT: ")
        body = draft.get_content()
        quotation = re.sub("^", "> ", body.replace("as it is", "as it was"), flags=re.MULTILINE)
        await asyncio.to_thread(
            answered, port, draft, f"On Tuesday, the bot wrote:\n{quotation}\nNobody objects.\n"
        )
        shown = await post.gets("Mended: DRAFT: ")
        assert shown["To"] == "amaru@example.org"
        assert shown["In-Reply-To"] == draft["Message-ID"]
        assert "    - We keep the API as it is\n    + We keep the API as it was\n" in shown.get_content()
        assert re.findall(r'^\* "(.*?)"', shown.get_content(), re.MULTILINE) == ["Nobody objects."]
        (session,) = bot.engine.state.sessions()
        assert [record.text for record in session.records] == ["We keep the API as it is"]
        await say(bot, "#recap accept")
        (session,) = bot.engine.state.sessions()
        assert [record.text for record in session.records] == ["We keep the API as it was"]
        again = await post.gets("DRAFT 2: ")
        assert "* We keep the API as it was (#1)\n" in again.get_content()
        assert all(one["To"] == "amaru@example.org" for one in post.mails)


async def test_a_redacted_word_that_an_answer_quotes_is_in_no_file(tmp_path: Path) -> None:
    port, post, talk = free_port(), Post(), "I can write the zebra patch for that"
    async with running(config_of(tmp_path / "data", port), {}, post.deliver) as bot:
        await say(bot, "#startmeeting Day", "#topic Cells", "#info We keep the API", talk, "#endmeeting")
        draft = await post.gets("DRAFT: ")
        quotation = re.sub("^", "> ", draft.get_content(), flags=re.MULTILINE)
        await asyncio.to_thread(answered, port, draft, f"On Tuesday, the bot wrote:\n{quotation}\n{talk}\n")
        await post.gets("Mended: DRAFT: ")
        await bot.engine.desk.put(Redacted(ROOM, AMARU, "#startmeeting Day/3", machine_clock()))
        await bot.engine.desk.settle()
    stored = {path: path.read_bytes() for path in (tmp_path / "data").rglob("*") if path.is_file()}
    assert any(b"We keep the API" in found for found in stored.values())
    assert [path for path, found in stored.items() if b"zebra" in found] == []
