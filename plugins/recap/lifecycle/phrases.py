"""The recap plugin's texts for rooms."""

from collections.abc import Sequence
from typing import Literal
from zoneinfo import ZoneInfo

from bot.api import Phrase, Track, listed, shortened
from bot.api.recap import Planned
from bot.api.words import day_in_words, in_a_row
from plugins.recap.lifecycle.facts import RecapMade
from plugins.recap.lifecycle.moments import moment
from plugins.recap.unrecorded_talk import phrases as talk

# At the end of a session
GOES_TO_LIST = Phrase(
    "the recap goes to {address} at {at}[, because {why}; a maintainer or a moderator gets it at once with #recap now]"
)
GOES_TO_MAINTAINERS = Phrase(
    "the draft of the recap goes to the {n:maintainer|maintainers} at {at}"
    "[, and to {address} {hold} later unless they act][, and to {approved} only when somebody approves it][; it waits because {why}; a maintainer or a moderator gets it at once with #recap now]"
)
SLOT_IS_LEFT = Phrase("the track has a slot until {at}")
DAY_IS_LEFT = "it covers the whole gathering"
FAREWELLS = {
    "nowhere": "the track has no mailing list, so the recap is not mailed; organizers can read it with gatherbot recap",
    "waits": "this is not one of the track's days, so the recap waits until a maintainer or a moderator says #recap send",
    "over": "this track has mailed all drafts of a day, so the recap waits until a maintainer or a moderator says #recap send",
    "nothing": "nothing was recorded, so no recap is sent",
    "held": "the recap is held; #recap approve sends it",
}
NEVER_UNREVIEWED = "nothing goes to the list unreviewed, so the recap waits until a maintainer or a moderator says #recap send"
NO_DAYS = "no days are configured for this track, so the recap waits until a maintainer or a moderator says #recap send"
AFTER_THE_OTHERS = "the recap follows when the other sessions of this part are over"
CORRECTION_FOLLOWS = Phrase("the recap was already sent; a new version goes out, as a reply, at {at}")
CORRECTION_WILL_WAIT = (
    "the recap was already sent; what this session added waits until somebody says #recap approve"
)
MADE_ALREADY = "its recap is already made; changes by #edit, #drop or #correct still get into it"
LATE_IN_TIME = Phrase("it gets into the recap, which is made at {at}")
LATE_AGAIN = "the recap is made, and a new draft follows"
LATE_WAITS = "the recap was already sent; this waits until somebody says #recap approve"
LATE_FOLLOWS = Phrase("the recap was already sent; this follows, as a reply, at {at}")
LINK_TO_ETHERPAD = "a link to the etherpad"
LINK_TO_RECORDING = "a link to the recording"
NOT_HEARD = Phrase("what was said in {room} from {since} to {until}, when the bot did not hear it")

# When it is made and sent; {recap} is formatted by `name`
MADE_FOR_LIST = Phrase("{recap} goes to {address} now, as a draft that nobody reviewed")
MADE_FOR_MAINTAINERS = Phrase(
    "{again:a new draft of |}{recap} is with {n:# maintainer} now"
    "[; {address} gets it at {until} unless they act; #recap approve sends it at once, #recap hold stops it]"
    "[; {approved} gets it only when somebody says #recap approve]"
)
MADE_HELD = Phrase("{again:a new draft of |}{recap} is made and held; #recap approve sends it")
MADE_WAITS = Phrase(
    "{again:a new draft of |}{recap} is made and waits until a maintainer or a moderator says #recap send"
)
MADE_NOWHERE = Phrase(
    "{recap} is made; the track has no mailing list, so it is not mailed; organizers can read it with gatherbot recap"
)
RELEASED = Phrase("nobody approved {recap} so it goes to {address} now, as a draft that nobody reviewed")
APPROVED = Phrase("{recap} is approved and goes to {address} now")
TAKEN = Phrase(
    "{recap} went to {address}, approved: the mail server took it; if it doesn't appear there, the list holds it for its moderators"
)
FILED = Phrase(
    "{recap} was written to a file in the outbox: no mail server is configured, so nothing was mailed"
)
CORRECTED = Phrase("the changes since the recap was sent go to {address} now, as a reply")
PROPOSED = Phrase(
    "the changes since {recap} was sent wait[; {n:# maintainer} {n:has|have} them by mail]; "
    "#recap approve sends them to {address}"
)
SHOWN_FIRST = Phrase("not sent yet, because somebody else changed it since the newest draft; {text}")
PARTS_FIRST = Phrase(
    "{text}; but part{parts:|s} {parts:and} {parts:goes|go} first, "
    "and #recap approve {first} sends {parts:it|the first}"
)
NOT_BEFORE = Phrase(
    "not sent: part{parts:|s} {parts:and} {parts:goes|go} first; "
    "#recap approve {first} sends {parts:it|the first}, and after that #recap approve {n} sends this one"
)
MARKS_OPEN = Phrase(
    "not sent: {marks:# EDITOR mark} {marks:is|are} open: {missing}; "
    "#recap link URL title fills one in, #recap send! leaves them out"
)
REFUSED = Phrase(
    "the mail server refused {recap} for {address} for good; the log says why, "
    "and organizers can read the text with gatherbot recap"
)
COPY_REFUSED = Phrase(
    "the mail server refused a maintainer's copy of {recap} for good; the log says which and why"
)
CORRECTION_REFUSED = Phrase("the mail server refused a correction of {recap} for good; the log says why")

