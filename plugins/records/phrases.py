"""Everything that the records plugin says."""

from collections.abc import Sequence

from bot.api import listed, shortened

NOTHING_YET = "nothing is recorded yet"
LONGEST_QUOTE = 80


def standing(counts: Sequence[str], total: str, last: str) -> str:
    """Where the minutes stand."""
    kinds = f": {listed(counts)}" if counts else ""
    return f"{total} so far{kinds}; all of it is on disk; the last is {last}"


def last_record(n: int, kind: str, text: str, *, edited: bool) -> str:
    """The newest record."""
    return f'#{n} {kind} "{shortened(text, LONGEST_QUOTE)}"{" (edited)" if edited else ""}'
