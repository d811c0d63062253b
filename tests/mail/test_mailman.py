"""Whether a list takes what the bot sends, as Mailman's REST API tells it."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiohttp import web

from bot.mail.mailman import NEWEST, Acceptance, acceptance, holds
from bot.mail.settings import MailmanSettings

LIST, BOT = "ptg@lists.test", "bot@bot.test"
API = f"/3.1/lists/{LIST}"
HOLDS: dict[str, Any] = {"default_member_action": "defer", "default_nonmember_action": "hold"}


@asynccontextmanager
async def answering(
    pages: Mapping[str, object], *, password: str = "secret"
) -> AsyncIterator[MailmanSettings]:
    """A server with these pages; a page that is a number is that status, one that is text is sent as it is."""

    async def answer(request: web.Request) -> web.Response:
        if request.headers.get("Authorization") != "Basic YWRtaW46c2VjcmV0":
            return web.Response(status=401)
        page = pages.get(request.path_qs, 404)
        if isinstance(page, int):
            return web.Response(status=page)
        return web.Response(text=page) if isinstance(page, str) else web.json_response(page)

    app = web.Application()
    app.router.add_get("/{path:.*}", answer)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = runner.addresses[0][1]
    try:
        yield MailmanSettings(f"http://127.0.0.1:{port}/3.1/", "admin", password)
    finally:
        await runner.cleanup()


MEMBER = "takes mail of bot@bot.test, a member, at once"
ACCEPTED = "takes mail of bot@bot.test, an accepted nonmember, at once"
MEND = "subscribe this address, or accept it in Mailman"


@pytest.mark.parametrize(
    ("pages", "is_sure", "words"),
    [
        ({"member": {}}, True, MEMBER),
        ({"member": {"moderation_action": "accept"}}, True, MEMBER),
        ({"member": {"moderation_action": "hold"}}, False, f"the list holds mail of bot@bot.test, a member who is moderated; {MEND}"),
        ({"member": {}, "config": HOLDS | {"default_member_action": "reject"}}, False, f"the list rejects mail of bot@bot.test, a member who is moderated; {MEND}"),
        ({}, False, f"the list holds mail of bot@bot.test, no member; {MEND}"),
        ({"nonmember": {}}, False, f"the list holds mail of bot@bot.test, no member; {MEND}"),
        ({"nonmember": {"moderation_action": "accept"}}, True, ACCEPTED),
        ({"nonmember": {"moderation_action": "discard"}}, False, f"the list discards mail of bot@bot.test, no member; {MEND}"),
        ({"nonmember": {"moderation_action": "defer"}}, False, f"the list may hold mail of bot@bot.test, no member; {MEND}"),
        ({"config": HOLDS | {"default_nonmember_action": "accept"}}, True, ACCEPTED),
        ({"config": HOLDS | {"accept_these_nonmembers": ["^.*@bot.test", "Bot@bot.test"]}}, True, ACCEPTED),
        ({"config": HOLDS | {"accept_these_nonmembers": ["^.*"]}}, False, f"the list holds mail of bot@bot.test, no member; {MEND}"),
    ],
)  # fmt: skip
async def test_what_a_list_does_with_mail_of_the_bot(
    *, pages: dict[str, Any], is_sure: bool, words: str
) -> None:
    known = {API: {"list_id": "ptg.lists.test"}, f"{API}/config": pages.get("config", HOLDS)}
    known |= {f"{API}/{role}/{BOT}": pages[role] for role in ("member", "nonmember") if role in pages}
    async with answering(known) as settings:
        assert await acceptance(settings, LIST, BOT) == Acceptance(is_sure, f"{LIST}: {words}")


@pytest.mark.parametrize(
    ("page", "why"),
    [(500, "it answers 500"), (302, "it answers 302"), ("<html>", "its answer is not one of Mailman's"), ("{", "it does not answer"), ('{"a":' + "[" * 100_000, "it does not answer"), ("{" + " " * 1_000_001, "its answer is not one of Mailman's")],
)  # fmt: skip
async def test_what_cannot_be_asked_is_said(page: object, why: str) -> None:
    async with answering({API: page}) as settings:
        assert await acceptance(settings, LIST, BOT) == Acceptance(
            is_sure=False, words=f"{LIST}: Mailman at {settings.url} can't be asked: {why}"
        )


async def test_a_list_that_is_none_and_a_wrong_password() -> None:
    async with answering({}) as settings:
        assert await acceptance(settings, LIST, BOT) == Acceptance(
            is_sure=False, words=f"{LIST}: Mailman has no such list"
        )
    async with answering({}, password="guess") as settings:
        assert await acceptance(settings, LIST, BOT) == Acceptance(
            is_sure=False, words=f"{LIST}: Mailman at {settings.url} can't be asked: it refuses the login"
        )
        assert "guess" not in repr(settings)


async def test_nobody_is_there() -> None:
    settings = MailmanSettings("http://127.0.0.1:1/3.1", "admin", "secret")
    assert await acceptance(settings, LIST, BOT) == Acceptance(
        is_sure=False, words=f"{LIST}: Mailman at http://127.0.0.1:1/3.1 can't be asked: it does not answer"
    )


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("lists.example.org", "must be the address of Mailman's REST API"),
        ("ftp://lists.example.org", "must be the address of Mailman's REST API"),
        ("http://lists.example.org/3.1", "a password needs https://"),
    ],
)
def test_settings_that_cannot_work(url: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        MailmanSettings(url, "admin", "secret")


def held(*messages: object) -> dict[str, object]:
    """The pages of Mailman's API about messages that a list holds, the oldest first."""
    pages = {f"{API}/held?count=1&page={n}": page for n, page in enumerate(messages, 1)}
    return {f"{API}/held/count": {"count": len(messages)}, **pages}


def entry(message_id: str) -> dict[str, object]:
    return {"entries": [{"message_id": message_id, "msg": "From: bot"}], "total_size": 2}


@pytest.mark.parametrize(
    ("messages", "found"),
    [
        ([entry("<other@x>"), entry("<ours@x>")], True),
        ([entry("<ours@x>"), entry("<other@x>")], True),
        ([entry("<other@x>")], False),
        ([], False),
        ([entry("<ours@x>"), 500], True),
        ([entry("<ours@x>"), "{" + " " * 1_000_001], True),
        ([entry("<ours@x>"), {"entries": 7}], True),
        ([entry("<ours@x>"), {"entries": ["odd"]}], True),
        ([entry("<ours@x>"), *(entry("<spam@x>") for _ in range(NEWEST - 1))], True),
        ([entry("<ours@x>"), *(entry("<spam@x>") for _ in range(NEWEST))], False),
    ],
)
async def test_whether_a_list_holds_a_letter(*, messages: list[object], found: bool) -> None:
    async with answering(held(*messages)) as settings:
        assert await holds(settings, LIST, "ours@x") == found


@pytest.mark.parametrize(
    "page", [404, 401, 500, "<html>", '{"count": "many"}', '{"count": null}', '{"count":' + "[" * 100_000]
)
async def test_who_cannot_be_asked_holds_nothing_that_we_know_of(page: object) -> None:
    async with answering({f"{API}/held/count": page}) as settings:
        assert not await holds(settings, LIST, "ours@x")
    assert not await holds(MailmanSettings("http://127.0.0.1:1/3.1", "admin", "secret"), LIST, "ours@x")
