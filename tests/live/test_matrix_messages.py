"""Messages as clients send them, on a real homeserver: what of them is a command, who is meant, where the answer goes."""

import itertools
from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest

from tests.live.matrix_people import Person
from tests.live.matrix_servers import Homeserver
from tests.live.matrix_sessions import Talk, WholeBot, shared_bot

pytestmark = pytest.mark.live

numbers = itertools.count()
HTML = "org.matrix.custom.html"


@pytest.fixture(scope="module")
def bot(homeserver: Homeserver, tmp_path_factory: pytest.TempPathFactory) -> Iterator[WholeBot]:
    with shared_bot(homeserver, tmp_path_factory.mktemp("messages"), 16) as bot:
        yield bot


@pytest.fixture
async def faye(homeserver: Homeserver) -> AsyncIterator[Person]:
    async with homeserver.person(f"faye{next(numbers)}") as faye:
        yield faye


@pytest.fixture
async def gil(homeserver: Homeserver) -> AsyncIterator[Person]:
    async with homeserver.person(f"gil{next(numbers)}") as gil:
        yield gil


@pytest.fixture
async def talk(bot: WholeBot, faye: Person) -> Talk:
    """A room with a session."""
    talk = await bot.room(faye)
    await talk.ask("#startmeeting Messages")
    return talk


def formatted(body: str, html: str) -> dict[str, Any]:
    return {"format": HTML, "formatted_body": html}


def thread(root: str, before: str, *, falls_back: bool = True) -> dict[str, Any]:
    """In a thread; `falls_back`: what it seems to answer is only for clients that know no threads."""
    relation = {"rel_type": "m.thread", "event_id": root, "is_falling_back": falls_back}
    return {"m.relates_to": {**relation, "m.in_reply_to": {"event_id": before}}}


def reply(to: str) -> dict[str, Any]:
    return {"m.relates_to": {"m.in_reply_to": {"event_id": to}}}


def pill(person: Person, name: str) -> str:
    return f'<a href="https://matrix.to/#/{person.user}">{name}</a>'


async def records(bot: WholeBot, talk: Talk) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (await bot.session(talk))["records"]
    return found


async def texts(bot: WholeBot, talk: Talk) -> list[str]:
    return [record["text"] for record in await records(bot, talk)]


async def test_what_is_asked_in_a_thread_is_answered_there(bot: WholeBot, talk: Talk) -> None:
    root = await talk.say("let us talk about upgrades")
    first = await talk.say("here", **thread(root, root))
    answer = await talk.answer("#action me to look into it", **thread(root, first))
    assert answer["content"]["m.relates_to"] == {
        "rel_type": "m.thread", "event_id": root, "is_falling_back": True, "m.in_reply_to": {"event_id": root},
    }  # fmt: skip
    second = await talk.say("a real answer in it", **thread(root, first, falls_back=False))
    answer = await talk.answer("#status", **thread(root, second, falls_back=False))
    assert answer["content"]["m.relates_to"]["event_id"] == root
    assert "m.relates_to" not in (await talk.answer("#status"))["content"]
    edited = await talk.say("#actoin me to test it", **thread(root, second))
    assert (await talk.next_told(4))["content"]["m.relates_to"]["event_id"] == root
    await talk.person.edit(talk.room, edited, "#action me to test it")
    told = await talk.next_told(5)
    assert told["content"]["m.relates_to"]["event_id"] == root
    assert await texts(bot, talk) == ["me to look into it", "me to test it"]


async def test_replies_run_what_is_their_own(bot: WholeBot, talk: Talk, gil: Person) -> None:
    await gil.join(talk.room)
    said = await talk.record("#info the first")
    fallback = f"> <{talk.person.user}> #info the first\n\n#idea by an old client"
    html = (
        f'<mx-reply><blockquote><a href="https://matrix.to/#/{talk.room}/{said}">In reply to</a> '
        f"{pill(talk.person, talk.person.user)}<br>#info the first</blockquote></mx-reply>#idea by an old client"
    )
    theirs = talk.by(gil)
    await theirs.record(fallback, **reply(said), **formatted("", html))
    mentioned = {"m.mentions": {"user_ids": [talk.person.user]}}
    await theirs.record("#idea by a new client", **reply(said), **mentioned)
    await theirs.say("> #info quoted by hand\n\nI think so too", **reply(said))
    await theirs.say("> #info quoted, and no reply")
    await theirs.record("#question the last?")
    assert await texts(bot, talk) == ["the first", "by an old client", "by a new client", "the last?"]


async def test_what_is_off_the_record(bot: WholeBot, talk: Talk, gil: Person) -> None:
    await gil.join(talk.room)
    await gil.say(talk.room, "#info waved away", msgtype="m.emote")
    await gil.say(talk.room, "[off] #info between us")
    await gil.say(talk.room, "#info by a program", msgtype="m.notice")
    await talk.record("#info counted")
    assert await texts(bot, talk) == ["counted"]
    spoken = [text for name, text in bot.lines(talk) if name == gil.name]
    assert spoken == ["#info by a program"]


