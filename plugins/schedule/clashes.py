"""What speaks against a booking: it is stored all the same, and the answer says so."""

from collections.abc import Hashable, Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from bot.api import Entry, Identity, Slot, StateView, Track
from bot.api.people import casefold, plain_name
from plugins.schedule import phrases
from plugins.schedule.settings import ScheduleTrack
from plugins.schedule.times import day_of, short_day

DAY = timedelta(days=1)
MOST = 3  # clashes that are told; the others are counted


def warnings(
    state: StateView, slot: Slot, track: Track, booked: Mapping[str, Entry], speaker: Identity
) -> list[str]:
    """What is to be said when `speaker` books a slot for a track.

    booked: the entries by which slots were booked, by folded code
    """
    found = list(dict.fromkeys(_clashes(state, slot, track, booked, speaker)))
    if len(found) > MOST:
        found = [*found[: MOST - 1], phrases.MORE_CLASHES(n=len(found) - MOST + 1)]
    return [*found, *_beyond_limits(state, slot, track)]


def overlap(one: Slot, other: Slot) -> bool:
    """Whether two slots share a moment."""
    return one.starts < other.ends and other.starts < one.ends


def is_related(track: Track, other: Track) -> bool:
    """Whether one of two tracks names the other as related."""
    named = {slug.casefold() for slug in track.of(ScheduleTrack).related}
    names = {slug.casefold() for slug in other.of(ScheduleTrack).related}
    return other.slug.casefold() in named or track.slug.casefold() in names


def _clashes(
    state: StateView, slot: Slot, track: Track, booked: Mapping[str, Entry], speaker: Identity
) -> Iterator[str]:
    """What else is at the same hour. Tracks that are not public are not named."""
    for other in sorted(state.setup.slots, key=lambda other: (other.starts, other.code)):
        theirs = state.setup.track(other.track) if other.track else None
        if theirs is None or other.code.casefold() == slot.code.casefold() or not overlap(slot, other):
            continue
        if theirs.slug == track.slug:
            yield phrases.ITSELF(track=track.name, code=other.code)
        elif theirs.public:
            both = _of_both(state, track, theirs, booked.get(other.code.casefold()), speaker)
            if is_related(track, theirs):
                yield phrases.RELATED(other=theirs.name, code=other.code, people=both)
            elif both:
                yield phrases.IN_BOTH(people=both, other=theirs.name, code=other.code)


def _of_both(
    state: StateView, track: Track, other: Track, booking: Entry | None, speaker: Identity
) -> list[str]:
    """Names of those who have both tracks: they moderate or maintain both, or booked both."""
    here, there = _people(state, track), _people(state, other)
    here.setdefault(state.person_of(speaker), plain_name(speaker.name))
    if booking is not None and booking.by is not None:
        there.setdefault(state.person_of(booking.by), plain_name(booking.by.name))
    return [name for person, name in here.items() if person in there]


def _people(state: StateView, track: Track) -> dict[Hashable, str]:
    """Those whom the configuration names for a track, with their names."""
    accounts = sorted({*track.moderators, *(name for one in track.maintainers for name in one.accounts)})
    found: dict[Hashable, str] = {}
    for account in accounts:
        network, _, name = ("", "", account) if account.startswith("@") else account.partition("/")
        folded = name if not network else casefold(name, state.persons.casemapping(network))
        shown = name[1:].partition(":")[0] if not network else name
        found.setdefault(state.person_of(Identity(network, shown, folded, folded)), shown)
    return found


def _beyond_limits(state: StateView, slot: Slot, track: Track) -> Iterator[str]:
    """By how much the track's hours are beyond what the gathering allows for a day and a week."""
    limits, zone = state.setup.gathering.limits, state.setup.gathering.zone
    others = [one for one in state.setup.slots_of(track.slug) if one.code.casefold() != slot.code.casefold()]
    by_day = minutes_by_day([*others, slot], state)
    days = [day for day in minutes_by_day([slot], state) if by_day[day]]
    if limits.day is not None:
        for day in days:
            if by_day[day] > limits.day * 60:
                yield phrases.DAY_FULL(
                    minutes=round(by_day[day]), day=short_day(day), limit=round(limits.day * 60)
                )
    if limits.week is not None:
        monday = _monday(day_of(slot.starts, zone))
        week = sum(minutes for day, minutes in by_day.items() if _monday(day) == monday)
        if week > limits.week * 60:
            yield phrases.WEEK_FULL(minutes=round(week), limit=round(limits.week * 60))


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def minutes_by_day(slots: Iterable[Slot], state: StateView) -> dict[date, float]:
    """The minutes of slots on each day of the gathering's zone; a slot over midnight counts on both days."""
    zone = state.setup.gathering.zone
    found: dict[date, float] = {}
    for slot in slots:
        day = day_of(slot.starts, zone)
        while (begins := _midnight(day, zone)) < slot.ends:
            first, last = max(slot.starts, begins), min(slot.ends, _midnight(day + DAY, zone))
            # in UTC: within a zone Python subtracts the readings of the clock, also where it was changed
            span = last.astimezone(UTC) - first.astimezone(UTC)
            found[day] = found.get(day, 0) + span.total_seconds() / 60
            day += DAY
    return found


def _midnight(day: date, zone: tzinfo) -> datetime:
    return datetime.combine(day, time(), zone).astimezone(UTC)
