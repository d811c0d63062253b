"""Keys: secrets that are made at the delivery, stand in the mail, and are nowhere else."""

import asyncio
import logging
import re
from datetime import timedelta
from email.message import EmailMessage
from functools import partial
from pathlib import Path

import pytest
from msgspec.structs import replace

from bot.core.effects import Key, Letter
from bot.core.facts import CORE_FACTS
from bot.core.state.holders import digest_of_secret
from bot.mail import files, smtp
from bot.mail.keys import masked, new_secret, with_secrets
from bot.mail.outcome import Deliver, Later, Outcome, Sent
from bot.mail.settings import SmtpSettings
from bot.mail.worker import MailWorker
from bot.storage import sqlite
from bot.storage.contract import Batch, KeptKey, MailStore
from tests.fakes.clock import FakeClock
from tests.fakes.mail_server import FakeMailServer
from tests.fakes.outbox import ListOutbox

CLOCK = FakeClock()
UNTIL = CLOCK.now + timedelta(days=30)
REVIEW = Key("REVIEW-KEY", "review", "nova day-1 1", UNTIL)
REPLY = Key("REPLY-KEY", "reply", "nova day-1 1", UNTIL)
LETTER = Letter(
    id="draft-1@example.org",
    to=("amaru@example.org",),
    subject="DRAFT: Nova",
    body="Page: https://ptg.example.org/review/REVIEW-KEY\n\nsomebody said: what is REVIEW-KEY?\n",
    html="<p>REVIEW-KEY</p>",
    stream="track/nova",
    keys=(REVIEW, REPLY),
    reply_to="recaps+REPLY-KEY@example.org",
)
SECRETS = re.compile(r"review/([a-z2-7]{26})\s.*REVIEW-KEY\?", re.DOTALL)
LISTS = frozenset({"discuss@lists.example.org"})


class Post:
    """Keeps what is delivered; `answers` one after the other, the last for ever."""

    def __init__(self, *answers: Outcome) -> None:
        self.answers = list(answers) or [Sent()]
        self.mails: list[EmailMessage] = []

    async def __call__(self, message: EmailMessage, *, patient: bool) -> Outcome:
        assert patient
        self.mails.append(message)
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


async def unheard(_: object) -> None:
    """Take a report."""


def worker_of(outbox: MailStore, deliver: Deliver, clock: FakeClock = CLOCK) -> MailWorker:
    return MailWorker(
        outbox,
        deliver,
        "bot@example.org",
        unheard,
        asyncio.Event(),
        clock=clock,
        sleep=clock.sleep,
        lists=LISTS,
    )


def secrets_of(message: EmailMessage) -> tuple[str, str]:
    """The secret in the address of the page, and the one in the address for answers."""
    plain = message.get_body(("plain",)) or message
    review = SECRETS.search(plain.get_content())
    reply = re.fullmatch(r"recaps\+([a-z2-7]{26})@example.org", message["Reply-To"])
    assert review
    assert reply
    return review[1], reply[1]


async def test_a_letter_gives_its_keys_to_its_reader_and_their_hashes_to_storage() -> None:
    outbox, post = ListOutbox(), Post()
    outbox.put(LETTER, CLOCK.now)
    assert await worker_of(outbox, post).deliver_one()
    review, reply = secrets_of(post.mails[0])
    assert review != reply
    rest = ("amaru@example.org", "track/nova", LETTER.id, CLOCK.now, UNTIL)
    assert list(outbox.keys.values()) == [
        KeptKey(digest_of_secret(review), "review", REVIEW.argument, *rest),
        KeptKey(digest_of_secret(reply), "reply", REPLY.argument, *rest),
    ]
    html = post.mails[0].get_body(("html",))
    assert html is not None
    assert html.get_content() == f"<p>{review}</p>\n"
    assert outbox.rows[0].letter == LETTER


async def test_the_hash_is_stored_before_the_letter_leaves() -> None:
    outbox = ListOutbox()
    outbox.put(LETTER, CLOCK.now)
    known: list[int] = []

    async def deliver(message: EmailMessage, *, patient: bool) -> Outcome:
        assert message["Reply-To"]
        known.append(len(outbox.keys))
        return Sent(filed=patient)

    await worker_of(outbox, deliver).deliver_one()
    assert known == [2]


async def test_each_attempt_has_its_own_keys_and_all_of_them_hold() -> None:
    """A server that took the text and died before its answer leaves a letter whose keys must go on working."""
    outbox, post, clock = ListOutbox(), Post(Later("busy"), Sent()), FakeClock()
    outbox.put(LETTER, clock.now)
    worker = worker_of(outbox, post, clock)
    await worker.deliver_one()
    clock.now += timedelta(minutes=2)
    await worker.deliver_one()
    made = [secret for mail in post.mails for secret in secrets_of(mail)]
    assert len(set(made)) == 4
    assert {digest_of_secret(secret) for secret in made} == set(outbox.keys)


async def test_killed_between_the_hash_and_the_delivery_the_next_start_makes_new_keys(tmp_path: Path) -> None:
    path = tmp_path / "gatherbot.db"

    async def killed(message: EmailMessage, *, patient: bool) -> Outcome:
        raise asyncio.CancelledError

    async with sqlite.open(path, CORE_FACTS, clock=CLOCK) as journal:
        await journal.commit(Batch(letters=[LETTER]))
        posted = await journal.claim(CLOCK.now)
        assert posted is not None
        with pytest.raises(asyncio.CancelledError):
            await worker_of(journal, killed)._outcome(posted)
    post = Post()
    async with sqlite.open(path, CORE_FACTS, clock=CLOCK) as journal:
        await journal.release()
        assert await worker_of(journal, post).deliver_one()
        review, reply = secrets_of(post.mails[0])
        kept = [await journal.key(digest_of_secret(secret)) for secret in (review, reply)]
        assert [(one.opens, one.holder) for one in kept if one] == [
            ("review", "amaru@example.org"),
            ("reply", "amaru@example.org"),
        ]
        assert not await worker_of(journal, post).deliver_one()
    assert len(post.mails) == 1


