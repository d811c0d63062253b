"""Where a recap goes, when, and under which Message-ID."""

import hashlib
import re
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from bot.api import Session, Setup, Track
from bot.api.recap import days_of
from plugins.recap.lifecycle.facts import Goes
from plugins.recap.lifecycle.state import Standing
from plugins.recap.settings import RecapSettings

NOBODYS = "gatherbot.invalid"  # RFC 2606: no mail ever goes there


def goes(setup: Setup, track: Track, sessions: Iterable[Session], standing: Standing) -> Goes:
    """Where the recap of these sessions goes by itself."""
    told = list(sessions)
    if not any(session.records for session in told):
        return "nothing"
    if not track.list and not track.maintainers:
        return "nowhere"
    if standing.held:
        return "held"
    if not standing.approved and waits(setup, track, told):
        return "waits"
    return "maintainers" if hold_of(setup, track) or not track.list else "list"


def waits(setup: Setup, track: Track, sessions: Iterable[Session]) -> bool:
    """Whether somebody who is no moderator opened one of these sessions outside of the track's days."""
    days = days_of(setup, track)
    return any(session.date not in days and not session.by_moderator for session in sessions)


def hold_of(setup: Setup, track: Track) -> timedelta:
    """How long maintainers have before the list gets a draft; a track without maintainers does not wait."""
    return setup.of(RecapSettings).hold if track.maintainers else timedelta()


def until(setup: Setup, track: Track, standing: Standing, now: datetime) -> datetime | None:
    """When the list gets a draft that the maintainers have; a new version has no more time than the first."""
    if not track.list:
        return None
    first = standing.made.until if standing.made is not None else None
    return first or now + hold_of(setup, track)


def message_id(setup: Setup, track: Track, part: str) -> str:
    """The Message-ID of a part's recap: the same in every replay, unlike that of any other part."""
    addresses = [track.list, *(maintainer.mail for maintainer in track.maintainers)]
    domain = next((address.rpartition("@")[2] for address in addresses if "@" in address), NOBODYS)
    return f"{_slug(setup.gathering.slug)}.{_slug(track.slug)}.{_slug(part)}@{domain}"


def numbered_id(base: str, mark: str) -> str:
    """A Message-ID beside that of a part's recap: of a maintainer's copy, of a correction."""
    name, _, domain = base.rpartition("@")
    return f"{name}.{mark}@{domain}"


def earlier(standing: Mapping[str, Standing], part: str, n: int) -> tuple[str, ...]:
    """The Message-IDs of the parts before part `n`, oldest first: those that were sent or wait to be."""
    before = [
        (one.made.plan.n, one.sent.message_id if one.sent is not None else one.made.message_id)
        for key, one in standing.items()
        if one.made is not None and key != part and 0 < one.made.plan.n < n and (one.sent or one.is_pending)
    ]
    return tuple(identifier for _, identifier in sorted(before))


def waiting_before(standing: Mapping[str, Standing], n: int) -> list[int]:
    """The parts before part `n` that were made and not sent: they go first."""
    return sorted(
        one.made.plan.n
        for one in standing.values()
        if one.made is not None and one.is_pending and 0 < one.made.plan.n < n
    )


def _slug(text: str) -> str:
    """`text` as a Message-ID may hold it; what had to change for that is told apart by a hash."""
    slug = re.sub(r"[^A-Za-z0-9-]+", "-", text).strip("-") or "none"
    return slug if slug == text else f"{slug}-{hashlib.sha256(text.encode()).hexdigest()[:8]}"
