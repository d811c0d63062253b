"""Where a part's recap stands, in the words of the pages: only what `#recap` tells anybody in the room."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime

from msgspec import Struct

from bot.api import StateView, Track, track_stream
from bot.api.recap import Link, Planned
from bot.api.web import address_of
from plugins.recap.archive.state import correction_urls, is_held, url_of
from plugins.recap.lifecycle.courses import Course, needs_word
from plugins.recap.lifecycle.deadlines import due_at
from plugins.recap.lifecycle.facts import Goes

MADE: Mapping[Goes, tuple[str, str]] = {
    "list": ("on its way", "on its way to the list since"),
    "maintainers": ("draft", "with the maintainers since"),
    "waits": ("draft", "waits for a maintainer or a moderator since"),
    "over": ("draft", "waits for a maintainer or a moderator since"),
    "nothing": ("empty", "nothing was recorded"),
    "talk": ("empty", "nothing was recorded"),
    "nowhere": ("made", "not mailed, because the track has no mailing list; made"),
    "held": ("held", "held until a maintainer or a moderator approves it; made"),
}


class PublicStatus(Struct, frozen=True):
    """Where a recap stands.

    word: preview, draft, held, empty, made, on its way, filed, draft sent, or sent
    says: what that means for readers
    at:   the moment that `says` ends with; None for none
    path: of its page
    posted: where the list has it and its corrections
    """

    title: str
    days: tuple[date, ...]
    word: str
    says: str
    at: datetime | None
    path: str
    more: tuple[str, ...] = ()
    sessions: tuple[str, ...] = ()
    posted: tuple[Link, ...] = ()


def status_of(state: StateView, track: Track, course: Course) -> PublicStatus:
    """Return where the recap of a part stands."""
    word, says, at = _sent(track, course) or _made(course) or _before(state, track, course)
    return PublicStatus(
        title=title_of(course.plan),
        days=course.plan.days,
        word=word,
        says=says,
        at=at,
        path=path_of(track, course.plan.key),
        more=tuple(_corrections(state, track, course)),
        sessions=course.session_ids,
        posted=tuple(_addresses(state, track, course)),
    )


def _addresses(state: StateView, track: Track, course: Course) -> Iterator[Link]:
    entries = state.stream(track_stream(track.slug))
    if url := url_of(entries, course.recap_state):
        yield Link("on the list", url)
    for number, address in correction_urls(entries, course.recap_state):
        yield Link(f"correction {number}", address)


def title_of(plan: Planned) -> str:
    """Return what a part is called on a page; its days stand beside it."""
    if plan.n and plan.of > 1:
        return f"Recap, part {plan.n} of {plan.of}"
    return f"Recap, part {plan.n}" if plan.n > 1 else "Recap"


def path_of(track: Track, key: str) -> str:
    """Return the path of the page of a part; a part may have a session's id as its key."""
    is_plain = key.replace("-", "").isalnum() and key.isascii()
    return f"/recaps/{track.slug}/{key if is_plain else address_of(key)}"


def _sent(track: Track, course: Course) -> tuple[str, str, datetime | None] | None:
    recap_state = course.recap_state
    sent, went = recap_state.sent, recap_state.went_at
    if sent is None:
        return None
    if recap_state.posted is not None:
        return "sent", "sent to the list by hand,", recap_state.sent_at
    how = "as a draft that nobody reviewed" if sent.draft else "approved"
    if recap_state.filed:
        return "filed", "written to a file, because no mail server is configured", recap_state.sent_at
    if went is None:
        return "on its way", f"on its way to {track.list}, {how}, since", recap_state.sent_at
    return ("draft sent" if sent.draft else "sent"), f"went to {track.list}, {how},", went


def _made(course: Course) -> tuple[str, str, datetime | None] | None:
    recap_state = course.recap_state
    made = recap_state.made
    if made is None or course.is_open:
        return None
    if recap_state.held:
        return *MADE["held"], recap_state.made_at
    word, says = MADE[made.goes]
    if made.goes == "maintainers" and made.until is not None:
        return word, "with the maintainers; without their word it goes to the list", made.until
    return word, says, recap_state.made_at if word != "empty" else None


def _before(state: StateView, track: Track, course: Course) -> tuple[str, str, datetime | None]:
    if course.is_open:
        return "preview", "made when the session is over", None
    at = due_at(state, track, course)
    return "preview", "will be made" if at is not None else "not made yet", at


def _corrections(state: StateView, track: Track, course: Course) -> Iterator[str]:
    recap_state = course.recap_state
    if is_held(state.stream(track_stream(track.slug)), recap_state):
        yield "the list holds it for its moderators"
    mailed = sum(bool(correction.message_id) for correction in recap_state.corrections)
    if mailed:
        yield f"{mailed} {'correction' if mailed == 1 else 'corrections'} since"
    if course.has_correction:
        waits = needs_word(state.setup, track, course)
        yield "a correction waits for approval" if waits else "a correction follows"