# Answers to #recap with a word
ONLY_MAINTAINERS = "only a maintainer or a moderator can do that: a configured account, or a channel operator; #recap shows where it stands"
USUAL_WORDS = "usage: #recap [approve | hold | now], or a change, as in #recap edit 21 text or #recap note 3 text; #bothelp recap lists all"
EMPTY_INTRO = "usage: #recap intro text; the text goes in front of the recap"
TOO_LONG = Phrase("the limit for an introduction is {most:,} characters, yours has {length:,}")
INTRODUCED = Phrase("that is in front of {recap} now; #recap intro with another text replaces it")
NO_LINK = "usage: #recap link URL title"
LINKED = Phrase("that link is in front of {recap} now; #recap undo takes it away")
HELD = Phrase("{recap} is held; #recap approve sends it")
HELD_ALREADY = Phrase("{recap} is already held; #recap approve sends it")
NO_LIST = "the track has no mailing list, so there is nowhere to send it; organizers can read it with gatherbot recap"
SENT_BEFORE = Phrase(
    "{recap} went to {address} at {at}{draft:, as a draft|}; "
    "{needs_word:later changes wait for #recap approve|changes from now on follow as a reply, at most one a day}"
)
NOTHING_CHANGED = Phrase("nothing changed since {recap} was sent")
CORRECTION_HELD = Phrase("corrections of {recap} are held; #recap approve sends them")
NOTHING_TO_MAKE = "nothing was recorded, so there is no recap; #recap note text records something"
RUNS_STILL = "a session of this part is still running; the recap is made when it is over"
WHICH = Phrase("{parts:and} are waiting; say which by its number: #recap approve {number}")
WHICH_TO_CHANGE = Phrase(
    "{parts:and} are waiting; say which by its number, before the word: #recap {number} {word} ..."
)
WHICH_TRACK = Phrase("which track? {tracks:or}; say #recap {slug} and then what you want")
NO_SUCH_PART = Phrase("no part {number} is waiting; #recap shows where it stands")

