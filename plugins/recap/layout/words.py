"""The recap's fixed texts outside of the templates."""

import re
from collections.abc import Sequence
from zoneinfo import ZoneInfo

from bot.api import Gathering, Track, clock, counted, listed, plural
from bot.api.recap import Gap, Part, Thanks, TopicPosition

ETHERPAD = "etherpad"
RECORDINGS = "Recordings"
CHANGED = "Changed:"
RETITLED = "Topics with another title:"
MOVED = "Moved:"
ADDED = "Added:"
TAKEN_OUT = "Taken out:"
INTRODUCTION = "New introduction:"
ADDED_LINKS = "Links that were added in front:"
ALSO_MENTIONED = "Also mentioned:"
NAMES = {"info": "Note", "usecase": "Use case", "cta": "Call for help"}
ANSWERED = "Questions that were answered:"


BEFORE_TOPICS = "Before the first topic:"
WITHOUT_TOPICS = "In the session:"


def supported(text: str, people: int) -> str:
    """Add how many people agreed with a line."""
    return f"{text} (+1 by {people})" if people else text


def template_fault(file: str, line: int, why: str) -> str:
    """Say what is wrong with an organizer's template, for the log and `gatherbot check`."""
    return f"recap.templates: {file} has a fault in line {line}, so the bundled one stands in: {why}"


def templates_with_faults(names: Sequence[str]) -> str:
    """Say that bundled templates stand in for an organizer's ones, in the copy of the maintainers."""
    template, stands = plural(len(names), "template"), plural(len(names), "one stands", "ones stand")
    return (
        f"[Your {template} {listed(list(names))} {plural(len(names), 'has a fault', 'have faults')}, so the bundled {stands} in. "
        "gatherbot check says what is wrong.]"
    )


def heading_of_word(word: str) -> str:
    """Return the heading for records of a kind without one."""
    return word.capitalize()


def owned(label: str, names: Sequence[str]) -> str:
    """Return the label of an action whose text does not name its owners."""
    return f"{label} ({listed(list(dict.fromkeys(names)))}):"


def unowned(label: str) -> str:
    """Return the label of an action without an owner."""
    return f"{label} (no owner yet):"


def wanted(text: str, people: int) -> str:
    """Add the number of supporters to a question."""
    return f"{text} ({people} people want to know)" if people > 1 else text


def answered(text: str, who: str, answer: str) -> str:
    """Add its answer to a question."""
    return f"{text} Answer by {who}: {answer}"


def called_by(text: str, anchor: str) -> str:
    """Add the name of a decision."""
    return f"{text} ({anchor})"


def done(text: str) -> str:
    """Mark a record as done."""
    return f"{text} (done)"


def edited(text: str) -> str:
    """Mark a decision as edited."""
    return f"{text} (edited after it was decided)"


def title_of(part: Part, place: TopicPosition) -> str:
    """Return the title of a topic; for records before the first topic of a later session, the name of that session."""
    topic = part.topic(place.topic)
    if topic is not None:
        return topic.title
    session = next((session for session in part.sessions if session.id == place.opening), None)
    if session is None:
        return "Opening" if part.topics else "What was recorded"
    return session.name or f"Session at {clock(session.started, part.setup.gathering.zone)}"


def numbered(n: int, title: str) -> str:
    """Number the heading of a topic; records before the first topic have none (n = 0).

    A line that begins with "1. " is no heading to a CommonMark renderer, whatever stands under it.
    """
    return f"Topic {n}: {title}" if n else title


def anchor_of_topic(n: int) -> str:
    """Return what the heading of a topic is called in addresses."""
    return f"topic-{n}"


def listed_topic(title: str, teams: Sequence[str], *, has_notes: bool) -> str:
    """Return the line of a topic in the list of topics."""
    named = f"{title}: {', '.join(teams)}" if teams else title
    return named if has_notes else f"{named} (no notes)"


def title_of_all(track: Track, gathering: Gathering) -> str:
    """Return the title of all recaps of a track."""
    return f"{track.name} at the {gathering.name}" if gathering.name else track.name


def thanks(block: Thanks, how: str) -> str:
    """Thank those who took part, by their names or (`how` = "count") their number; "none" is empty."""
    there = listed(block.people) if how == "names" else counted(len(block.people), "person", "people")
    if how == "none":
        return ""
    sentences = [f"Thank you to all who took part: {there}." if block.people else ""]
    if block.moderators:
        were = plural(block.sessions, "The session was", "The sessions were")
        sentences.append(f"{were} moderated by {listed(block.moderators)}.")
    if block.regrets and how == "names":
        sentences.append(f"Regrets came from {listed(block.regrets)}.")
    return " ".join(filter(None, sentences))


def short_name(gathering: Gathering) -> str:
    """Return the short name of a gathering: the abbreviation in parentheses in its kind, otherwise its name."""
    short = re.search(r"\(([A-Z][A-Za-z0-9-]*)\)", gathering.kind)
    return short[1] if short else gathering.name


def no_etherpad() -> str:
    """Return the mark for a missing link to notes."""
    return "no link to an etherpad was recorded."


def no_recording() -> str:
    """Return the mark for a missing link to a recording."""
    return "no link to a recording was recorded."


def room(name: str) -> str:
    """Return the name of a room without its network: "#tidepool-ptg"."""
    return name.partition("/")[2] or name


def gaps(missed: Sequence[Gap], zone: ZoneInfo, rooms: Sequence[str]) -> str:
    """Return the mark for times without connection; for linked rooms, it names those heard throughout."""
    times = [
        f"{room(gap.room)} from {gap.since.astimezone(zone):%H:%M} to {clock(gap.until, zone)}"
        for gap in missed
    ]
    heard = [room(name) for name in rooms if name not in {gap.room for gap in missed}]
    but = f" (but it did hear {listed(heard)})" if heard else ""
    return f"the bot did not hear {listed(times)}{but}; add here what was recorded then."


def was(now: str, before: str) -> str:
    """Add the previous text to a changed one, unless the previous text was redacted."""
    return f"{now} (before: {before})" if before else now


def was_elsewhere(text: str, where: str) -> str:
    """Add its previous place to a record that was moved."""
    return f"{text} (before: {where})"


def called(kind: str, n: int) -> str:
    """Return what a record is called in a sentence: `Action #21`."""
    return f"{NAMES.get(kind, kind.capitalize())} #{n}"


def place(topic: int, team: str | None, subtopic: str | None) -> str:
    """Return the place of a record by the number of its topic, with its team and subtopic."""
    where = f"in topic {topic}" if topic else "before the topics"
    return ", ".join(name for name in (where, team, subtopic) if name)


def change(name: str, where: str, text: str) -> str:
    """Describe a change of a record: `Action #21 in topic 3: text`; a redacted record has no text."""
    return f"{name} {where}: {text}" if text else f"{name} {where}"


def retitled(topic: int, now: str, before: str) -> str:
    """Describe a new title of a topic."""
    return f"Topic {topic}: {was(now, before)}"


def and_more(n: int) -> str:
    """Return the last line of a list that was cut."""
    return f"and {n} more"
