"""The console: a room in the terminal."""

import asyncio
import io
import queue
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest

from bot.core.events import Departed, Incoming, Message, NickChanged, Power
from bot.core.people.identity import Identity
from bot.networks.console.keyboard import PipedKeyboard
from bot.networks.console.network import HINT, ConsoleNetwork
from tests.networks.contract import Collected, NetworkContract

START = datetime(2027, 10, 19, 13, 0, 0, tzinfo=UTC)


class Keyboard:
    """A terminal whose keys a test presses; reading blocks as on a real one."""

    def __init__(self) -> None:
        self._lines: queue.SimpleQueue[bytes] = queue.SimpleQueue()

    def press(self, data: str | bytes) -> None:
        for line in io.BytesIO(data.encode() if isinstance(data, str) else data):
            self._lines.put(line)

    def read(self) -> bytes:
        return self._lines.get()

    def close(self) -> None:
        self._lines.put(b"")


@dataclass
class ConsoleStage:
    network: ConsoleNetwork
    keyboard: Keyboard
    screen: list[str]
    inbox: Collected = field(default_factory=Collected)
    room: str = "console/#console"
    person: str = "amaru"
    running: asyncio.Task[None] = field(init=False)

    async def person_says(self, text: str) -> None:
        self.keyboard.press(f"amaru: {text}\n")

    async def person_tells(self, text: str) -> None:
        self.keyboard.press(f"amaru: /msg {text}\n")

    async def heard_in_room(self, number: int) -> list[str]:
        return self._heard("<gatherbot> ")[:number]

    async def heard_in_private(self, number: int) -> list[str]:
        return self._heard("[to amaru] <gatherbot> ")[:number]

    def _heard(self, start: str) -> list[str]:
        return [line.removeprefix(start) for line in self.screen if line.startswith(start)]


@pytest.fixture
async def stage() -> AsyncIterator[ConsoleStage]:
    screen: list[str] = []
    keyboard = Keyboard()
    network = ConsoleNetwork(PipedKeyboard(keyboard.read), screen.append, clock=lambda: datetime.now(UTC))
    built = ConsoleStage(network, keyboard, screen)
    built.running = asyncio.create_task(network.run(built.inbox))
    yield built
    keyboard.close()
    built.running.cancel()
    await asyncio.wait([built.running])


class TestConsoleContract(NetworkContract):
    """What every adapter keeps to."""


def ticking() -> Iterator[datetime]:
    return (START + timedelta(seconds=second) for second in count())


@dataclass
class Chat:
    """What a whole chat led to."""

    events: list[Incoming]
    screen: list[str]

    @property
    def said(self) -> list[tuple[str, str]]:
        return [(event.speaker.name, event.text) for event in self.events if isinstance(event, Message)]


async def chat(typed: str | bytes, *, echo: bool = False, **settings: str) -> Chat:
    """Type all of this, to the end."""
    screen: list[str] = []
    keyboard, moments, inbox = Keyboard(), ticking(), Collected()
    network = ConsoleNetwork(
        PipedKeyboard(keyboard.read),
        screen.append,
        names=["Zakim", "topic"],
        echo=echo,
        clock=lambda: next(moments),
        **settings,
    )
    keyboard.press(typed)
    keyboard.close()
    async with asyncio.timeout(10):
        await network.run(inbox)
    return Chat(inbox.events, screen)


async def test_a_line_without_a_name_is_always_yours() -> None:
    typed = await chat(
        "hello\namaru: #topic Welcome\nand more\njbell:o/\n\n  \njbell: \nrosa[m]: x: y\nhttps://a.b/c\n"
    )
    assert typed.said == [
        ("you", "hello"),
        ("amaru", "#topic Welcome"),
        ("you", "and more"),
        ("you", "jbell:o/"),
        ("rosa[m]", "x: y"),
        ("you", "https://a.b/c"),
    ]


async def test_a_word_of_the_bot_is_nobody_s_name() -> None:
    assert (await chat("Topic: Welcome\n")).said == [("you", "Topic: Welcome")]


async def test_what_was_typed_is_shown_as_everybody_s_lines() -> None:
    typed = await chat("hello \x1b[31m\namaru: hi\namaru: /me waves\namaru: /msg #status\n", echo=True)
    assert typed.screen == [
        "<you> hello [31m",
        "<amaru> hi",
        "* amaru waves",
        "[to gatherbot] <amaru> #status",
    ]


def test_the_prompt_can_say_who_speaks() -> None:
    network = ConsoleNetwork(PipedKeyboard(bytes), lambda _: None)
    typed = ["", "amaru", "amaru:", "amaru: #info", "gatherbot: next"]
    assert [network.speaker_of(line) for line in typed] == ["you", "you", "amaru", "amaru", "you"]