# Answers to what is added after the end
ONLY_ADDERS = Phrase("only [{chairs:some 3}, ]a maintainer or a moderator can change this recap")
NOT_YOURS = Phrase(
    "only {author}, who recorded #{n}[, {chairs:some 3}], a maintainer or a moderator can change it"
)
USAGE = Phrase("usage: #recap {word} {rest}[; TOPIC is {topic}]")
TOPIC = "the number or title of a topic, or a team"
RESTS = {"drop": "N", "move": "N to TOPIC", "edit": "N text"}
ADDED = Phrase(
    "{numbers:and} {kind} {numbers:is|are} {place}; #recap drop {undo} or #recap undo takes {numbers:it|them} out again"
)
SUMMARY_REPLACED = Phrase("#{n} summary {place} says that now; #recap undo brings the earlier one back")
DROPPED = Phrase('dropped: #{n} {kind} "{text}"; #recap undo brings it back')
MOVED = Phrase("#{n} is {place} now; #recap undo puts it back")
STAYS = Phrase("#{n} is already {place}")
UNDER_TOPIC = Phrase('under topic {n} "{title:to 80}"[, team {team}]')
BEFORE_TOPICS = Phrase("before the first topic[, team {team}]")
STILL_RUNS = Phrase(
    '"{name:to 80}" still runs, and #recap changes what is over; until then there are #info, #drop and #move'
)
IN_ANOTHER_SESSION = Phrase(
    "topic {topic} is of another session than #{n}, which can't leave its own; #recap note {topic} text and #recap drop {n} do that"
)
NO_RECORD = Phrase(
    "no record {digits:to 12} is in a recap that can be changed; the maintainers' copy shows the numbers"
)
NO_TOPIC = Phrase("there is no topic {n}; the topics are {topics:some 8}")
NO_TEAM = Phrase('no team is called "{team:to 80}"[; known here: {teams:some 8}]')
NO_SUCH_PLACE = Phrase('no topic or team is called "{name:to 80}"; the topics are {topics:some 8}')
SEVERAL_PLACES = Phrase('"{name:to 80}" could be {places:or}; say its number, or more of its name')
WHICH_TOPIC = Phrase("under which topic? say its number or title first: {topics:some 8}")
TEAM_IN_SEVERAL = Phrase("team {team} is under topics {topics:and}; say which, as in {form}")
TEAM_IN_NONE = Phrase(
    "team {team} has nothing there yet; say under which topic, as in {form}: {topics:some 8}"
)
NOTHING_TO_UNDO = Phrase("nothing was changed in {recap} since its sessions ended")
UNDONE = Phrase("undone: {what:and}")
THE_RECORD = Phrase('#{n} "{text}"')
THE_DROP = Phrase("that #{n} was dropped")
THE_EDIT = Phrase("the last change of #{n}")
THE_MOVE = Phrase("that #{n} was moved")
THE_TITLE = "the new title of a topic"
THE_INTRO = "the introduction"
THE_POSTING = "that it was sent by hand, so it is held now, and #recap approve sends it"
THE_LINK = Phrase("the link {url:to 80}")

USAGE_SENT = "usage: #recap sent URL, where the mail can be read, or #recap sent <Message-ID>"
POSTED = Phrase(
    "{recap} counts as sent by hand; "
    "{known:later parts and corrections are replies to it|I can't see its Message-ID in that address, so nothing is a reply to it; #recap sent <Message-ID> names it}"
    "; #recap undo takes that back"
)
STANDING_POSTED = Phrase("{recap} was sent by hand at {at}[: {url}][, and {n:# correction} since]")

# Answers to #recap alone
NOTHING_YET = "there is no recap yet: I know of nothing that was recorded on this track"
NOT_MADE_YET = "the recap is not made yet"
MADE_AT = Phrase(
    "the recap is not made yet; it is made at {at}[, because {why}; a maintainer or a moderator gets it at once with #recap now]"
)
MADE_WHEN_OVER = Phrase("{recap} is made when the session is over[ and goes to {address}]")
MADE_EMPTY = Phrase(
    "{recap} is made but not sent: {is_empty:nothing was recorded|the track has no mailing list}"
)
ON_ITS_WAY = Phrase(
    "{recap} is on its way to {address} since {at}{draft:, as a draft that nobody reviewed|, approved}; the mail server has not taken it yet"
)
STANDING_FILED = Phrase(
    "{recap} was written to a file for {address} at {at}{draft:, as a draft that nobody reviewed|, approved}; no mail server is configured"
)
STANDING_SENT = Phrase(
    "{recap} went to {address} at {at}{draft:, as a draft that nobody reviewed|, approved}[, and {n:# correction} since]"
)
CORRECTION_WAITS = Phrase(
    "{sent}; a correction waits until somebody says #recap approve[; {n:# maintainer} {n:has|have} it by mail]"
)
CORRECTION_GOES = Phrase(
    "{sent}; a correction goes out at {at}; #recap approve sends it at once, #recap hold stops it"
)
COMPLETE = Phrase("{n:# record}; nothing is missing")
INCOMPLETE = Phrase("{n:# record}; missing: {what}[ ({marks:# EDITOR mark})]")
WAITING = Phrase("also waiting: {recaps:and}")
CORRECTION_OF = Phrase("a correction of {recap}")


