"""Only the key says whose letter a mail answers; what answers none is dropped, and nobody gets an answer."""

import asyncio
import logging
from datetime import timedelta
from random import Random

import pytest

from bot.core.mail_events import LetterReceived
from bot.core.state.holders import holder_identity
from bot.mail.inbox.reception import LARGEST, MOST, Raw, Verdict
from tests import growth
from tests.mail.inbox import mails
from tests.mail.inbox.desk import ADDRESS, AMARU, LETTER, OTHER, SECRET, SETUP, Desk

ANSWER = bytes(mails.mail())


async def test_a_mail_with_the_key_is_an_answer_of_the_keys_holder() -> None:
    desk = Desk()
    assert await desk.take(ANSWER) is Verdict.TAKEN
    (event,) = desk.received
    assert event == LetterReceived(
        opens="reply",
        argument="nova 2027-10-19 1",
        stream="track/nova",
        holder=holder_identity(AMARU.mail, SETUP),
        letter=LETTER,
        id=event.id,
        text=mails.TOP_POSTED,
        at=desk.clock.now,
    )


@pytest.mark.parametrize(
    ("to", "raw"),
    [
        (ADDRESS.upper(), ANSWER),
        (f"somebody+x+{SECRET}@elsewhere.example", ANSWER),
        ("recaps@example.org", bytes(mails.mail(to=f"Bot <{ADDRESS}>"))),  # the mail server took the key away
        ("", bytes(mails.mail(to=f"a@example.org, {ADDRESS}"))),
        ("", bytes(mails.mail(Delivered_To=ADDRESS))),
        ("", bytes(mails.mail(X_Original_To=ADDRESS))),
        ("", b"To: a@example.org,\r\n " + ADDRESS.encode() + b"\r\n\r\ntext\r\n"),
    ],
)
async def test_the_key_is_found_wherever_a_mail_server_leaves_it(to: str, raw: bytes) -> None:
    desk = Desk()
    assert await desk.take(raw, to) is Verdict.TAKEN
    assert [event.letter for event in desk.received] == [LETTER]


