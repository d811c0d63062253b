"""What the subscribers of a real Mailman list get."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.core.effects import Letter
from bot.mail import smtp
from bot.mail.compose import compose
from bot.mail.mailman import Acceptance, acceptance
from bot.mail.outcome import Never, Sent
from bot.mail.settings import MailmanSettings
from tests.live.mail_servers import SENDER, MailingList, text_of

pytestmark = pytest.mark.live

AT = datetime(2027, 10, 19, 13, 21, tzinfo=UTC)
PART_1 = "2027-10.tidepool.part-1@bot.test"
PART_2 = "2027-10.tidepool.part-2@bot.test"
ALICE, BOB = "alice@example.test", "bob@example.test"
BODY = "Hello everyone,\n\nZoë's notes:\nFrom here on\n.\n..two\nhttps://example.org/" + "x" * 90 + "\n"


async def test_two_parts_of_a_recap(mailing_list: MailingList) -> None:
    to, settings = (mailing_list.address,), mailing_list.hub.settings()
    first = Letter(PART_1, to, "DRAFT: [tidepool][ptg] Tidepool, part 1 of 2", BODY, "track/tidepool")
    second = Letter(
        PART_2, to, "DRAFT: [tidepool][ptg] Tidepool, part 2 of 2", BODY, "track/tidepool", (PART_1,)
    )
    for letter in (first, second):
        assert await smtp.send(settings, compose(letter, SENDER, AT)) == Sent()
    for subscriber in (ALICE, BOB):
        one = await mailing_list.hub.arrived(subscriber, PART_1)
        two = await mailing_list.hub.arrived(subscriber, PART_2)
        assert [one["Subject"], two["Subject"]] == [
            mailing_list.prefix + first.subject,
            mailing_list.prefix + second.subject,
        ]
        assert (one["In-Reply-To"], one["References"]) == (None, None)
        assert (two["In-Reply-To"], two["References"]) == (f"<{PART_1}>", f"<{PART_1}>")
        for part in (one, two):
            assert part["From"] == SENDER
            assert part["To"] == mailing_list.address
            assert part["Date"] == "Tue, 19 Oct 2027 13:21:00 +0000"
            assert part["Auto-Submitted"] == "auto-generated"
            assert part["List-Id"] == mailing_list.list_id
            text, _, footer = text_of(part).partition("_" * 40)
            assert text == BODY
            assert "ptg@lists.test" in footer


async def test_whether_the_list_takes_mail_is_asked_of_its_api(mailing_list: MailingList) -> None:
    asked = MailmanSettings(f"http://127.0.0.1:{mailing_list.hub.port + 2}/3.1", "restadmin", "restpass")
    assert await acceptance(asked, "ptg@lists.test", "bot@bot.test") == Acceptance(
        is_sure=True, words="ptg@lists.test: takes mail of bot@bot.test, a member, at once"
    )
    assert await acceptance(asked, "ptg@lists.test", "stranger@bot.test") == Acceptance(
        is_sure=False,
        words="ptg@lists.test: the list holds mail of stranger@bot.test, no member; "
        "subscribe this address, or accept it in Mailman",
    )
    assert await acceptance(asked, "none@lists.test", "bot@bot.test") == Acceptance(
        is_sure=False, words="none@lists.test: Mailman has no such list"
    )
    wrong = replace(asked, password="guess")
    assert (await acceptance(wrong, "ptg@lists.test", "bot@bot.test")).words.endswith("it refuses the login")


async def test_a_list_that_is_none(mailing_list: MailingList) -> None:
    letter = Letter("none@bot.test", ("none@lists.test",), "None", "text\n", "track/x")
    assert await smtp.send(mailing_list.hub.settings(), compose(letter, SENDER, AT)) == Never(
        "the mail server refused it: 550 Requested action not taken: mailbox unavailable"
    )
