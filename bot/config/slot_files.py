"""Slots from files: each row of a CSV file, or each event of an iCalendar file, becomes the keys of a [[slot]].

Where a slot stands ("slots.csv:7") is its path in faults, as "slot[0]" is that of a table.
"""

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from bot.config.faults import Findings, joined, unknown

COLUMNS = ("name", "track", "place", "starts", "ends", "agenda", "link")
NEEDED = ("name", "starts", "ends")
LARGEST = 2 * 1024 * 1024  # bytes
MOST = 2000  # slots of a file
BETWEEN = re.compile(r"[;\n]")  # topics in a cell
NO_TIME = "must be a day and a time like 2027-10-20 13:00, with an offset (2027-10-20T13:00Z) or in the gathering's zone"

Read = tuple[str, Mapping[str, object]]  # where a slot stands, and its keys


def read_slot_file(written: str, path: str, tracks: Mapping[str, str], findings: Findings) -> list[Read]:
    """Read the slots of a file.

    written: the file, relative to the configuration's folder
    path:    where the configuration names it, for faults about the file as a whole
    tracks:  slugs by casefolded slug and name; a file may give either
    """
    text = _text(written, path, findings)
    if text is None:
        return []
    if written.lower().endswith(".ics"):
        # the package is large, and only calendars need it
        from bot.config.slot_calendars import read_calendar  # noqa: PLC0415

        slots = read_calendar(text, written, tracks, findings)
    else:
        slots = read_rows(text, written, tracks, findings)
    if len(slots) > MOST:
        findings.fault(path, f"{written} has {len(slots)} slots; the limit is {MOST}")
        return []
    return slots


def _text(written: str, path: str, findings: Findings) -> str | None:
    """The text of a file; None after a fault."""
    file = findings.folder / Path(written).expanduser()
    if not written.lower().endswith((".csv", ".ics")):
        findings.fault(path, f"{written} is neither a .csv nor an .ics file")
    elif not file.is_file():
        findings.fault(path, f"there is no file {file}")
    elif file.stat().st_size > LARGEST:
        findings.fault(path, f"the file {file} is larger than 2 MiB")
    else:
        try:
            return file.read_bytes().decode("utf-8-sig")
        except UnicodeDecodeError:
            findings.fault(path, f"the file {file} is not UTF-8 text")
        except OSError as error:
            findings.fault(path, f"can't read the file {file}: {(error.strerror or 'no reason').lower()}")
    return None


def read_rows(text: str, written: str, tracks: Mapping[str, str], findings: Findings) -> list[Read]:
    """The slots of a CSV file, whose first line names the columns."""
    first = next(iter(text.splitlines()), "")
    sign = max(",;\t", key=first.count)
    rows = csv.reader(text.splitlines(keepends=True), delimiter=sign, strict=True)
    try:
        columns = [cell.strip().lower() for cell in next(rows, [])]
        if not _has_columns(columns, f"{written}:1", findings):
            return []
        slots: list[Read] = []
        line = rows.line_num + 1
        for row in rows:
            if any(cell.strip() for cell in row):
                slots += _slot(columns, row, f"{written}:{line}", tracks, findings)
            line = rows.line_num + 1
    except csv.Error as error:
        findings.fault(f"{written}:{rows.line_num}", f"is not valid CSV: {error}")
        return []
    return slots


def _has_columns(columns: Sequence[str], path: str, findings: Findings) -> bool:
    """Whether the first line of a CSV file names columns that a slot has, and those that it needs."""
    if not any(column in COLUMNS for column in columns):
        findings.fault(path, f"must name the columns: {', '.join(COLUMNS)}")
        return False
    faults = [(column, unknown(column, COLUMNS)) for column in columns if column not in COLUMNS]
    faults += [(column, "is missing") for column in NEEDED if column not in columns]
    faults += [(column, "stands there twice") for column in COLUMNS if columns.count(column) > 1]
    for column, fault in faults:
        findings.fault(joined(path, column or "column"), fault)
    return not faults


def _slot(
    columns: Sequence[str], row: Sequence[str], path: str, tracks: Mapping[str, str], findings: Findings
) -> Iterator[Read]:
    """The keys of one row; none after a fault."""
    if len(row) > len(columns):
        findings.fault(
            path, f"has {len(row)} cells, but there are {len(columns)} columns; quote cells with commas"
        )
        return
    written = {column: cell.strip() for column, cell in zip(columns, row, strict=False) if cell.strip()}
    keys: dict[str, object] = dict(written)
    if "track" in written:
        keys["track"] = tracks.get(written["track"].casefold(), written["track"])
    if "agenda" in written:
        keys["agenda"] = [item.strip() for item in BETWEEN.split(written["agenda"]) if item.strip()]
    good = True
    for column in ("starts", "ends"):
        if column in written and (at := read_time(written[column])) is not None:
            keys[column] = at
        elif column in written:
            findings.fault(joined(path, column), NO_TIME)
            good = False
    if good:
        yield path, keys


def read_time(text: str) -> datetime | None:
    """A day and a time in ISO form; None for anything else, also for a day alone."""
    try:
        return datetime.fromisoformat(text) if re.search(r"[T ]\d", text) else None
    except ValueError:
        return None
