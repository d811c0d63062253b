"""Slots from CSV and iCalendar files: what is read, and what is said of each fault, with the line where it stands."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.config import Config, ConfigError, load
from bot.config.plugin_choice import Choice

CONFIG = """
[gathering]
starts = 2027-10-25
ends = 2027-11-05
timezone = "Europe/Berlin"
[[track]]
slug = "nova"
name = "Nova Compute"
[[track]]
slug = "cinder"
[schedule]
files = ["{file}"]
"""
CALENDAR = "BEGIN:VCALENDAR\r\n{}\r\nEND:VCALENDAR\r\n"
EVENT = """\
BEGIN:VEVENT
SUMMARY:{name}
LOCATION:Missouri
DTSTART;TZID=Europe/Berlin:{starts}
DTEND;TZID=Europe/Berlin:{ends}
{more}
END:VEVENT"""


def event(name: str, starts: str, ends: str, more: str = "URL:https://call.example.org/1") -> str:
    return EVENT.format(name=name, starts=starts, ends=ends, more=more)


def loaded(folder: Path, file: str, text: str | bytes) -> Config:
    (folder / file).write_bytes(text.encode() if isinstance(text, str) else text)
    config = folder / "config.toml"
    config.write_text(CONFIG.format(file=file), encoding="utf-8")
    return load(config, lambda _: Choice([]), {}, connecting=False)


def faults(folder: Path, file: str, text: str | bytes) -> list[str]:
    with pytest.raises(ConfigError) as caught:
        loaded(folder, file, text)
    return [fault.replace(str(folder), "FOLDER") for fault in caught.value.faults]


def at(*time: int) -> datetime:
    return datetime(2027, *time, tzinfo=UTC)  # type: ignore[arg-type,misc]


def test_a_table_of_any_program(tmp_path: Path) -> None:
    text = (
        "\ufeffName;Track;Place;Starts;Ends;Agenda;Link\r\n"
        'MonAM;Nova Compute;Missouri;2027-10-25 09:00;2027-10-25T11:00;"CI; Gates\nReleases";https://call.example.org/1\r\n'
        ";;;;;;\r\n"
        "MonPM;;Ballroom A - east;2027-10-25T13:00Z;2027-10-25T14:00Z\r\n"
    )
    slots = loaded(tmp_path, "slots.csv", text).setup.slots
    assert [(s.code, s.track, s.starts, s.ends, s.agenda, s.link) for s in slots] == [
        ("Missouri-MonAM", "nova", at(10, 25, 7), at(10, 25, 9), ("CI", "Gates", "Releases"), "https://call.example.org/1"),
        ("Ballroom A - east-MonPM", "", at(10, 25, 13), at(10, 25, 14), (), ""),
    ]  # fmt: skip


def test_all_faults_of_a_table_at_once_with_their_lines(tmp_path: Path) -> None:
    text = """name,track,place,starts,ends
