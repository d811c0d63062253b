"""Checks of slots: their tracks and codes, their hours in the gathering's zone, and what overlaps."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from bot.config.assembly import days_of, utc
from bot.config.faults import Findings, joined, nearest
from bot.config.table_reader import Tables
from bot.config.tables import SlotTable
from bot.core.state.setup import slot_code

LONGEST = timedelta(days=1)
MOST_NOTES = 20  # about slots at the same hour


def check_slots(tables: Tables, findings: Findings) -> None:
    """Add the faults of slots to `findings`, and notes about those that overlap or lie outside of the gathering."""
    zone = ZoneInfo(tables.gathering.timezone)
    seen: set[str] = set()
    for at, slot in tables.slots:
        code = code_of(slot)
        if code.casefold() in seen:
            findings.fault(
                joined(at, "name"), f"{code} is listed twice; slots at one place need different names"
            )
        seen.add(code.casefold())
        _track(at, slot, tables, findings)
        _hours(at, slot, zone, findings)
        _days(at, slot, zone, tables, findings)
    for text in islice(_meeting(tables.slots, zone), MOST_NOTES):
        findings.note("", text)


def code_of(slot: SlotTable) -> str:
    """The code by which a slot is booked."""
    return slot_code(slot.place, slot.name)


def _track(at: str, slot: SlotTable, tables: Tables, findings: Findings) -> None:
    slugs = tables.track_slugs
    if slot.track and slot.track not in slugs:
        near = nearest(slot.track, slugs)
        findings.fault(
            joined(at, "track"),
            f"no track has the slug {slot.track}{f'; did you mean {near}?' if near else ''}",
        )


def _hours(at: str, slot: SlotTable, zone: ZoneInfo, findings: Findings) -> None:
    for key, value in (("starts", slot.starts), ("ends", slot.ends)):
        if trouble := why_no_moment(value, zone):
            findings.fault(joined(at, key), trouble)
    starts, ends = utc(slot.starts, zone), utc(slot.ends, zone)
    if ends <= starts:
        findings.fault(joined(at, "ends"), "must be after starts")
    elif ends - starts > LONGEST:
        findings.fault(joined(at, "ends"), "is more than a day after starts")


def why_no_moment(at: datetime, zone: ZoneInfo) -> str:
    """Why a time without an offset is no single moment in a zone where the clocks change; empty if it is one."""
    if at.tzinfo is not None:
        return ""
    first, second = at.replace(tzinfo=zone, fold=0), at.replace(tzinfo=zone, fold=1)
    if first.utcoffset() == second.utcoffset():
        return ""
    is_gap = utc(first, zone).astimezone(zone).replace(tzinfo=None) != at
    when = "does not exist" if is_gap else "comes twice"
    return f"{at:%H:%M} {when} on that day in {zone.key}, where the clocks change; add an offset, like {first.isoformat()}"


def _days(at: str, slot: SlotTable, zone: ZoneInfo, tables: Tables, findings: Findings) -> None:
    days = list(days_of(tables.gathering))
    day = utc(slot.starts, zone).astimezone(zone).date()
    if not days or days[0] <= day <= days[-1]:
        return
    if days[0].year <= day.year <= days[-1].year:
        findings.note(joined(at, "starts"), f"{day} is not a day of the gathering")
    else:
        findings.fault(joined(at, "starts"), f"is in {day.year}, but the gathering starts on {days[0]}")


def _meeting(slots: Sequence[tuple[str, SlotTable]], zone: ZoneInfo) -> Iterator[str]:
    """What is to be said of slots at the same hour: two at one place, or two of one track."""
    by_start = sorted(
        ((utc(slot.starts, zone), utc(slot.ends, zone), at, slot) for at, slot in slots),
        key=lambda one: one[0],
    )
    for n, (_, ends, _, one) in enumerate(by_start):
        for starts, _, at, other in islice(by_start, n + 1, None):
            if starts >= ends:
                break
            if one.place and one.place.casefold() == other.place.casefold():
                yield f"{at}: {code_of(other)} overlaps {code_of(one)}, at the same place"
            elif one.track and one.track == other.track:
                yield f"{at}: {code_of(other)} overlaps {code_of(one)}, of the same track"