async def test_a_message_is_whole() -> None:
    (message,) = (await chat("amaru: hello\n", room="irc/#tidepool-ptg")).events
    assert isinstance(message, Message)
    assert message == Message(message.room, Identity("irc", "amaru", "amaru"), "hello", START)
    assert (message.room.id, message.room.network, message.room.private) == (
        "irc/#tidepool-ptg",
        "irc",
        False,
    )


async def test_the_bot_is_spoken_to_by_its_names() -> None:
    typed = await chat("amaru: hi\ngatherbot: status\nZAKIM: next agendum\n")
    assert typed.said == [("amaru", "hi"), ("you", "gatherbot: status"), ("you", "ZAKIM: next agendum")]


async def test_actions_are_quiet() -> None:
    typed = await chat("amaru: /me waves\n/me q+\n")
    assert [(m.speaker.name, m.text, m.off_record) for m in typed.events if isinstance(m, Message)] == [
        ("amaru", "waves", True),
        ("you", "q+", True),
    ]


async def test_only_ops_have_power() -> None:
    typed = await chat("amaru: a\n/op Amaru\namaru: b\namaru: /nick am\nam: c\n/deop am\nam: d\n")
    assert [m.power for m in typed.events if isinstance(m, Message)] == [
        Power.NONE,
        Power.MODERATOR,
        Power.MODERATOR,
        Power.NONE,
    ]
    assert typed.screen == ["-!- Amaru is a moderator", "-!- amaru is now am", "-!- am is no moderator"]


async def test_a_nick_changes() -> None:
    typed = await chat("amaru: a\namaru: /nick amaru_\n/nick me\nb\n")
    old, new = Identity("console", "amaru", "amaru"), Identity("console", "amaru_", "amaru_")
    assert typed.events[1] == NickChanged(old, new, START + timedelta(seconds=1))
    assert typed.said == [("amaru", "a"), ("me", "b")]


async def test_somebody_leaves() -> None:
    typed = await chat(
        "amaru: a\njbell: b\n/op amaru\n/quit amaru\n/quit okoye\njbell: /quit\njbell: c\namaru: back\n"
    )
    assert typed.events[2] == Departed(Identity("console", "amaru", "amaru"), START + timedelta(seconds=2))
    assert typed.screen == [
        "-!- amaru is a moderator",
        "-!- amaru left",
        "-!- nobody here is called okoye",
        "-!- jbell left",
    ]
    assert [m.power for m in typed.events if isinstance(m, Message)] == [Power.NONE] * 4


async def test_members_are_those_who_spoke_and_are_there() -> None:
    typed = await chat("amaru: a\njbell: b\n/quit amaru\njbell: /nick jb\nc\n")
    last = typed.events[-1]
    assert isinstance(last, Message)
    assert sorted(last.room.members) == ["jb", "you"]


async def test_quit_ends_the_chat() -> None:
    assert (await chat("amaru: a\n/quit\namaru: b\n")).said == [("amaru", "a")]


@pytest.mark.parametrize(
    "line", ["/help", "/nick", "/nick two words", "/op", "/me", "/msg", "/unknown amaru"]
)
async def test_other_commands_get_the_hint(line: str) -> None:
    typed = await chat(f"{line}\n")
    assert (typed.events, typed.screen) == ([], [f"-!- {HINT}"])


async def test_a_line_without_an_end_and_one_that_is_not_utf8() -> None:
    assert (await chat(b"amaru: caf\xe9\r\namaru: caf\xc3\xa9")).said == [
        ("amaru", "café"),
        ("amaru", "café"),
    ]


async def test_the_terminal_is_not_steered(stage: ConsoleStage) -> None:
    await stage.network.say(stage.room, "red \x1b[31m\x07 and \x9b2J\ttab")
    assert stage.screen == ["<gatherbot> red [31m and 2J\ttab"]


async def test_the_topic_is_shown_when_it_changes(stage: ConsoleStage) -> None:
    await stage.network.set_topic(stage.room, "Welcome")
    await stage.network.set_topic(stage.room, "Welcome")
    await stage.network.set_topic(stage.room, "Wrong", instead_of="Something else")
    await stage.network.set_topic(stage.room, "CI\nand more", instead_of="Welcome")
    assert stage.screen == [
        "-!- the topic of #console is now: Welcome",
        "-!- the topic of #console is now: CI and more",
    ]
    await stage.person_says("hello")
    (message,) = await stage.inbox.messages_from("amaru", 1)
    assert message.room.topic == "CI and more"


async def test_a_terminal_that_breaks_ends_the_chat() -> None:
    def gone() -> bytes:
        raise OSError(5, "Input/output error")

    inbox = Collected()
    async with asyncio.timeout(10):
        await ConsoleNetwork(PipedKeyboard(gone), lambda _: None).run(inbox)
    assert inbox.events == []
