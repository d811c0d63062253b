"""`#recap pad URL`: the mended text of a pad is fetched, read, and proposed."""

import re
from collections.abc import Sequence

from msgspec import Struct

from bot.api import Ask, Effect, Identity, Occasion, Reply, Role, Say, StateView, Track, Write, track_stream
from bot.api.effects import Fetch, Prepare
from bot.api.events import Fetched, Power
from bot.api.people import is_maintainer, role_about, role_of
from plugins.recap.declaration import plugin
from plugins.recap.lifecycle.additions import why_not_change
from plugins.recap.lifecycle.choice import RecapLine, to_change
from plugins.recap.lifecycle.courses import Course, known_courses
from plugins.recap.lifecycle.phrases import NOTHING_YET, RUNS_STILL, name
from plugins.recap.mending import phrases
from plugins.recap.mending.orders import JOB, MendedText, Read
from plugins.recap.mending.proposals import EXPORTED, Proposal, by_topic, proposal_of, source_of

FETCH = "mended text"
LONGEST = 1000
PAD = re.compile(r"(https?://[^/\s]+/p/[^/?#\s]+)/?")  # the address of an etherpad's editor


class OfPart(Struct, frozen=True):
    """Whose text is fetched: a track and the key of a part."""

    track: str
    part: str


def pad(ask: Ask, line: RecapLine) -> Sequence[Effect]:
    """Fetch the text of a pad."""
    url = line.text.removeprefix("from ").strip().strip("<>")
    if not url.lower().startswith(("https://", "http://")) or len(url.split()) > 1 or len(url) > LONGEST:
        return [Reply(phrases.USAGE_PAD)]
    course = to_change(ask.state, line.track, line.part, ask.session)
    if isinstance(course, str):
        return [Reply(course)]
    refused = why_not_change(ask, line, course)
    if not refused and course.is_open:
        refused = RUNS_STILL
    if refused or not course.sessions:
        return [Reply(refused or NOTHING_YET)]
    found = PAD.fullmatch(url)
    address = f"{found[1]}{EXPORTED}" if found is not None else url
    return [
        Fetch(FETCH, address, argument=OfPart(line.track.slug, course.plan.key)),
        Reply(phrases.READING(url=address)),
    ]


@plugin.on(Fetched, FETCH)
def take_page(occasion: Occasion) -> Sequence[Effect]:
    """Have the fetched text read, or say why it cannot be."""
    event, state = occasion.event, occasion.state
    if not isinstance(event, Fetched) or not isinstance(event.argument, OfPart):
        return ()
    track = state.setup.track(event.argument.track)
    course = course_with(state, track, event.argument.part) if track is not None else None
    if track is None or course is None:
        return ()
    here = (event.room.id,)
    power = Power.NONE if event.room.private else event.power
    if not _may_change(state, track, course, event.asked_by, power):
        return [Say(here, phrases.NO_RIGHT_ANY_MORE(who=event.asked_by.name))]
    if event.trouble:
        why = phrases.TROUBLES.get(event.trouble, phrases.TROUBLES["unreachable"])
        return [Say(here, phrases.NOT_READ(url=event.url, why=why))]
    text = MendedText(course.plan, event.text, "pad", event.url, event.asked_by, event.at, room=event.room.id)
    return [Prepare(JOB, track_stream(track.slug), text, course.session_ids)]


def course_with(state: StateView, track: Track, part: str) -> Course | None:
    """Return the part with this key."""
    return next((course for course in known_courses(state, track) if course.plan.key == part), None)


def _may_change(state: StateView, track: Track, course: Course, who: Identity, power: Power) -> bool:
    """Whether somebody may add to a recap, as when they asked."""
    persons = state.persons
    role = role_of(who, power, setup=state.setup, track=track, session=None, persons=persons)
    return (
        role >= Role.MODERATOR
        or is_maintainer(who, track, persons)
        or any(role_about(role, one, who, track, persons) >= Role.CHAIR for one in course.sessions)
    )


def propose(occasion: Occasion, track: Track, read: Read) -> Sequence[Effect]:
    """Propose what a pad changes, and say it where somebody asked."""
    waiting = proposal_of(occasion.state, track, read.proposed.part)
    said = Say((read.mended.room,), said_of(read, waiting))
    return [Write(read.proposed), said] if is_proposal(read) else [said]


def is_proposal(read: Read) -> bool:
    """Whether there is something to take."""
    return not read.refused and bool(read.proposed.changes or read.proposed.missing)


def said_of(read: Read, waiting: Proposal | None) -> str:
    """Say what a mended text proposes, by topic.

    waiting: the proposal that it takes the place of

    What was not understood of a mail is between its writer and the bot, so a room does not hear it.
    """
    source, recap = source_of(read.proposed), name(read.mended.plan).removesuffix(",")
    if read.refused == "empty":
        return phrases.EMPTY(source=source)
    if read.refused:
        return phrases.OTHER(source=source, recap=recap)
    left = phrases.not_understood(read.proposed.left)
    if left and read.proposed.source == "mail":
        left = [phrases.IN_LETTER]
    if not is_proposal(read):
        if left:
            return phrases.NOTHING_TO_TAKE(source=source, left=left)
        return phrases.SAYS_THE_SAME(source=source, recap=recap)
    topics = by_topic(Proposal(read.mended.now, read.proposed), read.part, "")
    return phrases.PROPOSED(
        source=source,
        recap=recap,
        topics=phrases.in_topics(topics),
        left=left,
        before=source_of(waiting.fact) if waiting is not None else "",
        drop=bool(read.proposed.missing),
    )
