"""Lengths of time as people write them: 5m, 24h, 2w, 1h30m."""

import re
from datetime import timedelta

UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
WRITTEN = re.compile(r"(?:[0-9]{1,4}[mhdw])+", re.ASCII)
PIECE = re.compile(r"([0-9]+)([mhdw])", re.ASCII)


def duration(text: str) -> timedelta:
    """The length of time in `text`: minutes, hours, days and weeks; raises ValueError where it is none."""
    written = text.replace(" ", "").lower()
    if not WRITTEN.fullmatch(written):
        raise ValueError('must be a length of time like "5m", "24h", "3d" or "2w"')
    pieces = [timedelta(**{UNITS[unit]: int(number)}) for number, unit in PIECE.findall(written)]
    return sum(pieces, timedelta())
