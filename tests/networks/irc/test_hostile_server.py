"""Whatever a server tells, and however long, what is kept of it stops to grow."""

import asyncio
import tracemalloc
from collections.abc import Callable
from contextlib import suppress

import pytest

from bot.core.people.identity import casefold
from bot.networks.absence import MOST_ROOMS, Absence
from bot.networks.irc.account_lookups import MOST_HELD
from bot.networks.irc.bucket import Bucket
from bot.networks.irc.roster import MOST_CHANNELS, MOST_PEOPLE
from bot.networks.irc.send_queue import MOST_ERRANDS, SendQueue
from tests.networks.irc.conversation import NOW, Conversation, settled
from tests.networks.irc.scripted import ScriptedIrcd
from tests.networks.irc.test_adapter import running, settings_for

ME = settled().link.state.nick
BATCH = 100  # lines at a time
SLACK = 3 * 1024 * 1024  # bytes; each flood would be twice that if it were kept
LONG = "x" * 6000


def nicks(number: int, count: int) -> str:
    return " ".join(f"n{number}x{place}" for place in range(count))


FLOODS: dict[str, tuple[int, Callable[[int], str]]] = {  # lines until the limit is reached if there is one, and each line
    "caps offered": (200, lambda n: f":s CAP * LS * :{nicks(n, 400)}"),
    "caps that are new": (200, lambda n: f":s CAP {ME} NEW :{nicks(n, 400)}"),
    "caps granted": (200, lambda n: f":s CAP {ME} ACK :{nicks(n, 400)}"),
    "caps refused": (200, lambda n: f":s CAP {ME} NAK :{nicks(n, 400)}"),
    "tokens": (600, lambda n: f":s 005 {ME} TOKEN{n}={LONG} OTHER{n} :are supported"),
    "forced joins": (4000, lambda n: f":{ME}!u@h JOIN #c{n}"),
    "forced joins of long names": (200, lambda n: f":{ME}!u@h JOIN #c{n}{LONG}"),
    "joins and kicks": (MOST_ROOMS, lambda n: f":{ME}!u@h JOIN #c{n}\r\n:s KICK #c{n} {ME} :x"),
    "names": (250, lambda n: f":s 353 {ME} = #tide :{nicks(n, 100)}"),
    "joins of others": (MOST_PEOPLE + 500, lambda n: f":n{n}!u@h JOIN #tide acc{n} :real"),
    "long nicks": (1200, lambda n: f":n{n}{LONG}!u@h JOIN #tide * :x"),
    "long accounts": (1200, lambda n: f":rosa!u@h ACCOUNT {n}{LONG}"),
    "hosts": (1200, lambda n: f":rosa!u@{n}{LONG} PRIVMSG #tide :x"),
    "modes": (200, lambda n: f":s MODE #tide +{'o' * 100} {nicks(n, 100)}"),
    "who": (200, lambda n: f":s 354 {ME} 42 #tide n{n} H acc"),
    "batches": (1200, lambda n: f":s BATCH +ref{n}{LONG} chathistory #tide"),
    "private messages": (2 * MOST_HELD + 2000, lambda n: f":n{n}!u@h PRIVMSG {ME} :#info x"),
    "long private messages": (800, lambda n: f":n{n}{LONG}!u@h PRIVMSG {ME} :#info x"),
    "topics": (1200, lambda n: f":s TOPIC #tide :{n}{LONG}"),
    "whois of long nicks": (1200, lambda n: f":s 318 {ME} n{n}{LONG} :end"),
    "nicks": (200, lambda n: f":rosa{n}!u@h NICK rosa{n + 1}"),
    "quits": (200, lambda n: f":n{n}!u@h QUIT :x"),
    "times": (200, lambda n: f"@time=2027-10-19T13:{n % 60:02}:00.000Z :rosa!u@h PRIVMSG #tide :x"),
}  # fmt: skip


def give(talk: Conversation, line: Callable[[int], str], first: int, count: int) -> None:
    for start in range(first, first + count, BATCH):
        talk.give(*(line(number) for number in range(start, start + BATCH)))
        talk.wait(0.01)
        talk.out.taken()
        talk.out.forgotten.clear()


@pytest.mark.parametrize("flood", FLOODS)
def test_what_is_kept_stops_to_grow(flood: str) -> None:
    count, line = FLOODS[flood]
    talk = settled(caps="")  # so that accounts are looked up, and the answers do not come
    give(talk, line, 0, count)
    tracemalloc.start()
    try:
        give(talk, line, count, count)
        assert tracemalloc.get_traced_memory()[0] < SLACK
    finally:
        tracemalloc.stop()


def test_people_beyond_the_limit_are_strangers_who_can_speak() -> None:
    talk = settled()
    give(talk, FLOODS["names"][1], 0, 250)
    assert len(talk.link.state.roster.people) == MOST_PEOPLE
    said = talk.hear(":late!u@h PRIVMSG #tide :#info x")
    assert (said.speaker.name, said.text) == ("late", "#info x")


def test_a_configured_channel_is_joined_whatever_else_the_bot_is_forced_into() -> None:
    talk = Conversation()
    talk.register()
    give(talk, FLOODS["forced joins"][1], 0, 700)
    assert len(talk.link.state.roster.channels) == MOST_CHANNELS
    talk.enter()
    assert talk.hear(":rosa!u@h PRIVMSG #tide :x").room.id == "irc/#Tide"


def test_a_line_that_does_not_end_is_not_kept() -> None:
    talk = settled()
    tracemalloc.start()
    try:
        for _ in range(100):
            talk.link.take(b"x" * 65_536, talk.now, talk.at, talk.now - talk.now)
        assert tracemalloc.get_traced_memory()[0] < SLACK
    finally:
        tracemalloc.stop()


def test_events_that_wait_for_an_account_are_not_kept_for_ever() -> None:
    talk = settled(caps="")
    heard = talk.give(*(f":n{n}!u@h PRIVMSG #tide :#info x" for n in range(MOST_HELD + 1)))
    assert len(heard) > MOST_HELD


def test_errands_and_absences_are_not_kept_for_ever() -> None:
    queue = SendQueue(Bucket(), 60.0, ready=lambda _: False, room=lambda _: 400)
    absence = Absence()
    for number in range(2 * MOST_ERRANDS):
        queue.add_errand(f"who {number}", b"WHO x\r\n")
        absence.begin(f"irc/#{number}", NOW)
    assert len(queue._errands) == MOST_ERRANDS
    assert len(absence._since) == MOST_ROOMS


def test_long_names_are_not_remembered_when_they_are_compared() -> None:
    tracemalloc.start()
    try:
        assert [casefold(f"{LONG}{number}")[-3:] for number in range(500)][-1] == "499"
        assert tracemalloc.get_traced_memory()[0] < SLACK
    finally:
        tracemalloc.stop()


async def test_a_server_that_makes_the_bot_write_and_does_not_read_is_left(
    caplog: pytest.LogCaptureFixture,
) -> None:
    server = ScriptedIrcd()
    await server.start()
    async with running(settings_for(server)) as bot:
        visitor = await server.visitor()
        await bot.until_joined()
        transport = visitor.writer.transport
        assert isinstance(transport, asyncio.ReadTransport)
        transport.pause_reading()
        with suppress(ConnectionError):
            for _ in range(3000):
                visitor.give(f"PING :{LONG}")
                await visitor.writer.drain()
        await server.visitor(1)
    await server.stop()
    assert "the server does not read what it is sent" in caplog.text
