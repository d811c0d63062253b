"""Lines of the log for those who name them: the lines that a job asked for, and messages whose words somebody takes over."""

from collections.abc import Callable
from datetime import datetime

from bot.core.earlier_messages import Quoted
from bot.core.facts import Origin
from bot.core.plugin.pages import LogLine
from bot.storage.contract import Journal, LoggedLine

PIECE = 1000  # lines that are in memory at once, beside those that are wanted

Hears = Callable[[LogLine], bool]
Numbered = tuple[int, LoggedLine]
Edits = dict[tuple[str, str], dict[str, list[Numbered]]]  # by room and message, the lines of each edit


async def heard_lines(journal: Journal, session: str, hears: Hears) -> tuple[LogLine, ...]:
    """The lines of a session that `hears` wants and the line before each, in their order, as they read after edits."""
    kept: list[Numbered] = []
    edits: Edits = {}
    before: Numbered | None = None
    after = 0
    while page := await journal.lines(session, after, PIECE):
        after = page[-1][0]
        for numbered in page:
            line = numbered[1]
            if line.edits:
                edits.setdefault((line.room, line.edits), {}).setdefault(line.event, []).append(numbered)
                continue
            if line.text and hears(_as_said(numbered)):
                if before is not None and before not in kept[-1:]:
                    kept.append(before)
                kept.append(numbered)
            before = numbered if line.text else before
    valid = {message: rows for message, versions in edits.items() if (rows := _newest(versions))}
    found = [_as_said(numbered) for numbered in kept if (numbered[1].room, numbered[1].event) not in valid]
    for (room, message), rows in valid.items():
        known = await journal.message(room, message)
        at = known.at if known is not None else None
        found += [line for line in (_as_said(row, at) for row in rows) if line.text and hears(line)]
    return tuple(sorted(found, key=lambda line: (line.at, line.n)))


def _newest(versions: dict[str, list[Numbered]]) -> list[Numbered]:
    """The lines of the newest edit that was not redacted."""
    standing = [rows for rows in versions.values() if any(line.text for _, line in rows)]
    return standing[-1] if standing else []


def _as_said(numbered: Numbered, at: datetime | None = None) -> LogLine:
    n, line = numbered
    return LogLine(n, line.room, at or line.at, line.speaker, line.text, line.edits)


async def quoted_line(journal: Journal, session: str, n: int) -> Quoted | None:
    """A line of a session's log; None if it has none with this number."""
    page = await journal.lines(session, n - 1, 1)
    if not page or page[0][0] != n:
        return None
    line = page[0][1]
    at = line.at
    if line.edits:
        known = await journal.message(line.room, line.edits)
        at = known.at if known is not None and known.at is not None else at
    return Quoted(session, line.text, Origin(line.speaker, at, line.event))


async def quoted_message(
    journal: Journal, room: str, event: str, unwritten: list[LoggedLine]
) -> Quoted | None:
    """A message in the log of a session, with the words of its newest version; None if no log has it."""
    known = await journal.message(room, event, unwritten)
    if known is None or known.at is None:
        return None
    standing = [version for version in known.versions if any(version[1])]
    version, lines = standing[-1] if standing else known.versions[-1]
    return Quoted(known.session, " ".join(filter(None, lines)), Origin(known.author, known.at, version))
