"""Tables of wordings: what a client writes when somebody joins, quits, is renamed, and what it means."""

import re
from collections.abc import Callable

from bot.networks.transcript.line_events import LineEvent

Reading = tuple[str, LineEvent] | None  # stamp and meaning of a line; None: not understood
Forms = tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], LineEvent]], ...]

SERVERS_SPLIT = re.compile(
    r"[^\s/:]+\.[^\s/:.]+ [^\s/:]+\.[^\s/:.]+"
)  # "hub.example leaf.example", "*.net *.split"


def meaning(forms: Forms, text: str) -> LineEvent | None:
    """What the first form that fits the whole of `told` means."""
    for form, mean in forms:
        if (found := form.fullmatch(text)) is not None:
            return mean(found)
    return None


def is_split(why: str | None) -> bool:
    """Whether somebody quit because two servers lost each other: then the reason is the names of both."""
    return why is not None and SERVERS_SPLIT.fullmatch(why) is not None
