"""Every command, every talk, every edit and every fetched page takes time in proportion to its length, whatever it holds.

The inputs are made from the examples that the plugins declare, so a new command is measured without a word here.
"""

from collections.abc import Callable, Iterator
from functools import partial
from typing import NamedTuple

import pytest

from bot.bundled import bundled_plugins
from bot.core.earlier_messages import Earlier
from bot.core.events import Edited, Fetched, Incoming, Message, Power, Room
from bot.core.people.identity import Identity
from bot.core.plugin.command import Command
from bot.core.plugin.registration import register
from bot.core.state.setup import Setup, Track
from bot.core.turn.commands import LONGEST_LINE, read_event
from bot.core.turn.decision import Decision
from bot.core.turn.dispatch import decide
from tests.growth import MOST, UNITS, filled, growth, slowest
from tests.play import ROOM, Stage

OTHER = "irc/#nova-hall"
SETUP = Setup(tracks=(Track(slug="nova", name="Nova", venues=((ROOM, OTHER),), relay=True),))
DECLARED = register(bundled_plugins(), SETUP)
COMMANDS = [pytest.param(command, id=word) for word, command in sorted(DECLARED.commands.items())]
STARTS = [start for talk in DECLARED.talks for start in talk.starts]
ROSA = Identity("matrix", "Rosa Maria P.", "@rosa:tide.example", "@rosa:tide.example")

FIRST, LARGE = 1_800, LONGEST_LINE - 200  # a record holds 4,000 characters, a line more
MOST_MEASURED = 2  # inputs of a command whose growth is measured: those that took longest


class Typed(NamedTuple):
    """A line with a gap, and what fills it."""

    before: str
    unit: str
    after: str

    def of(self, size: int) -> str:
        return f"{self.before}{filled(self.unit, size)}{self.after}"


def gaps(example: str) -> Iterator[tuple[str, str]]:
    """A line, cut at some of its words: what comes before a gap and after it."""
    words = example.split(" ")
    for at in {1, 2, len(words)}:
        yield " ".join(words[:at]) + " ", "".join(f" {word}" for word in words[at:])


def lines(command: Command) -> Iterator[Typed]:
    for before, after in dict.fromkeys(
        gap for example in (command.example, *command.bare[:1]) for gap in gaps(example)
    ):
        yield from (Typed(before, unit, after) for unit in UNITS)


def stage(*said: str) -> Stage:
    made = Stage(DECLARED, SETUP)
    made.joins("amaru", "jbell", "okoye", "lin_wei")
    made.members[ROSA.key] = ROSA
    for line in said:
        made.say("amaru", line)
    return made


def decided(made: Stage, event: Incoming) -> Decision:
    """What an event leads to; the stage stays as it is."""
    decision = decide(
        read_event(event, DECLARED, ("gatherbot", "Gather Bot")), made.state.fork(), DECLARED, "m"
    )
    assert decision.fault is None
    return decision


def message(made: Stage, text: str, number: int = 0) -> Message:
    return Message(Room(ROOM, "irc", members=made.members), made.who("amaru"), text, made.at, number=number)


def heard(made: Stage, text: str) -> Decision:
    return decided(made, message(made, text))


def check(hear: Callable[[str], object], typed: Iterator[Typed]) -> None:
    measured = slowest(lambda one: hear(one.of(FIRST)), typed, MOST_MEASURED)
    grown = {
        f"{one} {size}": growth(hear, one.of(size // 2), one.of(size))
        for one in measured
        for size in (2 * FIRST, LARGE)
    }
    assert {one: times for one, times in grown.items() if times > MOST} == {}


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command(command: Command) -> None:
    made = stage(*(() if command.word == "startmeeting" else ("#startmeeting Day 1", *command.before)))
    check(partial(heard, made), lines(command))


@pytest.mark.parametrize("start", ["", "gatherbot: ", "@Gather Bot ", "#", "[off]", "\u00ad", *STARTS])
def test_talk(start: str) -> None:
    made = stage("#startmeeting Day 1", "#vote Docs in the tree?", "#info One")
    check(partial(heard, made), (Typed(start, unit, after) for unit in UNITS for after in ("", " x", "/b/")))


@pytest.mark.parametrize("start", ["", "#edit 1 "])
def test_the_lines_of_an_edit(start: str) -> None:
    """Lines in the opposite order are all to be found again."""
    made = stage("#startmeeting Day 1", "#info One")

    def edited(count: int) -> Edited:
        texts = [f"{start}{n} of {count}" for n in range(count)]
        earlier = Earlier(made.session.id, made.who("amaru"), (("$1", tuple(texts)),), made.at)
        return Edited("$1", tuple(message(made, text, n) for n, text in enumerate(reversed(texts))), earlier)

    assert growth(partial(decided, made), edited(2_000), edited(4_000)) <= MOST


@pytest.mark.parametrize("unit", [*UNITS, "a\n", "\n", "- a\n", " - a [b]\n", "- [b\n"])
def test_a_fetched_page(unit: str) -> None:
    made = stage("#startmeeting Day 1")

    def fetched(size: int) -> Fetched:
        room, by = Room(ROOM, "irc", members=made.members), made.who("amaru")
        return Fetched(
            "agenda",
            "https://a.test",
            made.at,
            room,
            by,
            Power.MODERATOR,
            filled(unit, size),
            "d",
            "",
            "nova",
        )

    assert growth(partial(decided, made), fetched(30_000), fetched(60_000)) <= MOST