@pytest.mark.parametrize(
    ("to", "raw"),
    [
        ("recaps@example.org", ANSWER),
        (f"recaps+{OTHER}@example.org", ANSWER),
        (f"recaps+{SECRET}x@example.org", ANSWER),
        (f"recaps-{SECRET}@example.org", ANSWER),
        ("recaps+review-key@example.org", ANSWER),
        ("", bytes(mails.mail(References=f"<{LETTER}>", In_Reply_To=f"<{LETTER}>"))),
        ("", bytes(mails.mail(Sender=AMARU.mail))),
        ("", bytes(mails.mail(f"To: {ADDRESS}\n"))),
        ("", b"\xff\0" * 100),
    ],
)
async def test_a_mail_without_a_key_of_ours_is_taken_and_dropped(
    to: str, raw: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    desk = Desk()
    assert await desk.take(raw, to) is Verdict.TAKEN
    assert desk.received == []
    assert "inbox: dropped a mail with" in caplog.text
    assert SECRET not in caplog.text.lower()
    assert OTHER not in caplog.text.lower()


async def test_the_key_of_a_page_is_none_for_answers() -> None:
    desk = Desk()
    desk.gives(OTHER, opens="review")
    assert await desk.take(ANSWER, f"recaps+{OTHER}@example.org") is Verdict.TAKEN
    assert desk.received == []


async def test_an_expired_key_is_said_to_be_one_and_its_text_is_not_read() -> None:
    desk = Desk()
    desk.clock.now += timedelta(days=30)
    assert await desk.take(ANSWER) is Verdict.TAKEN
    assert [(event.trouble, event.text) for event in desk.received] == [("expired", "")]


@pytest.mark.parametrize(
    ("raw", "trouble"),
    [
        (mails.raw(body=b"\r\n"), "empty"),
        (mails.only_html("<p></p>"), "html"),
        (mails.nested(2_000), "unreadable"),
        (mails.many_parts(6_000), "unreadable"),
    ],
)  # fmt: skip
async def test_what_cannot_be_read_is_said_to_the_holder(raw: bytes, trouble: str) -> None:
    desk = Desk()
    assert await desk.take(raw) is Verdict.TAKEN
    assert [(event.trouble, event.text) for event in desk.received] == [(trouble, "")]


async def test_a_mail_that_is_too_large_is_refused_and_said_once() -> None:
    desk = Desk()
    verdicts = [
        await desk.take(b"", is_large=True),
        await desk.take(ANSWER, is_large=True),
        await desk.take(ANSWER, "recaps@example.org", is_large=True),
    ]
    assert verdicts == [Verdict.LARGE] * 3
    assert desk.troubles == ["large"]
    assert LARGEST < 10_000_000


@pytest.mark.parametrize(
    ("raw", "sender"),
    [
        (bytes(mails.mail("I am on vacation\n", Auto_Submitted="auto-replied")), "amaru@example.org"),
        (mails.bounce(), "MAILER-DAEMON@example.org"),
        (ANSWER, ""),
    ],
)
async def test_what_a_program_wrote_is_dropped(raw: bytes, sender: str) -> None:
    desk = Desk()
    assert await desk.take(raw, sender=sender) is Verdict.TAKEN
    assert desk.received == []


async def test_the_same_mail_twice_counts_once_also_for_two_recipients() -> None:
    desk = Desk()
    verdicts = await desk.reception.take(Raw(ANSWER), [ADDRESS, ADDRESS])
    assert verdicts == [Verdict.TAKEN] * 2
    assert await desk.take(b"Received: again\r\n" + ANSWER) is Verdict.TAKEN
    assert len(desk.received) == 1


async def test_each_recipient_has_a_verdict_of_its_own() -> None:
    desk = Desk()
    desk.takes = False
    assert await desk.reception.take(Raw(ANSWER), ["a@example.org", ADDRESS]) == [
        Verdict.TAKEN,
        Verdict.LATER,
    ]


async def test_what_the_desk_does_not_take_comes_again() -> None:
    desk = Desk()
    desk.takes = False
    assert [await desk.take(ANSWER), await desk.take(b"", is_large=True)] == [Verdict.LATER] * 2
    desk.takes = True
    assert await desk.take(ANSWER) is Verdict.TAKEN
    assert len(desk.received) == 1


@pytest.mark.parametrize("fault", ["storage", "error"])
async def test_what_cannot_be_looked_up_comes_again(
    fault: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    desk = Desk()
    if fault == "storage":
        desk.keys.full = 1
    else:

        async def fails(_: str) -> None:
            raise ZeroDivisionError

        monkeypatch.setattr(desk.keys, "key", fails)
    assert await desk.take(ANSWER) is Verdict.LATER
    assert "inbox: a mail has to wait" in caplog.text


async def test_the_secrets_that_an_answer_quotes_stay_out_of_it() -> None:
    desk = Desk()
    desk.gives(OTHER, opens="review")
    unknown = "abcdefghijklmnopqrstuvwxya"
    quoted = (
        f"> https://ptg.example.org/review/{OTHER}\n> to {ADDRESS}\n> {SECRET.upper()}\n"
        f"> https://links.example/?u=https%3A%2F%2Fptg.example.org%2Freview%2F{OTHER}%3Fx\n> {unknown}\n"
    )
    await desk.take(bytes(mails.mail(quoted)))
    assert desk.received[0].text == (
        "> https://ptg.example.org/review/(key)\n> to recaps+(key)@example.org\n> (key)\n"
        f"> https://links.example/?u=https%3A%2F%2Fptg.example.org%2Freview%2F(key)%3Fx\n> {unknown}\n"
    )


@pytest.mark.parametrize("noise", ["a" * 100_000, "".join(Random(1).choices("abcdefgh234567", k=600))])
async def test_in_a_mail_full_of_what_may_be_secrets_all_of_it_is_left_out(noise: str) -> None:
    desk = Desk()
    await desk.take(bytes(mails.mail(f"{noise}\n{OTHER}\nrest\n")))
    text = desk.received[0].text
    assert OTHER not in text
    assert text.endswith("(key)\nrest\n")


async def test_a_key_takes_only_so_many_mails_an_hour() -> None:
    desk = Desk()
    sent = [bytes(mails.mail(n=n)) for n in range(MOST + 1)]
    assert [await desk.take(content) for content in sent[:MOST]] == [Verdict.TAKEN] * MOST
    assert await desk.take(sent[MOST]) is Verdict.LATER
    desk.clock.now += timedelta(hours=1)
    assert await desk.take(sent[MOST]) is Verdict.TAKEN


async def test_nothing_that_a_mail_or_its_envelope_says_comes_into_the_log(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    desk = Desk()
    await desk.take(ANSWER, sender="amaru@example.org")
    await desk.take(mails.bounce())
    assert "took an answer to" in caplog.text
    assert "dropped a mail that a program wrote" in caplog.text
    for word in (SECRET, "Looks good", "mallory", AMARU.mail):
        assert word not in caplog.text


def test_many_recipients_of_a_mail_take_no_longer_than_one(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.WARNING)  # a line of the log for each takes longer than all else
    desk = Desk()
    content = b"\r" * 1_000_000  # so much that reading it, once, takes longer than all else

    def act(count: int) -> object:
        return asyncio.run(desk.reception.take(Raw(content), ["nobody@example.org"] * count))

    assert growth.growth(act, 1, 50) <= growth.MOST
