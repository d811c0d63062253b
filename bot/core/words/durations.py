"""Lengths of time as people write them: 30s, 5m, 24h, 2w, 1h30m."""

import re
from datetime import timedelta

UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
WRITTEN = re.compile(r"(?:[0-9]{1,4}[smhdw])+", re.ASCII)
PIECE = re.compile(r"([0-9]{1,4})([smhdw])", re.ASCII)


def duration(value: object) -> timedelta:
    """Parse a duration like "1h 30m"; a `timedelta` is returned unchanged.

    Raises ValueError for anything else, so that settings models can use it as a validator.
    """
    if isinstance(value, timedelta):
        return value
    written = value.replace(" ", "").lower() if isinstance(value, str) else ""
    if not WRITTEN.fullmatch(written):
        raise ValueError('must be a length of time like "5m", "24h", "3d" or "2w"')
    pieces = [timedelta(**{UNITS[unit]: int(number)}) for number, unit in PIECE.findall(written)]
    return sum(pieces, timedelta())
