"""A recap that a maintainer sent to the list by hand: the bot sends it no more, and later parts are replies to it."""

import re
from collections.abc import Iterator, Sequence

from bot.api import Ask, Effect, Reply, Track, Write, track_stream
from bot.api.effects import letter_hash
from plugins.recap.lifecycle import destination, letters, phrases
from plugins.recap.lifecycle.choice import RecapLine, may_decide, sent_before
from plugins.recap.lifecycle.courses import Course, known_courses
from plugins.recap.lifecycle.facts import RecapPosted
from plugins.recap.lifecycle.status import not_made

LONGEST = 1000
ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)
MESSAGE_ID = re.compile(r"<?([^\s<>@/]{1,200}@[^\s<>@/]{1,200}?)>?")
HASHED = re.compile(r"[A-Z2-7]{32}")  # HyperKitty: base32 of the SHA-1 of the Message-ID


def note_sent(ask: Ask, line: RecapLine) -> Sequence[Effect]:
    """Note that somebody sent a recap by hand, and where it is."""
    if not may_decide(ask, line.track):
        return [Reply(phrases.ONLY_MAINTAINERS)]
    said = line.text.split()
    url = next((word for word in said if ADDRESS.fullmatch(word)), "")
    given = next((found[1] for word in said if (found := MESSAGE_ID.fullmatch(word))), "")
    if not (url or given) or len(line.text) > LONGEST:
        return [Reply(phrases.USAGE_SENT)]
    course = _meant(ask, line)
    if isinstance(course, str):
        return [Reply(course)]
    made, posted = course.recap_state.made, course.recap_state.posted
    if made is None:
        return [Reply(phrases.RUNS_STILL if course.is_open else not_made(ask, line.track, course))]
    identifier = given or _id_in(url, line.track, course)
    fact = RecapPosted(course.plan.key, url or (posted.url if posted else ""), identifier, made.covered)
    answer = phrases.POSTED(recap=course.name, known=bool(identifier))
    written = Write(fact, stream=track_stream(line.track.slug), keep_on_undo=True)
    return [written, *letters.recalled(line.track, course.plan.key), Reply(answer)]


def _meant(ask: Ask, line: RecapLine) -> Course | str:
    """Find the recap that waits, or else the one that is noted as sent by hand already."""
    known = known_courses(ask.state, line.track)
    named = [course for course in known if line.part in {"", str(course.plan.n)}]
    waiting = [course for course in named if course.recap_state.sent is None]
    if len(waiting) > 1:
        return phrases.which([course.plan for course in waiting], "sent")
    found = (waiting or [course for course in named if course.recap_state.posted] or named)[-1:]
    if not found:
        return phrases.NO_SUCH_PART(number=line.part) if known else phrases.NOTHING_YET
    sent = found[0].recap_state.sent is not None and found[0].recap_state.posted is None
    return sent_before(ask, line.track, found[0]) if sent else found[0]


def _id_in(url: str, track: Track, course: Course) -> str:
    """Return the Message-ID that an address tells: in its last part, or as the hash of a letter of the bot's own."""
    last = url.split("?", maxsplit=1)[0].rstrip("/").rpartition("/")[2].replace("%40", "@")
    found = MESSAGE_ID.fullmatch(last)
    if found is not None:
        return found[1]
    if not HASHED.fullmatch(last):
        return ""
    return next((one for one in _own_ids(track, course) if letter_hash(one) == last), "")


def _own_ids(track: Track, course: Course) -> Iterator[str]:
    """Yield the Message-IDs of a recap and its drafts, one of which somebody may have passed on as it was."""
    made = course.recap_state.made
    if made is None:
        return
    yield made.message_id
    for revision in range(1, made.revision + 1):
        for number in range(1, len(track.maintainers) + 1):
            yield destination.numbered_id(made.message_id, f"draft-{revision}-{number}")
