"""Lines of the log for those who ask: those a job hears with the line before each, and messages with their newest words."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from bot.core.earlier_messages import Earlier, Quoted
from bot.core.facts import Origin
from bot.core.people.identity import Identity
from bot.core.plugin.pages import LogLine
from bot.runtime.log_lines import PIECE, heard_lines, quoted_line, quoted_message
from bot.storage.contract import LoggedLine

ROOM, SESSION = "matrix/!nova:example.org", "nova/1"
AT = datetime(2027, 10, 19, 13, tzinfo=UTC)
ROSA = Identity("matrix", "rosa", "@rosa:example.org")


class Log:
    """A log in memory, as the journal gives it."""

    def __init__(self, *said: tuple[str, str] | tuple[str, str, str]) -> None:
        self.rows = [
            (
                n,
                LoggedLine(
                    SESSION,
                    ROOM,
                    AT + timedelta(minutes=n),
                    ROSA,
                    one[1],
                    one[0],
                    one[2] if len(one) == 3 else "",
                ),
            )
            for n, one in enumerate(said, 1)
        ]
        self.asked: list[int] = []

    async def lines(self, _: str, after: int = 0, limit: int = 1000) -> list[tuple[int, LoggedLine]]:
        self.asked.append(after)
        return [row for row in self.rows if row[0] > after][:limit]

    async def message(self, _: str, event: str, unwritten: Sequence[LoggedLine] = ()) -> Earlier | None:
        own = [line for _, line in self.rows if event in {line.event, line.edits}]
        versions = tuple((line.event, (line.text,)) for line in own)
        return Earlier(SESSION, ROSA, versions, own[0].at) if own else None


def loud(line: LogLine) -> bool:
    return line.text.isupper()


def heard(log: Log) -> list[tuple[int, str]]:
    return [(line.n, line.text) for line in asyncio.run(heard_lines(log, SESSION, loud))]  # type: ignore[arg-type]


def test_a_line_is_heard_with_the_line_before_it_once() -> None:
    log = Log(("a", "one"), ("b", "two"), ("c", "THREE"), ("d", "FOUR"), ("e", "five"))
    assert heard(log) == [(2, "two"), (3, "THREE"), (4, "FOUR")]


def test_an_edited_line_is_heard_as_it_reads_now_at_its_own_time() -> None:
    log = Log(("a", "ONE"), ("b", "two"), ("c", "three"), ("x", "one", "a"), ("y", "TWO", "b"))
    found = asyncio.run(heard_lines(log, SESSION, loud))  # type: ignore[arg-type]
    assert [(line.text, line.at) for line in found] == [("TWO", AT + timedelta(minutes=2))]


def test_a_redacted_line_is_not_heard_and_a_redacted_edit_does_not_count() -> None:
    assert heard(Log(("a", ""), ("b", "TWO"), ("x", "", "b"))) == [(2, "TWO")]


def test_a_long_log_is_read_in_pieces() -> None:
    log = Log(*((f"m{n}", "LOUD" if n == PIECE else "low") for n in range(2 * PIECE)))
    assert heard(log) == [(PIECE, "low"), (PIECE + 1, "LOUD")]
    assert log.asked == [0, PIECE, 2 * PIECE]


def test_a_message_is_quoted_in_its_newest_words() -> None:
    log = Log(("a", "teh end"), ("x", "the end", "a"))
    words = Quoted(SESSION, "the end", Origin(ROSA, AT + timedelta(minutes=1), "x"))
    assert asyncio.run(quoted_message(log, ROOM, "a", [])) == words  # type: ignore[arg-type]
    assert asyncio.run(quoted_line(log, SESSION, 2)) == words  # type: ignore[arg-type]
    assert asyncio.run(quoted_line(log, SESSION, 3)) is None  # type: ignore[arg-type]
    assert asyncio.run(quoted_message(log, ROOM, "nothing", [])) is None  # type: ignore[arg-type]
