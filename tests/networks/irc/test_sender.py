import asyncio

from bot.networks.irc.bucket import Bucket
from bot.networks.irc.send_queue import SendQueue
from bot.networks.irc.sender import Sender


class Wire:
    """A transport whose network takes only what it is let take."""

    def __init__(self) -> None:
        self.written: list[bytes] = []

    def write(self, data: bytes) -> None:
        self.written.append(data)


def sender(*, hold: float = 60, burst: float = float("inf")) -> Sender:
    return Sender(
        SendQueue(
            Bucket(burst=burst, interval=0.01), hold, ready=lambda target: True, room=lambda target: 400
        )
    )


async def test_a_first_word_goes_at_once_and_the_rest_of_a_turn_in_one_go() -> None:
    speaking, wire = sender(), Wire()
    speaking.attach(wire)
    for text in ("one", "two", "three"):
        speaking.say("#a", text)
    assert wire.written == [b"PRIVMSG #a one\r\n"]
    await speaking.drain()
    assert wire.written == [b"PRIVMSG #a one\r\n", b"PRIVMSG #a two\r\nPRIVMSG #a three\r\n"]


async def test_the_rest_follows_when_it_may() -> None:
    speaking, wire = sender(burst=1), Wire()
    speaking.attach(wire)
    long = "x" * 80
    for number in range(3):
        speaking.say("#a", f"{number}{long}")
    await speaking.drain()
    assert wire.written == [f"PRIVMSG #a {number}{long}\r\n".encode() for number in range(3)]


async def test_a_network_that_takes_nothing_is_not_fed_more() -> None:
    speaking, wire = sender(), Wire()
    speaking.attach(wire)
    speaking.pause()
    speaking.say("#a", "waits")
    await asyncio.sleep(0.1)
    assert wire.written == []
    speaking.resume()
    await speaking.drain()
    assert wire.written == [b"PRIVMSG #a waits\r\n"]


async def test_orders_overtake() -> None:
    speaking, wire = sender(), Wire()
    speaking.attach(wire)
    speaking.say("#a", "first")
    speaking.say("#a", "later")
    speaking.send_now(b"PONG x\r\n")
    await speaking.drain()
    assert wire.written == [b"PRIVMSG #a first\r\n", b"PONG x\r\n", b"PRIVMSG #a later\r\n"]


async def test_drain_ends_when_the_connection_does() -> None:
    speaking, wire = sender(burst=0), Wire()
    speaking.attach(wire)
    speaking.say("#a", "never")
    draining = asyncio.create_task(speaking.drain())
    await asyncio.sleep(0)
    assert not draining.done()
    speaking.detach()
    await asyncio.wait_for(draining, 1)
    speaking.send_now(b"PONG x\r\n")
    speaking.send_later("who", 1, b"WHO\r\n")
    assert wire.written == []
    speaking.stop()


async def test_nothing_is_said_to_who_was_forgotten() -> None:
    speaking, wire = sender(burst=0), Wire()
    speaking.attach(wire)
    speaking.say("gone", "never")
    speaking.forget("gone")
    await asyncio.wait_for(speaking.drain(), 1)
    assert wire.written == []
    speaking.stop()
