"""Records beyond their session: what is carried over, who supports it, how text becomes one."""

from bot.core.plugin.recording import made_of, record_words, recorded_by, recorded_words, understood, why_not
from bot.core.plugin.shown_records import RecordShown, record_shown
from bot.core.session.redacted_text import Gone, retitled
from bot.core.state.carried_over import CarriedOver, backing, open_at, origin, outlasting, supporting
from bot.core.turn.afterwards import AFTERWARDS, last_ended

__all__ = [
    "AFTERWARDS",
    "CarriedOver",
    "Gone",
    "RecordShown",
    "backing",
    "last_ended",
    "made_of",
    "open_at",
    "origin",
    "outlasting",
    "record_shown",
    "record_words",
    "recorded_by",
    "recorded_words",
    "retitled",
    "supporting",
    "understood",
    "why_not",
]  # fmt: skip
