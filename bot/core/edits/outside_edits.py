"""Edited messages that belong to no session: commands of the gathering's own rooms are said anew.

The log of a session has the former lines of a message; here nobody has them. So a command runs by what the edit says now, and
finds by the cause of the line that was in its place (`Ask.edits`) what that did. Only the author's edits count.
"""

from collections.abc import Iterator, Sequence
from functools import partial

from msgspec.structs import replace

from bot.core import effects, phrases
from bot.core.edits.answers import in_short
from bot.core.edits.lines import EditedLine
from bot.core.edits.message_records import cause_of_line
from bot.core.events import Edited
from bot.core.facts import GATHERING
from bot.core.plugin.command import Command, Needs
from bot.core.session.redacted_text import is_of
from bot.core.state.streams import track_stream
from bot.core.turn.commands import ask_of, run_command
from bot.core.turn.decision import Context, attempt


def edited_outside(event: Edited, lines: Sequence[EditedLine], context: Context) -> None:
    """Decide on an edit where no session runs: run what can be said anew, and ask for the rest to be said again."""
    spoken = [line for line in lines if line.spoken is not None and line.spoken.known]
    anew = [line for line in spoken if _runs_anew(line.read.command)]
    if anew and not all(_is_own(event, context)):
        return
    for line in anew:
        _run(event, line, context)
    refused = dict.fromkeys(refusal for line in spoken if line not in anew and (refusal := _refusal(line)))
    context.decision.orders += [effects.Reply(text) for text in refused]
    context.decision.orders = in_short(context.decision.orders)


def _runs_anew(command: Command | None) -> bool:
    return command is not None and command.needs is Needs.GATHERING and command.on_line_edited is not None


def _refusal(line: EditedLine) -> str:
    """What to say of a command that an edit does not run; empty for what may as well be talk."""
    spoken, command = line.spoken, line.read.command
    if spoken is None or command is None or spoken.label:
        return ""
    if not spoken.bare:
        return phrases.EDIT_DOES_NOT_RUN(word=spoken.word)
    is_ours = command.needs is Needs.GATHERING
    return phrases.EDIT_DOES_NOT_RUN_LINE(line=line.read.text.strip()) if is_ours else ""


def _run(event: Edited, line: EditedLine, context: Context) -> None:
    """Run a command as the edit says it; the cause of its facts belongs to the message, so that a redaction finds it."""
    command = line.read.command
    assert command is not None
    assert command.on_line_edited is not None
    here = replace(context, cause=f"{event.target}/{line.cause}", stream="", handler=command.on_line_edited)
    ask = replace(
        ask_of(line.read, None, here),
        command=replace(command, handler=command.on_line_edited),
        edits=cause_of_line(event.target, line.message.number),
    )
    attempt(partial(run_command, ask), here)


def _is_own(event: Edited, context: Context) -> Iterator[bool]:
    """Whether the editor said it, for each fact of the message."""
    state, persons = context.state, context.state.persons
    tracks = (track_stream(track.slug) for track in state.setup.tracks)
    for stream in (GATHERING, *context.register.streams, *tracks):
        for entry in state.stream(stream):
            if entry.by is not None and is_of(entry.cause, event.target):
                yield persons.has_rights_of(event.speaker, entry.by)
