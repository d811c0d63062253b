"""Reading what a server sends takes time in proportion to its length, whatever it holds."""

from contextlib import suppress
from functools import partial

import pytest

from bot.networks.irc.disconnects import LinkDownError
from tests.growth import MOST, UNITS, filled, growth, slowest
from tests.networks.irc.conversation import Conversation, settled

COMMANDS = sorted(settled().link._handlers)
FORMS = (
    ":rosa!u@h {command} #tide :{text}", ":rosa!u@h {command} {text}", ":{text} {command} #tide {text} :x", ":s {command} gatherbot #tide :{text}",
    ":s {command} gatherbot = #tide :{text}", "@{text} :rosa!u@h {command} #tide :x", ":rosa!u@h {command} :{text}", ":s {command} * LS :{text}",
)  # fmt: skip
LARGE = 6_000


def give(talk: Conversation, line: str) -> None:
    with suppress(LinkDownError):
        talk.give(line)
    talk.out.taken()


@pytest.mark.parametrize("command", COMMANDS)
def test_a_line(command: str) -> None:
    def line(size: int, form: str, unit: str) -> str:
        return form.format(command=command, text=filled(unit, size).replace("\n", "").replace("\r", ""))

    talk = settled()
    made = ((form, unit) for form in FORMS for unit in UNITS)
    for form, unit in slowest(lambda one: give(talk, line(LARGE // 4, *one)), made, 2):
        assert (
            growth(partial(give, settled()), line(LARGE // 2, form, unit), line(LARGE, form, unit)) <= MOST
        ), (form, unit)