async def test_several_commands_in_one_message_get_one_answer(bot: WholeBot, talk: Talk) -> None:
    said = await talk.say(
        "#topic CI\n#info it is slow\n#action me to make it fast\n\nand so on\n#idea buy more"
    )
    await talk.next_told(1)
    await talk.record("#question is that all?")
    assert talk.texts()[1:] == ["topic 1: CI\n#2 for " + talk.person.name]
    assert [target for target in talk.acknowledged() if target == said] == [said, said]  # two emojis
    assert await texts(bot, talk) == [
        "it is slow", "me to make it fast", "buy more", "is that all?",
    ]  # fmt: skip


async def test_code_is_no_command(bot: WholeBot, talk: Talk) -> None:
    body = "try this:\n```\n#info in a fence\n```\n#idea and this is none"
    html = "<p>try this:</p>\n<pre><code>#info in a fence\n</code></pre>\n<p>#idea and this is none</p>\n"
    await talk.record(body, **formatted(body, html))
    inline = "<code>#info in code</code>"
    await talk.say("`#info in code`", **formatted("", inline))
    await talk.say(
        "#info in code that a client strips of its marks",
        **formatted("", "<pre><code>#info in code that a client strips of its marks</code></pre>"),
    )
    await talk.record("#question the last?")
    assert await texts(bot, talk) == ["and this is none", "the last?"]


async def test_owners_are_whom_pills_and_mentions_mean(bot: WholeBot, talk: Talk, gil: Person) -> None:
    await gil.join(talk.room)
    await gil.ask("PUT", f"/profile/{gil.user}/displayname", {"displayname": "Gil von der  Möwe 🐦"})
    await talk.person.until(
        lambda: any(
            event["content"].get("displayname") == "Gil von der  Möwe 🐦"
            for event in talk.person.events[talk.room]
        )
    )
    shown = "Gil von der  Möwe 🐦"
    listed = {"m.mentions": {"user_ids": [gil.user]}}
    said = f"#action {shown}: to feed the birds"
    one = await talk.ask(said, **listed, **formatted(said, f"#action {pill(gil, shown)}: to feed the birds"))
    said = f"#action {shown} and me to count them"
    two = await talk.ask(
        said, **listed, **formatted(said, f"#action {pill(gil, shown)} and me to count them")
    )
    three = await talk.ask(f"#action @{gil.name} to let them fly", **listed)
    found = await records(bot, talk)
    name = "Gil von der Möwe 🐦"
    assert [record["owners"] for record in found] == [[name], [name, talk.person.name], [name]]
    assert [one, two, three] == [f"#1 for {name}", f"#2 for {name}, {talk.person.name}", f"#3 for {name}"]


@pytest.mark.parametrize(
    ("shown", "read"),
    [
        ("Ana  María\tLópez", "Ana María López"),
        ("🦀 crab 🦀", "🦀 crab 🦀"),
        ("\u202eevil\u202c", "evil"),
        ("عائشة", "عائشة"),
        ("\u200b\u2066", ""),
        ("#info not me", "#info not me"),
    ],
)
async def test_display_names_as_people_choose_them(
    bot: WholeBot, faye: Person, gil: Person, shown: str, read: str
) -> None:
    await gil.ask("PUT", f"/profile/{gil.user}/displayname", {"displayname": shown})
    talk = await bot.room(faye)
    await gil.join(talk.room)
    await talk.ask("#startmeeting Names")
    theirs = talk.by(gil)
    assert await theirs.ask("#action me to choose a name") == f"#1 for {read or gil.name}"
    (record,) = await records(bot, talk)
    assert (record["by"], record["owners"]) == (read or gil.name, [read or gil.name])


async def test_what_is_sent_beside_text_is_in_the_log(bot: WholeBot, talk: Talk) -> None:
    url = "mxc://bot.test/abcdefghijklmnopqrstuvwx"
    await talk.say(
        "diagram.png", msgtype="m.image", url=url, info={"mimetype": "image/png", "w": 10, "h": 10}
    )
    await talk.say("#info a caption", msgtype="m.file", url=url, filename="notes.pdf", info={"size": 100})
    await talk.record("#info the last")
    assert [text for _, text in bot.lines(talk)][1:] == [
        f"[image] diagram.png ({url})", f"[file] notes.pdf ({url})", "#info a caption", "#info the last",
    ]  # fmt: skip
    assert await texts(bot, talk) == ["a caption", "the last"]


async def test_addressed_by_a_pill(bot: WholeBot, talk: Talk) -> None:
    body = f"{bot.home.name}: status"
    html = f'<a href="https://matrix.to/#/{bot.user}">{bot.home.name}</a>: status'
    listed = {"m.mentions": {"user_ids": [bot.user]}}
    assert (await talk.ask(body, **formatted(body, html), **listed)).startswith("Messages; no topic")
    assert (await talk.ask(f"@{bot.home.name} status", **listed)).startswith("Messages; no topic")
