"""Whatever stands in a file of slots, it is read or refused in words."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.config.faults import Findings
from bot.config.slot_calendars import read_calendar
from bot.config.slot_files import read_rows

TRACKS = {"nova": "nova"}
CELLS = st.sampled_from(
    ["name", "track", "starts", "ends", "agenda", "", "nova", "A", "2027-10-19 09:00", "2027-10-19T11:00Z", "9999-12-31 23:59",
     '"', '"a,b"', "a;b", "\x00", "0001-01-01 00:00", "x" * 2000, "é"]
)  # fmt: skip
LINES = st.sampled_from(
    ["BEGIN:VCALENDAR", "END:VCALENDAR", "BEGIN:VEVENT", "END:VEVENT", "SUMMARY:A", "SUMMARY;LANGUAGE=de:A\\, b", "LOCATION:",
     "DTSTART:20271019T090000Z", "DTSTART;TZID=Europe/Berlin:20271019T090000", "DTSTART;VALUE=DATE:20271019", "DTSTART:x", "DTSTART;TZID=Mars:20271019T090000",
     "DTEND:20271019T100000Z", "DURATION:PT1H", "DURATION:x", "DURATION:P99999999999W", "RRULE:FREQ=DAILY", "CATEGORIES:Nova,PTG", "CATEGORIES:x", "STATUS:CANCELLED",
     "DESCRIPTION:- a\\n- b", "BEGIN:VTIMEZONE", "END:VTIMEZONE", "TZID:Mars", " folded", "", ":", "X;=:", "\x00", "URL:javascript:x",
     "DTSTART:20271019T090000Z,20271020T090000Z", "BEGIN:VALARM", "END:VALARM"]
)  # fmt: skip


@given(st.lists(st.lists(CELLS, max_size=6).map(",".join), max_size=6).map("\n".join))
def test_any_table(text: str) -> None:
    findings = Findings()
    read = read_rows(text, "slots.csv", TRACKS, findings)
    assert read or findings.faults or text.count("\n") == text.strip().count("\n") or not text.strip()
    assert all(path.startswith("slots.csv:") for path, _ in read)
    assert all(fault.startswith("slots.csv:") for fault in findings.faults)


@given(st.lists(LINES, max_size=14))
@settings(max_examples=150)
def test_any_calendar(lines: list[str]) -> None:
    findings = Findings()
    text = "\r\n".join(["BEGIN:VCALENDAR", *lines, "END:VCALENDAR", ""])
    read = read_calendar(text, "slots.ics", TRACKS, findings)
    assert all(path.startswith("slots.ics:") for path, _ in read)
    assert all(fault.startswith("slots.ics:") for fault in findings.faults)
    assert read or findings.faults or findings.notes


@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_cells_are_separated_as_programs_do(sign: str) -> None:
    rows = [["name", "starts", "ends"], ['"A, b; c"', "2027-10-19 09:00", "2027-10-19 10:00"]]
    text = "\n".join(sign.join(row) for row in rows)
    ((path, keys),) = read_rows(text, "slots.csv", TRACKS, Findings())
    assert (path, keys["name"]) == ("slots.csv:2", "A, b; c")
