import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.core.events import BackInRoom, Incoming, Message
from bot.core.people.identity import Identity
from bot.networks.backoff import Backoff, Trouble
from bot.networks.irc.adapter import IrcNetwork
from bot.networks.irc.settings import IrcSettings, Timing
from tests.networks.contract import Collected
from tests.networks.irc.scripted import ScriptedIrcd, Visitor

QUICK = Timing(connect=2, register=2, login=0.2, idle=0.2, pong=0.2, hold=0.5, goodbye=0.5, joins=(0.05,))


@pytest.fixture
async def ircd() -> AsyncIterator[ScriptedIrcd]:
    ircd = ScriptedIrcd()
    await ircd.start()
    yield ircd
    await ircd.stop()


def now() -> datetime:
    return datetime.now(UTC)


class Running:
    """A bot on the scripted server."""

    def __init__(self, settings: IrcSettings, timing: Timing, clock: Callable[[], datetime]) -> None:
        self.inbox = Collected()
        self.network = IrcNetwork(settings, clock=clock, timing=timing, backoff=Backoff(jitter=lambda: 0.01))
        self.task = asyncio.create_task(self.network.run(self.inbox))

    @property
    def joins(self) -> list[BackInRoom]:
        return [event for event in self.inbox.events if isinstance(event, BackInRoom)]

    async def until_joined(self, times: int = 1) -> None:
        await self.inbox.until(lambda: len(self.joins) >= times)


def settings_for(ircd: ScriptedIrcd) -> IrcSettings:
    return IrcSettings("irc", "127.0.0.1", ircd.port, tls=False, throttle=False, rooms=("#tide",))


@asynccontextmanager
async def running(
    settings: IrcSettings, timing: Timing = QUICK, clock: Callable[[], datetime] = now
) -> AsyncIterator[Running]:
    bot = Running(settings, timing, clock)
    yield bot
    bot.task.cancel()
    await asyncio.wait([bot.task])


async def test_it_comes_back_after_the_connection_was_lost(ircd: ScriptedIrcd) -> None:
    async with running(settings_for(ircd)) as bot:
        await bot.until_joined()
        (await ircd.visitor()).writer.transport.abort()
        await bot.until_joined(2)
        first, second = bot.joins
        assert (first.room.id, first.since) == ("irc/#tide", None)
        assert second.since is not None
        assert first.at <= second.since <= second.at


async def test_it_comes_back_after_a_fault_of_its_own(
    ircd: ScriptedIrcd, caplog: pytest.LogCaptureFixture
) -> None:
    faults = ["a clock that stands still"]

    def clock() -> datetime:
        if bot.joins and faults:
            raise RuntimeError(faults.pop())
        return datetime.now(UTC)

    async with running(settings_for(ircd), clock=clock) as bot:
        await bot.until_joined()
        (await ircd.visitor()).give(":lin!l@h PRIVMSG #tide :x")
        await bot.until_joined(2)
    assert "irc: an internal error; reconnecting" in caplog.text


async def test_it_comes_back_after_the_server_was_away(ircd: ScriptedIrcd) -> None:
    async with running(settings_for(ircd)) as bot:
        await bot.until_joined()
        await ircd.stop()
        await asyncio.sleep(0.05)
        await ircd.start()
        await bot.until_joined(2)


async def test_a_silent_server_is_asked_and_then_left(ircd: ScriptedIrcd) -> None:
    def silence(visitor: Visitor, params: list[str]) -> None:
        """Say nothing."""

    async with running(settings_for(ircd)) as bot:
        await bot.until_joined()
        first = await ircd.visitor()
        await first.until(lambda: len(first.commands("PING")) >= 2)  # answered, so it stays
        assert len(ircd.visitors) == 1
        ircd.answers["PING"] = silence
        await ircd.visitor(1)
        assert first.closed


async def test_pings_are_answered(ircd: ScriptedIrcd) -> None:
    async with running(settings_for(ircd)) as bot:
        await bot.until_joined()
        visitor = await ircd.visitor()
        visitor.give("PING :a token")
        await visitor.until(lambda: visitor.commands("PONG"))
        assert visitor.commands("PONG") == ["PONG :a token"]


async def test_it_leaves_politely_and_at_once(ircd: ScriptedIrcd) -> None:
    async with running(settings_for(ircd)) as bot:
        await bot.until_joined()
        visitor = await ircd.visitor()
        began = asyncio.get_running_loop().time()
        bot.task.cancel()
        await asyncio.wait([bot.task])
        assert asyncio.get_running_loop().time() - began < 2
        await visitor.until(lambda: visitor.closed)
        assert visitor.sent[-1] == "QUIT bye"
        assert bot.task.cancelled()


