"""Everything that the recap plugin says in a room."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.api import Planned, Track, clock, counted, day_in_words, listed, plural
from plugins.recap.lifecycle.facts import RecapMade, RecapSent

NOTHING_YET = "there is no recap yet: nothing was recorded on this track that is known here"
ONLY_MAINTAINERS = "only a maintainer or a moderator may do that: a configured account, or a channel operator; #recap shows how it stands"
EMPTY_INTRO = "usage: #recap intro text; the text stands in front of the recap"
MADE_ALREADY = "its recap is made; what is mended with #edit, #drop or #correct still gets into it"
NO_LINK = "usage: #recap link URL title"
NOT_MADE_YET = "the recap is not made yet"
LINK_TO_ETHERPAD = "a link to the etherpad"
LINK_TO_RECORDING = "a link to the recording"
NO_LIST = "the track has no mailing list, so there is nowhere to send it; the organizers' command gatherbot recap shows it"
FAREWELLS = {
    "nowhere": "the track has no mailing list, so the recap is not mailed; the organizers' command gatherbot recap shows it",
    "waits": "this is not one of the track's days, so the recap waits until a moderator says #recap send",
    "nothing": "nothing was recorded, so no recap is sent",
    "held": "the recap is held; #recap approve sends it",
}


def moment(at: datetime, zone: ZoneInfo) -> str:
    """A moment that may be on another day: `13:26 UTC on Wednesday 20 October`."""
    return f"{clock(at, zone)} on {day_in_words(at.astimezone(zone).date())}"


def when(at: datetime, now: datetime, zone: ZoneInfo) -> str:
    """A moment, with its day where that is another one."""
    same_day = at.astimezone(zone).date() == now.astimezone(zone).date()
    return clock(at, zone) if same_day else moment(at, zone)


def name(plan: Planned) -> str:
    """The recap of a part, as a sentence names it."""
    if plan.n and plan.of > 1:
        return f"the recap, part {plan.n} of {plan.of},"
    if plan.n > 1:
        return f"the recap, part {plan.n},"
    return "the recap" if plan.n else f"the recap of {listed([day_in_words(day) for day in plan.days])}"


def too_long(length: int, most: int) -> str:
    """An introduction that is too long."""
    return f"an introduction has at most {most:,} letters, that were {length:,}; please say it shorter"


def goes_to_list(address: str, at: str) -> str:
    """At the end of a session: the list gets it."""
    return f"the recap goes to {address} at {at}"


def goes_to_maintainers(count: int, address: str, at: str, hold: str) -> str:
    """At the end of a session: maintainers get it first."""
    them = plural(count, "the maintainer", "the maintainers")
    then = f", and to {address} {hold} later unless they act" if address else ""
    return f"the draft of the recap goes to {them} at {at}{then}"


def after_the_others() -> str:
    """At the end of a session: others of the part still run."""
    return "the recap follows when the other sessions of this part are over"


def correction_follows(at: str) -> str:
    """At the end of a session of a part whose recap was sent."""
    return f"the recap was sent before; it goes out anew, as a reply, at {at}"


def made(track: Track, recap: RecapMade, zone: ZoneInfo) -> str:
    """A recap was made; empty where there is nothing to say."""
    it = name(recap.plan)
    again = "a new draft of " if recap.revision > 1 else ""
    match recap.goes:
        case "list":
            return f"{it} goes to {track.list} now, as a draft that nobody reviewed"
        case "maintainers":
            who = counted(len(track.maintainers), "maintainer")
            until = recap.until
            then = f"; {track.list} gets it at {moment(until, zone)} unless they act" if until else ""
            acts = "; #recap approve sends it at once, #recap hold stops it" if track.list else ""
            return f"{again}{it} is with {who} now{then}{acts}"
        case "held":
            return f"{again}{it} is made and held; #recap approve sends it"
        case "waits":
            return f"{again}{it} is made and waits until a moderator says #recap send"
        case "nowhere" if recap.revision == 1:
            return f"{it} is made; the track has no mailing list, so it is not mailed; the organizers' command gatherbot recap shows it"
        case _:
            return ""


def released(track: Track, recap: RecapMade) -> str:
    """The maintainers' time is over."""
    return (
        f"nobody approved {name(recap.plan)} so it goes to {track.list} now, as a draft that nobody reviewed"
    )


def not_before(recap: RecapMade, first: Sequence[int]) -> str:
    """Approval of a part is refused while one before it waits."""
    return (
        f"not sent: {_parts(first)} first; #recap approve {first[0]} sends {plural(len(first), 'it', 'the first')}, "
        f"and after that #recap approve {recap.plan.n} this one"
    )


