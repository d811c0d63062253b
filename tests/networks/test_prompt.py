"""The prompt of the console: completion, pasted lines, and the keys that end it."""

import pytest
from prompt_toolkit.completion import CompleteEvent
from prompt_toolkit.document import Document
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from bot.networks.console.keyboard import Interruption
from bot.networks.console.prompt import Completions, Prompt

COMMANDS = {
    "#action": "a task for somebody",
    "#actions": "lists the tasks",
    "/me": "tells what you do",
    "q+": "queues",
}
COMPLETIONS = Completions(COMMANDS, lambda: ["amaru", "Okoye"])
PASTE, PASTED = "\x1b[200~", "\x1b[201~"


def completed(typed: str) -> list[str]:
    """The line after each completion."""
    found = COMPLETIONS.get_completions(Document(typed), CompleteEvent(completion_requested=True))
    return [typed[: len(typed) + one.start_position] + one.text for one in found]


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("#ac", ["#action", "#actions"]),
        ("#ACTIONS", ["#actions"]),
        ("amaru: #actions", ["amaru: #actions"]),
        ("/msg #actions", ["/msg #actions"]),
        ("/m", ["/me"]),
        ("q", ["q+"]),
        ("am", ["amaru: "]),
        ("#action ok", ["#action Okoye"]),
        ("amaru: ok", ["amaru: Okoye"]),
        ("what about #ac", []),
        ("", []),
        ("amaru: ", []),
    ],
)
def test_what_a_line_can_become(typed: str, wanted: list[str]) -> None:
    assert completed(typed) == wanted


def test_a_completion_says_what_the_command_does() -> None:
    (found,) = COMPLETIONS.get_completions(Document("#actions"), CompleteEvent(completion_requested=True))
    assert found.display_meta_text == "lists the tasks"


async def typed_keys(keys: str) -> list[str]:
    """The lines that come of these keys, up to the end."""
    with create_pipe_input() as keyboard:
        keyboard.send_text(keys)
        prompt = Prompt(COMPLETIONS, (keyboard, DummyOutput()))
        lines = []
        while (line := await prompt.read(lambda _: "you")) is not None:
            lines.append(line)
        return lines


async def test_lines_up_to_ctrl_d() -> None:
    assert await typed_keys("one\rtwo\r\r\x04") == ["one", "two", ""]


async def test_keys_edit_a_line() -> None:
    assert await typed_keys("#info tow\x7f\x7fwo\x01amaru: \r\x04") == ["amaru: #info two"]


async def test_pasted_lines_are_lines() -> None:
    assert await typed_keys(f"{PASTE}amaru: a\r\nokoye: b\nc{PASTED}\r\x04") == ["amaru: a", "okoye: b", "c"]


async def test_ctrl_c_interrupts() -> None:
    with pytest.raises(Interruption):
        await typed_keys("half a li\x03")