async def test_it_leaves_at_once_also_where_the_server_does_not_listen(ircd: ScriptedIrcd) -> None:
    def stay(visitor: Visitor, params: list[str]) -> None:
        """Keep the connection open."""

    ircd.answers["QUIT"] = stay
    async with running(settings_for(ircd)) as bot:
        await bot.until_joined()
        bot.task.cancel()
        async with asyncio.timeout(2):
            await asyncio.wait([bot.task])


async def test_a_refused_login_never_joins(ircd: ScriptedIrcd, caplog: pytest.LogCaptureFixture) -> None:
    ircd.caps = "sasl=PLAIN"
    ircd.answers["AUTHENTICATE"] = lambda visitor, params: visitor.give(
        "AUTHENTICATE +" if params == ["PLAIN"] else ":irc.test 904 * :SASL authentication failed"
    )
    settings = replace(settings_for(ircd), login="sasl", account="bot", password="pw-wrong")
    with caplog.at_level(logging.DEBUG):
        async with running(settings):
            second = await ircd.visitor(1)  # it tries again, as slowly as logins are tried
            assert ircd.visitors[0].sent[-1] == "QUIT bye"
            assert not ircd.visitors[0].commands("JOIN") + second.commands("JOIN")
    assert "irc: not connected: login refused: SASL authentication failed" in caplog.messages
    assert "pw-wrong" not in caplog.text
    assert "cHctd3Jvbmc" not in caplog.text


class NotedBackoff(Backoff):
    """Comes back at once, and keeps why connections ended."""

    def __init__(self) -> None:
        super().__init__(jitter=lambda: 0.0)
        self.noted: list[Trouble] = []
        self.thrice = asyncio.Event()

    def delay(self, trouble: Trouble) -> float:
        self.noted.append(trouble)
        if len(self.noted) == 3:
            self.thrice.set()
        return super().delay(trouble)


async def test_who_is_sent_away_while_services_are_away_was_not_refused(ircd: ScriptedIrcd) -> None:
    ircd.caps = "batch"
    settings = replace(settings_for(ircd), login="sasl", account="bot", password="pw")
    backoff = NotedBackoff()
    network = IrcNetwork(settings, clock=now, timing=QUICK, backoff=backoff)
    task = asyncio.create_task(network.run(Collected()))
    first = await ircd.visitor()
    await first.until(lambda: first.commands("CAP")[1:])
    first.give(":irc.test CAP * ACK :batch", "ERROR :Closing Link: (Registration timeout)")
    second = await ircd.visitor(1)
    await second.until(lambda: second.commands("CAP")[1:])
    second.give(
        ":irc.test CAP * ACK :batch", ":irc.test CAP * NEW :sasl=PLAIN", "ERROR :Closing Link: (Killed)"
    )
    await ircd.visitor(2)
    task.cancel()
    await asyncio.wait([task])
    assert backoff.noted == [Trouble.NO_SERVICES] * 2


async def test_a_network_that_stays_away_is_said_once(
    ircd: ScriptedIrcd, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "bot.networks.irc")
    await ircd.stop()
    backoff = NotedBackoff()
    network = IrcNetwork(settings_for(ircd), clock=now, timing=QUICK, backoff=backoff)
    task = asyncio.create_task(network.run(Collected()))
    async with asyncio.timeout(5):
        await backoff.thrice.wait()
    task.cancel()
    await asyncio.wait([task])
    words = f"irc: not connected: 127.0.0.1:{ircd.port} takes no connections"
    assert caplog.messages == [words, "irc: next attempt in 0 s"]
    await ircd.start()


async def test_services_that_say_nothing_never_join(ircd: ScriptedIrcd) -> None:
    settings = replace(settings_for(ircd), login="nickserv", password="pw")
    async with running(settings):
        await ircd.visitor(1)
        assert [visitor.commands("NICKSERV") for visitor in ircd.visitors[:1]] == [
            ["NICKSERV IDENTIFY gatherbot pw"]
        ]
        assert ircd.visitors[0].commands("JOIN") == []


async def test_what_is_said_while_away_is_said_after(ircd: ScriptedIrcd) -> None:
    async with running(settings_for(ircd)) as bot:
        await bot.network.say("irc/#tide", "said before the join")
        visitor = await ircd.visitor()
        await visitor.until(lambda: visitor.said)
        assert visitor.said == ["said before the join"]


async def test_what_cannot_be_said_in_time_is_dropped(
    ircd: ScriptedIrcd, caplog: pytest.LogCaptureFixture
) -> None:
    async with running(settings_for(ircd)) as bot:
        await bot.until_joined()
        await bot.network.say("irc/#elsewhere", "hello?")
        await bot.network.drain()
        assert (await ircd.visitor()).said == []
    assert "#elsewhere: dropped 1 lines that could not be sent for 0 s" in caplog.messages


