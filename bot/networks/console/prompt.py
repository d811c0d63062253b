"""A prompt in the terminal, with editing keys, a history, and completion; the only module that loads prompt_toolkit."""

import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping

from prompt_toolkit import PromptSession
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document
from prompt_toolkit.input import Input
from prompt_toolkit.output import Output
from prompt_toolkit.patch_stdout import patch_stdout

from bot.networks.console.keyboard import Interruption, SpeakerOf

above_the_prompt = patch_stdout  # what is printed while it is open appears above the line that is being typed

FIRST = re.compile(r"(?:\s*[^\s:/]+: +)?(?:/(?:me|msg) +)?(\S*)")  # the first word of what is said
LAST = re.compile(r"(?<!\S)[^\W\d]\S*$")


class Completions(Completer):
    """Completes commands where a line begins, and the names of people everywhere.

    commands: what each command does, by the command with its prefix
    people:   gives the names of those who are in the room
    """

    def __init__(self, commands: Mapping[str, str], people: Callable[[], Iterable[str]]) -> None:
        self._commands = commands
        self._people = people

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterator[Completion]:  # noqa: ARG002 - there is one way to ask
        """What could stand before the cursor."""
        typed = document.text_before_cursor
        first = FIRST.fullmatch(typed)
        if first is not None and first[1]:
            for command in _beginning_with(first[1], self._commands):
                yield Completion(command, -len(first[1]), display_meta=self._commands[command])
        last = LAST.search(typed)
        if last is not None:
            end = ": " if last.start() == 0 else ""
            for name in _beginning_with(last[0], self._people()):
                yield Completion(name + end, -len(last[0]), display=name)


def _beginning_with(start: str, words: Iterable[str]) -> list[str]:
    return sorted(word for word in words if word.casefold().startswith(start.casefold()))


class Prompt:
    """The keyboard of a person at a terminal.

    terminal: other ends than the terminal of the process, for tests
    """

    def __init__(self, completions: Completions, *terminal: tuple[Input, Output]) -> None:
        source, screen = terminal[0] if terminal else (None, None)
        self._pasted: deque[str] = deque()
        self._session: PromptSession[str] = PromptSession(
            completer=completions,
            complete_while_typing=False,
            erase_when_done=True,  # the console shows the line as it shows everybody's
            interrupt_exception=Interruption,
            input=source,
            output=screen,
        )

    async def read(self, speaker_of: SpeakerOf) -> str | None:
        """The next line, None at Ctrl-D; raises Interruption at Ctrl-C."""
        if self._pasted:
            return self._pasted.popleft()

        def prompt() -> str:
            return f"{speaker_of(self._session.default_buffer.text)}> "

        try:
            typed = await self._session.prompt_async(prompt, handle_sigint=False)
        except EOFError:
            return None
        line, *more = typed.splitlines() or [""]
        self._pasted.extend(more)
        return line
