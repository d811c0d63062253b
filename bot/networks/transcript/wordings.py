"""Tables of the phrases that clients log when somebody joins, quits or changes nick."""

import re
from collections.abc import Callable

from bot.networks.transcript.line_events import LineEvent

Reading = tuple[str, LineEvent] | None  # stamp and event of a line; None: not understood
Forms = tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], LineEvent]], ...]

SERVERS_SPLIT = re.compile(
    r"[^\s/:]+\.[^\s/:.]+ [^\s/:]+\.[^\s/:.]+"
)  # "hub.example leaf.example", "*.net *.split"


def meaning(forms: Forms, text: str) -> LineEvent | None:
    """The event of the first form that matches all of `text`."""
    for form, mean in forms:
        if (found := form.fullmatch(text)) is not None:
            return mean(found)
    return None


def is_split(why: str | None) -> bool:
    """Whether a quit was a netsplit: its reason is the names of two servers."""
    return why is not None and SERVERS_SPLIT.fullmatch(why) is not None