async def test_storage_in_trouble_holds_the_letter_back_until_its_keys_are_stored() -> None:
    outbox, post, clock = ListOutbox(), Post(), FakeClock()
    outbox.put(LETTER, clock.now)
    worker = worker_of(outbox, post, clock)
    posted = await outbox.claim(clock.now)
    assert posted is not None
    outbox.full = 2
    task = asyncio.create_task(worker._outcome(posted))
    await clock.advance(timedelta(seconds=5))
    assert post.mails == []
    await clock.advance(timedelta(seconds=5))
    assert await task == Sent()
    assert len(outbox.keys) == 2


@pytest.mark.parametrize(
    ("to", "why"),
    [
        (("Discuss@lists.example.org",), "a mail with a key can't go to a mailing list"),
        (("a@example.org", "b@example.org"), "a mail with a key must go to a single address"),
        ((), "a mail with a key must go to a single address"),
    ],
)
async def test_no_key_goes_to_a_list_or_to_several(to: tuple[str, ...], why: str) -> None:
    outbox, post = ListOutbox(), Post()
    outbox.put(replace(LETTER, to=to), CLOCK.now)
    await worker_of(outbox, post).deliver_one()
    assert (outbox.rows[0].state, outbox.rows[0].reason) == ("refused", why)
    assert (post.mails, outbox.keys) == ([], {})


async def test_a_letter_without_keys_goes_to_lists_as_before() -> None:
    outbox, post = ListOutbox(), Post()
    outbox.put(replace(LETTER, to=("discuss@lists.example.org",), keys=(), reply_to=""), CLOCK.now)
    await worker_of(outbox, post).deliver_one()
    assert post.mails[0]["Reply-To"] is None
    assert "REVIEW-KEY" in post.mails[0].as_string()
    assert outbox.keys == {}


async def test_an_address_for_answers_that_is_none_is_refused_without_its_secret() -> None:
    outbox, post = ListOutbox(), Post()
    outbox.put(replace(LETTER, reply_to="recaps+REPLY-KEY@@example.org"), CLOCK.now)
    await worker_of(outbox, post).deliver_one()
    assert outbox.rows[0].reason == "the address for answers is not a mail address"


def contents(folder: Path) -> bytes:
    """All files of a folder, one after the other."""
    return b"".join(path.read_bytes() for path in sorted(folder.iterdir()))


@pytest.mark.parametrize("way", ["smtp", "files"])
async def test_a_secret_is_in_the_mail_and_nowhere_else(
    way: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    (data := tmp_path / "data").mkdir()
    async with FakeMailServer({}).listening() as server:
        settings = SmtpSettings("127.0.0.1", "bot@example.org", server.port, "none")
        deliver = partial(smtp.send, settings) if way == "smtp" else partial(files.write, tmp_path / "outbox")
        async with sqlite.open(data / "gatherbot.db", CORE_FACTS, clock=CLOCK) as journal:
            await journal.commit(Batch(letters=[LETTER]))
            await worker_of(journal, deliver).deliver_one()
            stored = contents(data)
        mail = server.taken[0][1] if way == "smtp" else contents(tmp_path / "outbox").decode()
    found = re.findall(r"[a-z2-7]{26}", mail.replace("=\r\n", "").replace("=\n", ""))
    assert len(set(found)) == 2
    for secret in map(str.encode, found):
        assert secret not in stored.lower()
        assert secret not in contents(data).lower()
        assert secret.decode() not in caplog.text.lower()
        assert digest_of_secret(secret.decode()).encode() in stored  # where it would have been found
    assert LETTER.id in caplog.text


async def test_a_server_that_repeats_a_secret_does_not_bring_it_into_the_log(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    outbox, secret = ListOutbox(), new_secret()
    outbox.put(LETTER, CLOCK.now)
    answer = f"554 5.7.1 blocked link https://ptg.example.org/review/{secret}"
    async with FakeMailServer({".": answer}).listening() as server:
        settings = SmtpSettings("127.0.0.1", "bot@example.org", server.port, "none")
        await worker_of(outbox, partial(smtp.send, settings)).deliver_one()
    assert outbox.rows[0].state == "refused"
    assert "review/(key)" in outbox.rows[0].reason
    assert secret not in caplog.text + outbox.rows[0].reason


def test_a_secret_survives_a_change_of_case_and_is_found_in_any_text() -> None:
    secret = new_secret()
    assert re.fullmatch(r"[a-z2-7]{26}", secret)
    assert new_secret() != secret
    assert masked(f"to recaps+{secret.upper()}@example.org, /review/{secret}.") == (
        "to recaps+(key)@example.org, /review/(key)."
    )
    assert masked(f"u=https%3A%2F%2Freview%2F{secret}%3F") == "u=https%3A%2F%2Freview%(key)%3F"
    assert masked("b" * 25) == "b" * 25


def test_only_the_first_mark_in_a_text_is_a_key() -> None:
    """The head of a letter comes first, so that somebody who types the mark in chat gets no secret shown."""
    letter = with_secrets(LETTER, {"REVIEW-KEY": "s1", "REPLY-KEY": "s2"})
    assert letter.body == "Page: https://ptg.example.org/review/s1\n\nsomebody said: what is REVIEW-KEY?\n"
    assert letter.reply_to == "recaps+s2@example.org"