def after(text: str, first: Sequence[int]) -> str:
    """What is said of a recap that leaves only when those before it did."""
    return f"{text}; but {_parts(first)} first, and waits for #recap approve {first[0]}" if first else text


def _parts(numbers: Sequence[int]) -> str:
    return f"{plural(len(numbers), 'part')} {listed([str(n) for n in numbers])} {plural(len(numbers), 'goes', 'go')}"


def approved(track: Track, recap: RecapMade) -> str:
    """Somebody approved it."""
    return f"{name(recap.plan)} is approved and goes to {track.list} now"


def corrected(track: Track) -> str:
    """A sent recap was mended."""
    return f"what was mended since the recap was sent goes to {track.list} now, as a reply"


def marks_open(marks: tuple[str, ...]) -> str:
    """Approval is refused while something is not known."""
    are = plural(len(marks), "is", "are")
    return (
        f"not sent: {counted(len(marks), 'EDITOR mark')} {are} open; #recap says which; "
        "#recap link URL title fills one in, #recap send! leaves them out"
    )


def refused(recap: RecapMade, address: str) -> str:
    """A mail server did not take it."""
    return (
        f"the mail server refused {name(recap.plan)} for {address}, for good; the log says why, and "
        "the organizers' command gatherbot recap shows the text"
    )


def copy_refused(recap: RecapMade) -> str:
    """A mail server did not take a maintainer's copy."""
    return f"the mail server refused a maintainer's copy of {name(recap.plan)} for good; the log says which and why"


def correction_refused(recap: RecapMade) -> str:
    """A mail server did not take a correction."""
    return f"the mail server refused a correction of {name(recap.plan)} for good; the log says why"


def held(plan: Planned) -> str:
    """It is stopped."""
    return f"{name(plan)} is held; #recap approve sends it"


def held_already(plan: Planned) -> str:
    """It is stopped already."""
    return f"{name(plan)} is held already; #recap approve sends it"


def introduced(plan: Planned) -> str:
    """It has an introduction now."""
    return f"that stands in front of {name(plan)} now; #recap intro with another text replaces it"


def linked(plan: Planned) -> str:
    """It has another link now."""
    return f"that link stands in front of {name(plan)} now"


def sent_before(track: Track, plan: Planned, at: str, *, draft: bool) -> str:
    """What is sent is never changed."""
    how = ", as a draft" if draft else ""
    return f"{name(plan)} went to {track.list} at {at}{how}; what is mended now follows as a reply"


def runs_still() -> str:
    """It cannot be sent while a session runs."""
    return "a session of this part still runs; the recap is made when it is over"


def made_at(at: str) -> str:
    """It is not made yet."""
    return f"{NOT_MADE_YET}; it is made at {at}"


def which(plans: list[Planned]) -> str:
    """Several wait."""
    parts = listed(
        [f"part {plan.n}" if plan.n else listed([day_in_words(day) for day in plan.days]) for plan in plans]
    )
    numbered = next((plan.n for plan in plans if plan.n), 1)
    return f"{parts} wait; say which by its number: #recap approve {numbered}"


def no_such_part(number: str) -> str:
    """A number that is none."""
    return f"there is no part {number} that waits; #recap shows how it stands"


def standing_sent(track: Track, recap: RecapSent, plan: Planned, at: str, corrections: int) -> str:
    """How it stands: sent."""
    how = ", as a draft that nobody reviewed" if recap.draft else ", approved"
    replies = f", and {counted(corrections, 'correction')} since" if corrections else ""
    return f"{name(plan)} went to {track.list} at {at}{how}{replies}"


def standing_records(records: int, marks: tuple[str, ...]) -> str:
    """How it stands: what is in it, and what lacks."""
    if not marks:
        return f"{counted(records, 'record')}; nothing is missing"
    lacking = ", ".join(mark.removesuffix(".") for mark in marks)
    return f"{counted(records, 'record')}; {counted(len(marks), 'EDITOR mark')}: {lacking}"


def made_empty(recap: RecapMade) -> str:
    """How it stands: there is nothing in it, or nobody to send it to."""
    why = "nothing was recorded" if recap.goes == "nothing" else "the track has no mailing list"
    return f"{name(recap.plan)} is made and not sent: {why}"


def made_when_over(plan: Planned, address: str) -> str:
    """How it stands: a session runs."""
    there = f" and goes to {address}" if address else ""
    return f"{name(plan)} is made when the session is over{there}"


def waiting(plans: list[Planned]) -> str:
    """How it stands: others wait too."""
    return f"also waiting: {listed([name(plan).removesuffix(',') for plan in plans])}"
