"""The words of the recap's own text that do not stand in a template."""

import re
from collections.abc import Sequence
from zoneinfo import ZoneInfo

from bot.api import Gathering, clock, listed
from bot.api.recap import Gap, Part

ETHERPAD = "etherpad"
RECORDINGS = "Recordings"
CHANGED = "Changed:"
RETITLED = "Topics with another title:"
MOVED = "Moved:"
ADDED = "Added:"
TAKEN_OUT = "Taken out:"
ANSWERED = "Questions that were answered:"


def heading_of_word(word: str) -> str:
    """The heading over records of a kind that brings none."""
    return word.capitalize()


def owned(label: str, names: Sequence[str]) -> str:
    """Before an action whose words do not name who does it."""
    return f"{label} ({listed(list(dict.fromkeys(names)))}):"


def unowned(label: str) -> str:
    """The mark of an action without an owner."""
    return f"{label} (no owner yet):"


def wanted(text: str, people: int) -> str:
    """A question, and how many people want to know it."""
    return f"{text} ({people} people want to know)" if people > 1 else text


def answered(text: str, who: str, answer: str) -> str:
    """A question with its answer."""
    return f"{text} Answer by {who}: {answer}"


def done(text: str) -> str:
    """Something that is done already."""
    return f"{text} (done)"


def edited(text: str) -> str:
    """A decision that says something else since it was recorded."""
    return f"{text} (edited after it was decided)"


def opening(part: Part) -> str:
    """The heading over what was recorded before the first topic, or without any."""
    return "Opening" if part.topics else "What was recorded"


def numbered(n: int, title: str) -> str:
    """The heading of a topic; what was recorded before the first has no number."""
    return f"{n}. {title}" if n else title


def short_name(gathering: Gathering) -> str:
    """What a gathering is called in passing: the letters that its kind has in brackets, else its name."""
    short = re.search(r"\(([A-Z][A-Za-z0-9-]*)\)", gathering.kind)
    return short[1] if short else gathering.name


def no_etherpad() -> str:
    """A mark: no notes are linked."""
    return "no link to an etherpad was recorded."


def no_recording() -> str:
    """A mark: no recording is linked."""
    return "no link to a recording was recorded."


def room(name: str) -> str:
    """A room without its network: "#tidepool-ptg"."""
    return name.partition("/")[2] or name


def gaps(missed: Sequence[Gap], zone: ZoneInfo, rooms: Sequence[str]) -> str:
    """A mark: what was said in these times is not known; of linked rooms, which ones were heard all the while."""
    times = [
        f"{room(gap.room)} from {gap.since.astimezone(zone):%H:%M} to {clock(gap.until, zone)}"
        for gap in missed
    ]
    heard = [room(name) for name in rooms if name not in {gap.room for gap in missed}]
    but = f" (but it did hear {listed(heard)})" if heard else ""
    return f"the bot did not hear {listed(times)}{but}; add here what was recorded then."


def was(now: str, before: str) -> str:
    """A text that was mended; a redacted one is not told again."""
    return f"{now} (before: {before})" if before else now


def under(where: str, text: str) -> str:
    """A record and where it stands; a redacted one has no words left."""
    said = text or "a record"
    return f"{said} ({where})" if where else said
