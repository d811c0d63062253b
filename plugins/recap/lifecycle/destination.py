"""The destination of a recap, the time of its delivery, and its Message-IDs."""

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from bot.api import Session, Setup, Track
from bot.api.recap import days_of
from plugins.recap.lifecycle.facts import Goes
from plugins.recap.lifecycle.pace import are_over
from plugins.recap.lifecycle.state import RecapState
from plugins.recap.settings import RecapSettings

NOBODYS = "gatherbot.invalid"  # RFC 2606: no mail ever goes there


def goes(
    setup: Setup,
    track: Track,
    sessions: Iterable[Session],
    part: str,
    recap_states: Mapping[str, RecapState],
    *,
    has_talk: bool = False,
) -> Goes:
    """Return where the recap of these sessions goes without anybody's action.

    recap_states: the state of the track's recaps, by key of their part
    has_talk:     whether something was said that the maintainers may want to record
    """
    known = list(sessions)
    recap_state = recap_states.get(part, RecapState(part))
    if not any(session.records for session in known):
        is_worth_it = has_talk and _talk_is_worth_a_mail(setup, track, known, part, recap_states)
        return "talk" if is_worth_it else "nothing"
    if not track.list and not track.maintainers:
        return "nowhere"
    if recap_state.held:
        return "held"
    if not recap_state.approved and _are_too_many(known, part, recap_states):
        return "over"
    hold = hold_of(setup, track)
    never = hold is None and not track.maintainers
    if never or (not recap_state.approved and waits(setup, track, known)):
        return "waits"
    return "maintainers" if hold is None or hold or not track.list else "list"


def _talk_is_worth_a_mail(
    setup: Setup, track: Track, sessions: Sequence[Session], part: str, recap_states: Mapping[str, RecapState]
) -> bool:
    """Whether the maintainers get what was said in sessions without records: people talked, on a day of the track."""
    talked = any(len(session.heard) > 1 for session in sessions)
    of_the_track = not waits(setup, track, sessions) and not _are_too_many(sessions, part, recap_states)
    return bool(track.maintainers) and talked and of_the_track


def _are_too_many(sessions: Sequence[Session], part: str, recap_states: Mapping[str, RecapState]) -> bool:
    """Whether the track already mailed its drafts of the day, and not only moderators opened the sessions."""
    begun = min(session.started for session in sessions)
    return not all(session.by_moderator for session in sessions) and are_over(recap_states, part, begun)


def waits(setup: Setup, track: Track, sessions: Iterable[Session]) -> bool:
    """Whether a session was opened outside of the track's days by somebody other than a moderator."""
    days = days_of(setup, track)
    return any(session.date not in days and not session.by_moderator for session in sessions)


def hold_of(setup: Setup, track: Track) -> timedelta | None:
    """Return how long maintainers have before a draft goes to the list; zero without them, None if it never goes unreviewed."""
    hold = setup.of(RecapSettings).hold
    return hold if hold is None or track.maintainers else timedelta()


def until(setup: Setup, track: Track, recap_state: RecapState, now: datetime) -> datetime | None:
    """Return when the maintainers' draft goes to the list; a new version does not extend the time."""
    hold = hold_of(setup, track)
    if not track.list or hold is None:
        return None
    first = recap_state.made.until if recap_state.made is not None else None
    return first or now + hold


def message_id(setup: Setup, track: Track, part: str) -> str:
    """Return the Message-ID of a part's recap, which is unique and the same in every replay."""
    addresses = [track.list, *(maintainer.mail for maintainer in track.maintainers)]
    domain = next((address.rpartition("@")[2] for address in addresses if "@" in address), NOBODYS)
    return f"{_slug(setup.gathering.slug)}.{_slug(track.slug)}.{_slug(part)}@{domain}"


def numbered_id(base: str, mark: str) -> str:
    """Derive the Message-ID of a copy or correction from that of the recap."""
    name, _, domain = base.rpartition("@")
    return f"{name}.{mark}@{domain}"


def earlier(recap_state: Mapping[str, RecapState], part: str, n: int) -> tuple[str, ...]:
    """Return the Message-IDs of sent or pending recaps before part `n`, oldest first."""
    before = [
        (other.made.plan.n, other.sent.message_id if other.sent is not None else other.made.message_id)
        for key, other in recap_state.items()
        if other.made is not None
        and key != part
        and 0 < other.made.plan.n < n
        and (other.sent or other.is_in_line)
    ]
    return tuple(identifier for _, identifier in sorted(before) if identifier)


def by_hand(recap_states: Iterable[RecapState]) -> frozenset[str]:
    """Return the Message-IDs of the recaps that people sent by hand, which are in no outbox."""
    return frozenset(one.posted.message_id for one in recap_states if one.posted is not None)


def waiting_before(recap_state: Mapping[str, RecapState], n: int) -> list[int]:
    """Return the numbers of pending parts before part `n`, which must be sent first."""
    return sorted(
        other.made.plan.n
        for other in recap_state.values()
        if other.made is not None and other.is_in_line and 0 < other.made.plan.n < n
    )


def _slug(text: str) -> str:
    """Make `text` valid in a Message-ID; a changed text gets a hash to stay unique."""
    slug = re.sub(r"[^A-Za-z0-9-]+", "-", text).strip("-") or "none"
    return slug if slug == text else f"{slug}-{hashlib.sha256(text.encode()).hexdigest()[:8]}"