MonAM,noav,Missouri,2027-10-25 09:00,2027-10-25 11:00
MonAM,,missouri,2027-10-25 09:00,2027-10-25 09:00
Wrong,,Ohio,25.10.2027 9:00,2027-10-25
,,Ohio,2027-10-25 13:00,2027-10-25 15:00
Gap,,Ohio,2027-10-31 02:30,2027-10-31 04:00
Old,,Ohio,2026-10-25 13:00,2026-10-25 15:00
Long,,Ohio,2027-10-25 16:00,2027-10-27 16:00
Cells,,Ohio,2027-10-25 13:00,2027-10-25 15:00,x,y
"""
    no_time = "must be a day and a time like 2027-10-20 13:00, with an offset (2027-10-20T13:00Z) or in the gathering's zone"
    assert faults(tmp_path, "slots.csv", text) == [
        f"slots.csv:4.starts: {no_time}",
        f"slots.csv:4.ends: {no_time}",
        "slots.csv:9: has 7 cells, but there are 5 columns; quote cells with commas",
        "slots.csv:5.name: is missing",
        "slots.csv:2.track: no track has the slug noav; did you mean nova?",
        "slots.csv:3.name: missouri-MonAM is listed twice; slots at one place need different names",
        "slots.csv:3.ends: must be after starts",
        "slots.csv:6.starts: 02:30 comes twice on that day in Europe/Berlin, where the clocks change; add an offset, like 2027-10-31T02:30:00+02:00",
        "slots.csv:7.starts: is in 2026, but the gathering starts on 2027-10-25",
        "slots.csv:8.ends: is more than a day after starts",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ["slots.csv:1: must name the columns: name, track, place, starts, ends, agenda, link"]),
        ("MonAM,nova\n", ["slots.csv:1: must name the columns: name, track, place, starts, ends, agenda, link"]),
        (
            "name,room,ends,ends\n",
            [
                "slots.csv:1.room: is not a known key; the known keys are agenda, ends, link, name, place, starts and track",
                "slots.csv:1.starts: is missing",
                "slots.csv:1.ends: stands there twice",
            ],
        ),
        ('name,starts,ends\n"MonAM,2027', ["slots.csv:2: is not valid CSV: unexpected end of data"]),
        (b"\xff\xfe", ["schedule.files[0]: the file FOLDER/slots.csv is not UTF-8 text"]),
        ("x" * (2 * 1024 * 1024 + 1), ["schedule.files[0]: the file FOLDER/slots.csv is larger than 2 MiB"]),
        (
            "name,starts,ends\n" + "a,2027-10-25 09:00,2027-10-25 10:00\n" * 2001,
            ["schedule.files[0]: slots.csv has 2001 slots; the limit is 2000"],
        ),
    ],
)  # fmt: skip
def test_a_file_that_is_no_table_of_slots(tmp_path: Path, text: str | bytes, expected: list[str]) -> None:
    assert faults(tmp_path, "slots.csv", text) == expected


def test_a_missing_file_and_one_of_another_kind(tmp_path: Path) -> None:
    config = tmp_path / "config.toml"
    config.write_text('[schedule]\nfiles = ["no.csv", "slots.xlsx", 7]\nfile = "x"')
    with pytest.raises(ConfigError) as caught:
        load(config, lambda _: Choice([]), {}, connecting=False)
    assert caught.value.faults == [
        "schedule.file: is not a known key; did you mean files?",
        "schedule.files[2]: must be text in quotes",
    ]
    config.write_text('[schedule]\nfiles = ["no.csv", "slots.xlsx"]')
    with pytest.raises(ConfigError) as caught:
        load(config, lambda _: Choice([]), {}, connecting=False)
    assert caught.value.faults == [
        f"schedule.files[0]: there is no file {tmp_path / 'no.csv'}",
        "schedule.files[1]: slots.xlsx is neither a .csv nor an .ics file",
    ]


def test_a_calendar(tmp_path: Path) -> None:
    events = [
        event(
            "nova compute", "20271025T090000", "20271025T110000", "DESCRIPTION:Bring ideas\\n- CI\\n* Gates"
        ),
        event("nova compute", "20271026T090000", "20271026T110000", "CATEGORIES:PTG,CINDER"),
        event("Free", "20271026T130000", "20271026T140000"),
        event("Gone", "20271027T130000", "20271027T140000", "STATUS:CANCELLED"),
        "BEGIN:VEVENT\nSUMMARY:Short\nDTSTART:20271101T090000\nDURATION:PT30M\nEND:VEVENT",
    ]
    config = loaded(tmp_path, "slots.ics", CALENDAR.format("\n".join(events)))
    assert [(s.code, s.track, s.starts, s.ends, s.agenda, s.link) for s in config.setup.slots] == [
        ("Missouri-nova compute Mon 25 09:00", "nova", at(10, 25, 7), at(10, 25, 9), ("CI", "Gates"), ""),
        ("Missouri-nova compute Tue 26 09:00", "cinder", at(10, 26, 7), at(10, 26, 9), (), ""),
        ("Missouri-Free", "", at(10, 26, 11), at(10, 26, 12), (), "https://call.example.org/1"),
        ("Short", "", at(11, 1, 8), at(11, 1, 8, 30), (), ""),
    ]
    assert "slots.ics:23: is left out, because it is cancelled" in config.notes


def test_all_faults_of_a_calendar_at_once_with_their_lines(tmp_path: Path) -> None:
    events = [
        "BEGIN:VEVENT\nSUMMARY:A\nDTSTART:20271025\nDTEND:20271026\nEND:VEVENT",
        "BEGIN:VEVENT\nSUMMARY:B\nDTSTART:soon\nEND:VEVENT",
        event("C", "20271025T090000", "20271025T110000", "RRULE:FREQ=DAILY"),
        event("D", "20271025T090000", "20271025T110000").replace("Europe/Berlin", "Mars/Olympus"),
        event("E", "20271025T110000", "20271025T090000"),
    ]
    assert faults(tmp_path, "slots.ics", CALENDAR.format("\n".join(events))) == [
        "slots.ics:2.DTSTART: is a whole day; a slot needs hours",
        "slots.ics:7.DTSTART: is missing, or is no day and time",
        "slots.ics:11: repeats; write each slot as an event of its own",
        "slots.ics:18.DTSTART: has the unknown time zone Mars/Olympus; write a name like Europe/Berlin",
        "slots.ics:25.ends: must be after starts",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("hello", "slots.ics:1: is not a calendar: Content line could not be parsed into parts: 'hello': Invalid content line"),
        ("", "slots.ics:1: has no event"),
        (CALENDAR.format("VERSION:2.0"), "slots.ics:1: has no event"),
        ("BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20271025T090000", "slots.ics:1: has no event"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_calendar(tmp_path: Path, text: str, expected: str) -> None:
    assert faults(tmp_path, "slots.ics", text) == [expected]


def test_what_overlaps_or_lies_outside_is_noted(tmp_path: Path) -> None:
    text = """name,track,place,starts,ends
A,nova,Missouri,2027-10-25 09:00,2027-10-25 11:00
B,cinder,Missouri,2027-10-25 10:00,2027-10-25 12:00
C,nova,Ohio,2027-10-25 10:59,2027-10-25 11:30
D,,Ohio,2027-10-25 11:30,2027-10-25 12:30
E,,Ohio,2027-10-24 11:30,2027-10-24 12:30
"""
    notes = loaded(tmp_path, "slots.csv", text).notes
    assert [note for note in notes if "slots.csv" in note] == [
        "slots.csv:6.starts: 2027-10-24 is not a day of the gathering",
        "slots.csv:3: Missouri-B overlaps Missouri-A, at the same place",
        "slots.csv:4: Ohio-C overlaps Missouri-A, of the same track",
    ]


def test_a_time_that_the_clocks_leave_out(tmp_path: Path) -> None:
    config = tmp_path / "config.toml"
    config.write_text(
        "[gathering]\ntimezone = 'Europe/Berlin'\n[[slot]]\nname = 'A'\nstarts = 2027-03-28T02:30:00\nends = 2027-03-28T05:00:00\n"
    )
    with pytest.raises(ConfigError) as caught:
        load(config, lambda _: Choice([]), {}, connecting=False)
    assert caught.value.faults == [
        "slot[0].starts: 02:30 does not exist on that day in Europe/Berlin, where the clocks change; add an offset, like 2027-03-28T02:30:00+01:00"
    ]
