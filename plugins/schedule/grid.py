"""The grid of a week: for each day a table of hours and places, in which every slot stands once.

A cell holds the slots that overlap at one place, and reaches over the rows of their hours. Hours in which nothing is anywhere have
no row.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta, tzinfo
from itertools import pairwise

from msgspec import Struct

from bot.api import Gathering, Slot

NO_PLACE = ""
DAY = timedelta(days=1)
WEEK = timedelta(days=7)


class Cell(Struct, frozen=True):
    """The slots at one place that overlap, by start; none in an empty cell. `rows` is how many rows it reaches over."""

    place: str
    slots: tuple[Slot, ...] = ()
    rows: int = 1

    def is_on(self, at: datetime) -> bool:
        """Whether one of its slots is on."""
        return any(slot.starts <= at < slot.ends for slot in self.slots)


class Row(Struct, frozen=True):
    """A stretch of time in which no slot begins or ends, with the cells that begin there.

    is_now: the present moment lies in it
    now_before: the present moment lies in the pause before it
    """

    starts: datetime
    ends: datetime
    cells: tuple[Cell, ...]
    is_now: bool = False
    now_before: bool = False

    @property
    def begins(self) -> bool:
        """Whether a cell with slots begins here."""
        return any(cell.slots for cell in self.cells)


class Day(Struct, frozen=True):
    """A day of the grid, in the zone of the grid, with its places in order."""

    date: date
    places: tuple[str, ...]
    rows: tuple[Row, ...]

    @property
    def slots(self) -> tuple[Slot, ...]:
        """All slots of the day, by start."""
        found = [slot for row in self.rows for cell in row.cells for slot in cell.slots]
        return tuple(sorted(found, key=lambda slot: (slot.starts, slot.place, slot.name)))


def days_of_grid(slots: Iterable[Slot], zone: tzinfo, at: datetime) -> list[Day]:
    """Lay out slots by the day on which they start in `zone`; `at` is the present moment."""
    by_day: dict[date, list[Slot]] = {}
    for slot in sorted(slots, key=lambda slot: (slot.starts, slot.ends, slot.code)):
        by_day.setdefault(slot.starts.astimezone(zone).date(), []).append(slot)
    return [_day(day, found, at) for day, found in by_day.items()]


def week_of(day: date, gathering: Gathering) -> date:
    """The Monday of the week that a day belongs to; a gathering of at most two weeks is one week, also over a weekend."""
    starts, ends = gathering.starts, gathering.ends
    if starts is None or ends is None or ends >= starts + 2 * WEEK:
        starts, ends = day, day
    if starts - DAY <= day <= ends + DAY:  # a day more, because the reader's zone may be another
        day = starts
    return day - timedelta(days=day.weekday())


def shown_week(mondays: Sequence[date], present: date) -> date | None:
    """The week that is shown first: the present one or the next one with slots, else the last; None without any."""
    return next((monday for monday in mondays if monday >= present), mondays[-1] if mondays else None)


def _day(day: date, slots: Sequence[Slot], at: datetime) -> Day:
    places = tuple(
        sorted({slot.place for slot in slots}, key=lambda place: (place == NO_PLACE, place.casefold()))
    )
    spans = [span for span in _spans(slots) if any(_meet(slot, span) for slot in slots)]
    columns = {place: list(_cells(place, slots, spans)) for place in places}
    rows = []
    for n, (starts, ends) in enumerate(spans):
        cells = tuple(cell for place in places if (cell := columns[place][n]) is not None)
        pause_began = spans[n - 1][1] if n else None
        now_before = pause_began is not None and pause_began <= at < starts
        rows.append(Row(starts, ends, cells, is_now=starts <= at < ends, now_before=now_before))
    return Day(day, places, tuple(rows))


def _spans(slots: Iterable[Slot]) -> Iterator[tuple[datetime, datetime]]:
    """The stretches between all starts and ends."""
    edges = sorted({edge for slot in slots for edge in (slot.starts, slot.ends)})
    return pairwise(edges)


def _meet(slot: Slot, span: tuple[datetime, datetime]) -> bool:
    return slot.starts < span[1] and span[0] < slot.ends


def _cells(
    place: str, slots: Sequence[Slot], spans: Sequence[tuple[datetime, datetime]]
) -> Iterator[Cell | None]:
    """The cell of a place in each row; None where a cell above reaches into the row."""
    left = 0
    for n, span in enumerate(spans):
        if left:
            left -= 1
            yield None
            continue
        together = [slot for slot in slots if slot.place == place and _meet(slot, span)]
        if not together:
            yield Cell(place)
            continue
        together = _chained(together, [slot for slot in slots if slot.place == place])
        ends = max(slot.ends for slot in together)
        rows = sum(1 for starts, _ in spans[n:] if starts < ends)
        left = rows - 1
        yield Cell(place, tuple(together), rows)


def _chained(together: list[Slot], slots: Sequence[Slot]) -> list[Slot]:
    """Slots that overlap, and all that overlap one of these."""
    for slot in slots:  # by start
        if (
            slot not in together
            and slot.starts < max(one.ends for one in together)
            and slot.ends > together[0].starts
        ):
            together.append(slot)
    return sorted(together, key=lambda slot: (slot.starts, slot.ends, slot.code))
