"""Votes with options, and motions with +1, 0 and -1; each person's last vote counts, and the result is a record."""

from plugins.votes import cast_votes, display, doubts, panels, signs, start
from plugins.votes.declaration import plugin
from plugins.votes.results import end, reasons, redactions

__all__ = [
    "cast_votes",
    "display",
    "doubts",
    "end",
    "panels",
    "plugin",
    "reasons",
    "redactions",
    "signs",
    "start",
]