def name(plan: Planned) -> str:
    """Return the name of a part's recap for use in a sentence."""
    if plan.n and plan.of > 1:
        return f"the recap, part {plan.n} of {plan.of},"
    if plan.n > 1:
        return f"the recap, part {plan.n},"
    return "the recap" if plan.n else f"the recap of {_days(plan)}"


def _days(plan: Planned) -> str:
    return listed([day_in_words(day) for day in plan.days])


def made(track: Track, recap: RecapMade, zone: ZoneInfo) -> str:
    """Announce that a recap was made; empty if there is nothing to announce."""
    named, again = name(recap.plan), recap.revision > 1
    match recap.goes:
        case "list":
            return MADE_FOR_LIST(recap=named, address=track.list)
        case "maintainers":
            return MADE_FOR_MAINTAINERS(
                again=again,
                recap=named,
                n=len(track.maintainers),
                address=track.list,
                until=moment(recap.until, zone) if recap.until else "",
                approved="" if recap.until else track.list,
            )
        case "held":
            return MADE_HELD(again=again, recap=named)
        case "waits" | "over":
            return MADE_WAITS(again=again, recap=named)
        case "nowhere" if not again:
            return MADE_NOWHERE(recap=named)
        case _:
            is_talk = recap.goes == "talk"
            return talk.MADE(again=again, recap=named, n=len(track.maintainers)) if is_talk else ""


def after(text: str, first: Sequence[int]) -> str:
    """Add that a recap is sent only after earlier ones."""
    return PARTS_FIRST(text=text, parts=first, first=first[0]) if first else text


def usage(word: str) -> str:
    """Return the syntax of a word that adds something."""
    rest = RESTS.get(word, "TOPIC text")
    return USAGE(word=word, rest=rest, topic=TOPIC if "TOPIC" in rest else "")


def placed(n: int, title: str, team: str | None) -> str:
    """Return the place of an addition in words."""
    return UNDER_TOPIC(n=n, title=title, team=team) if n else BEFORE_TOPICS(team=team)


def team_in(team: str, numbers: Sequence[int], topics: Sequence[str]) -> str:
    """Ask under which of its topics, or of all topics, a team is meant."""
    name = f'"{team}"' if " " in team else team
    if numbers:
        return TEAM_IN_SEVERAL(team=team, topics=[str(n) for n in numbers], form=f"{numbers[0]}/{name}")
    return TEAM_IN_NONE(team=team, topics=topics, form=f"1/{name}")


def quoted(text: str) -> str:
    """Return the text of a record for an answer."""
    return shortened(in_a_row(text), 80)


def which(
    plans: Sequence[Planned], to: Literal["approve", "note", "sent", "accept", "dismiss"] = "approve"
) -> str:
    """Ask which of several waiting recaps is meant, to do that with it."""
    parts = [f"part {plan.n}" if plan.n else _days(plan) for plan in plans]
    number = next((plan.n for plan in plans if plan.n), 1)
    if to == "approve":
        return WHICH(parts=parts, number=number)
    return WHICH_TO_CHANGE(parts=parts, number=number, word=to)


def record_numbers(records: int, marks: Sequence[str], missing: Sequence[str]) -> str:
    """Describe the content of a recap and what it lacks; `missing` may be unknown. Empty if nothing was recorded."""
    if not records:
        return ""
    what = "; ".join(missing or [mark.removesuffix(".") for mark in marks])
    return INCOMPLETE(n=records, marks=marks, what=what) if what else COMPLETE(n=records)


def marks_open(marks: Sequence[str]) -> str:
    """Refuse to send a recap, and name its open marks."""
    return MARKS_OPEN(marks=marks, missing=_missing(marks))


def _missing(marks: Sequence[str]) -> str:
    return ", ".join(mark.removesuffix(".") for mark in marks)
