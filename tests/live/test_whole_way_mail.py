"""From what people say on IRC to the mailbox of a mailing list's subscriber: all of it real."""

import re
import sqlite3
from email.message import EmailMessage

import pytest

from tests.live.bot_process import BotProcess, Configuration
from tests.live.irc_people import Person
from tests.live.mail_servers import MailingList, text_of
from tests.live.whole_way import Scene

pytestmark = pytest.mark.live

ROOM = "#whole-way"
ALICE = "alice@example.test"
SUBSCRIBERS = (ALICE, "bob@example.test")
GOES_NOW = "goes to ptg@lists.test now, as a draft that nobody reviewed"
MADE_AT = re.compile(r"DRAFT of \d{4}-\d\d-\d\d \d\d:\d\d UTC")


def mail_of(mailing_list: MailingList) -> str:
    hub = mailing_list.hub
    return (
        f'[mail]\nhost = "localhost"\nport = {hub.port}\nsecurity = "starttls"\n'
        f'tls_ca = "{hub.folder / "tls.pem"}"\nusername = "bot@bot.test"\npassword_file = "mail-password"\n'
        'from = "Gatherbot <bot@bot.test>"\n'
    )


def time_passes(bot: BotProcess) -> None:
    """While the bot is off: the minute until the next attempt to send is over."""
    with sqlite3.connect(bot.folder / "data/gatherbot.sqlite") as database:
        database.execute("UPDATE outbox SET due = 0 WHERE state = 'waiting'")
    database.close()


async def first_session(chair: Person, lin: Person, relay: Person) -> None:
    """A session with an account, a nick that changes, and somebody behind a bridge."""
    assert "chair alice" in await chair.ask(ROOM, "#startmeeting Day 1")
    await chair.ask(ROOM, "#topic Wiping machines")
    await lin.ask(ROOM, "#info A full wipe takes 20 minutes")
    await lin.goes_by("lin_away")
    await lin.ask(ROOM, "#action me to measure it")
    await relay.ask(ROOM, "<okoye> #idea wipe at night")
    await chair.ask(ROOM, "#agreed wipe on return")
    chair.tell(ROOM, "#endmeeting")
    await chair.hears(ROOM, 0, lambda text: text.startswith("closed after"))


async def second_session(chair: Person) -> None:
    assert "chair alice" in await chair.ask(ROOM, "#startmeeting Day 2")
    await chair.ask(ROOM, "#topic Release")
    await chair.ask(ROOM, "#agreed release in May")
    begun = len(chair.lines)
    chair.tell(ROOM, "#endmeeting")
    await chair.hears(ROOM, begun, lambda text: text.startswith("closed after"))


async def recap_of(bot: BotProcess, part: int) -> tuple[str, str]:
    """Subject and body as the command shows them."""
    done = await bot.command("recap", "whole-way", "--part", str(part))
    assert (done.returncode, done.stderr) == (0, "")
    head, _, body = done.stdout.partition("\n\n")
    (subject,) = [
        line.removeprefix("Subject: ") for line in head.splitlines() if line.startswith("Subject: ")
    ]
    return subject, body


def body_of(message: EmailMessage) -> str:
    """Its text without what the list adds."""
    return text_of(message).partition("_" * 40)[0]


def undated(body: str) -> str:
    """The body without the minute in which it was made."""
    return MADE_AT.sub("DRAFT of now", body, count=1)


def with_mail(scene: Scene, mailing_list: MailingList) -> BotProcess:
    password = scene.folder / "mail-password"
    password.write_text("pw-mail")
    password.chmod(0o600)
    network = 'throttle = false\nrelays = ["bridge"]'
    return scene.bot(Configuration(scene.ircd, [ROOM], network=network, more=mail_of(mailing_list)))


async def test_what_was_said_arrives_in_a_subscribers_mailbox(
    scene: Scene, mailing_list: MailingList
) -> None:
    chair = await scene.person("alice", ROOM, password="pw-alice")
    relay, lin = await scene.people("bridge", "lin", room=ROOM)
    bot = with_mail(scene, mailing_list)
    bot.start()
    await chair.sees_bot_join(ROOM)
    mailing_list.hub.answer("451 4.3.0 the hub is down")
    await first_session(chair, lin, relay)
    await bot.until_logged("was not sent, trying again")
    await second_session(chair)
    await chair.until_so(lambda: sum(text.endswith(GOES_NOW) for text in chair.heard_in(ROOM)) == 2)
    mailing_list.hub.answer(None)
    assert (await bot.stop())[0] == 0
    time_passes(bot)
    bot.start()
    await bot.until_logged("was sent", times=2)

    first, second = re.findall(r"mail: (\S+) was sent", bot.log)
    for subscriber in SUBSCRIBERS:
        for number, identifier in ((1, first), (2, second)):
            letter = await mailing_list.hub.arrived(subscriber, identifier)
            subject, body = await recap_of(bot, number)
            assert letter["Subject"] == mailing_list.prefix + subject
            assert undated(body_of(letter)) == undated(body)
    assert first_part_says(body_of(await mailing_list.hub.arrived(ALICE, first)))
    follower = await mailing_list.hub.arrived(ALICE, second)
    for header in ("In-Reply-To", "References"):
        assert str(follower[header]).strip() == f"<{first}>"

    assert (await bot.stop())[0] == 0
    bot.start()
    await chair.sees_bot_join(ROOM, 3)
    for subscriber in SUBSCRIBERS:
        ids = [str(letter["Message-ID"]).strip() for letter in mailing_list.hub.box(subscriber)]
        assert [ids.count(f"<{identifier}>") for identifier in (first, second)] == [1, 1]
    assert bot.log.count("was sent") == 2


def first_part_says(body: str) -> bool:
    """Whether everything that was said in the first session stands in its recap."""
    said = (
        "A full wipe takes 20 minutes",
        "lin\n  * measure it",
        "wipe at night",
        "AGREED: wipe on return",
    )
    return all(text in body for text in said) and "alice, lin and okoye" in body
