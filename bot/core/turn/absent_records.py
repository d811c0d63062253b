"""What storage has of what a line names: records and sessions that may not be in memory, lines of the log."""

from bot.core.events import Edited, Incoming, Message
from bot.core.plugin.register import Register
from bot.core.state.setup import Track
from bot.core.state.state import State
from bot.core.turn.commands import LONGEST_NUMBER, Reading, ReadLine, had, number_in


def absent_records(reading: Reading, state: State) -> list[tuple[str, int]]:
    """(track, number) of the records that commands name and that may be in sessions which are not in memory."""
    numbers = [
        int(digits) for line in reading.lines if (digits := _named_in(line)) and len(digits) <= LONGEST_NUMBER
    ]
    track = _track_of(reading.event, state) if numbers else None
    if track is None:
        return []
    known = state.of_track(track.slug)
    last = state.last_number(track.slug)
    return [
        (track.slug, n) for n in numbers if 0 < n <= last and not any(had(session, n) for session in known)
    ]


def absent_sessions(reading: Reading, state: State) -> list[str]:
    """The ids of the sessions that commands say they need and that are not in memory."""
    wanted = [
        name
        for line in reading.lines
        if line.command is not None and line.command.sessions is not None
        for name in line.command.sessions(state, line.message, line.rest)
    ]
    return [name for name in dict.fromkeys(wanted) if state.session(name) is None]


def log_lines(reading: Reading, state: State) -> list[tuple[str, int]]:
    """The session and the number in its log of each line that commands say they need."""
    return [
        found
        for line in reading.lines
        if line.command is not None and line.command.log_lines is not None
        for found in line.command.log_lines(state, line.message, line.rest)
    ]


def replied_to(reading: Reading, register: Register) -> str:
    """The id of the message that a line which records something answers; empty if there is none."""
    line = reading.lines[0] if reading.lines else None
    if line is None or line.spoken is None or line.spoken.word not in register.kinds:
        return ""
    return line.message.answers


def _track_of(event: Incoming, state: State) -> Track | None:
    if not isinstance(event, Message | Edited):
        return None
    earlier = event.earlier if isinstance(event, Edited) else None
    session = state.session(earlier.session) if earlier is not None else state.running(event.room.id)
    return state.setup.track_in(event.room.id, session)


def _named_in(line: ReadLine) -> str:
    """The digits of the record number in a line; empty if there is none."""
    command = line.command
    if command is None:
        return ""
    if command.record_form is not None:
        named = command.record_form.fullmatch(line.rest)
        return named[1] if named else ""
    return number_in(line.rest) if command.record or command.may_name_record else ""