async def test_drain_does_not_wait_for_a_connection_that_is_not_there(ircd: ScriptedIrcd) -> None:
    network = IrcNetwork(settings_for(ircd), clock=lambda: datetime.now(UTC))
    await network.say("irc/#tide", "nobody hears")
    async with asyncio.timeout(1):
        await network.drain()
    network._sender.stop()


async def test_the_throttle_holds_back_speech_only(ircd: ScriptedIrcd) -> None:
    settings = replace(settings_for(ircd), throttle=True)
    async with running(settings, Timing()) as bot:
        await bot.until_joined()
        visitor = await ircd.visitor()
        for number in range(8):
            await bot.network.say("irc/#tide", f"{number} {'x' * 80}")
        visitor.give("PING :now", ":lin!l@h PRIVMSG #tide :still listening")
        await visitor.until(lambda: visitor.commands("PONG"))
        await bot.inbox.messages_from("lin", 1)
        assert len(visitor.said) < 5


async def test_a_topic_goes_out_on_one_line(ircd: ScriptedIrcd) -> None:
    async with running(settings_for(ircd)) as bot:
        await bot.until_joined()
        await bot.network.set_topic("irc/#tide", "Cold\r\nstore")
        visitor = await ircd.visitor()
        await visitor.until(lambda: visitor.commands("TOPIC"))
        assert visitor.commands("TOPIC") == ["TOPIC #tide :Cold store"]


@pytest.mark.parametrize("key", ["bridge/<lin>", "lin"])
async def test_only_who_has_a_nick_can_be_told(ircd: ScriptedIrcd, key: str) -> None:
    async with running(settings_for(ircd)) as bot:
        await bot.until_joined()
        await bot.network.tell(Identity("irc", "lin" if key == "lin" else "a b", key), "psst")
        await bot.network.say("irc/#tide", "after")
        visitor = await ircd.visitor()
        await visitor.until(lambda: "after" in visitor.said)
        assert visitor.said == (["psst", "after"] if key == "lin" else ["after"])


async def test_the_nick_is_the_one_that_we_have(ircd: ScriptedIrcd) -> None:
    def take(visitor: Visitor, params: list[str]) -> None:
        if params == ["gatherbot"]:
            visitor.give(":irc.test 433 * gatherbot :Nickname is already in use.")
        else:
            ircd.on_nick(visitor, params)
            visitor.greet()

    ircd.answers["NICK"] = take
    async with running(settings_for(ircd)) as bot:
        assert bot.network.nick == "gatherbot"
        await bot.until_joined()
        assert bot.network.nick == "gatherbot_"


class Full(Collected):
    """An inbox with room for two messages or rooms."""

    def __init__(self) -> None:
        super().__init__()
        self.free = asyncio.Semaphore(2)

    def offer(self, event: Incoming) -> bool:
        return False

    async def put(self, event: Incoming) -> None:
        if isinstance(event, Message | BackInRoom):
            await self.free.acquire()
        super().offer(event)


async def test_a_full_inbox_stops_the_reading(ircd: ScriptedIrcd) -> None:
    network = IrcNetwork(settings_for(ircd), clock=lambda: datetime.now(UTC), timing=Timing())
    inbox = Full()
    task = asyncio.create_task(network.run(inbox))
    visitor = await ircd.visitor()
    await visitor.until(lambda: visitor.commands("JOIN"))
    visitor.give(*(f":lin!l@h PRIVMSG #tide :{number}" for number in range(5)))
    await inbox.messages_from("lin", 1)
    await asyncio.sleep(0.05)
    assert [message.text for message in inbox.messages] == ["0"]
    for _ in range(4):
        inbox.free.release()
    messages = await inbox.messages_from("lin", 5)
    assert [message.text for message in messages] == ["0", "1", "2", "3", "4"]
    task.cancel()
    await asyncio.wait([task])


async def test_a_server_is_not_silent_while_the_inbox_is_full(ircd: ScriptedIrcd) -> None:
    timing = Timing(idle=0.05, pong=0.05)
    network = IrcNetwork(settings_for(ircd), clock=lambda: datetime.now(UTC), timing=timing)
    inbox = Full()
    task = asyncio.create_task(network.run(inbox))
    visitor = await ircd.visitor()
    await visitor.until(lambda: visitor.commands("JOIN"))
    visitor.give(*(f":lin!l@h PRIVMSG #tide :{number}" for number in range(5)))
    await inbox.messages_from("lin", 1)
    asked = len(visitor.commands("PING"))
    await asyncio.sleep(0.3)
    assert not visitor.closed
    assert len(visitor.commands("PING")) <= asked + 1
    task.cancel()
    await asyncio.wait([task])
