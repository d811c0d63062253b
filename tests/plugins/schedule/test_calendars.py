"""Calendars: a slot is known by its UID whatever becomes of it, and two parsers read the same in every zone."""

import json
import os
import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from bot.api import GATHERING, Slot
from bot.api.facts import SlotBooked, SlotFreed
from bot.core.events import MomentDue
from bot.core.session.session import Entry
from bot.core.state.state import State
from plugins.schedule.calendars import CalendarEvent, calendar, events_of, uid_of
from plugins.schedule.facts import PublishedSlot, SlotsPublished
from plugins.schedule.published import CHANGED, Publication, change, publications
from plugins.schedule.zone_rules import clock_changes
from tests.play import Stage
from tests.plugins.schedule.programme import BERLIN, HALL, setup, slot, stage
from tests.web.reader import Reader

CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
ICAL_JS = CACHE / "gatherbot-tests/node/node_modules/ical.js/dist/ical.es5.cjs"
SCRIPT = Path(__file__).with_name("read_calendar.cjs")
NOON = datetime(2027, 10, 19, 12, tzinfo=UTC)


def by_icalendar(text: bytes) -> list[dict[str, Any]]:
    """The events of a calendar, with moments in milliseconds since 1970."""
    events: list[Any] = Calendar.from_ical(text).walk("VEVENT")
    return [
        {
            "uid": str(event["UID"]),
            "summary": str(event["SUMMARY"]),
            "place": str(event.get("LOCATION", "")),
            "description": str(event.get("DESCRIPTION", "")),
            "sequence": int(event["SEQUENCE"]),
            "status": str(event["STATUS"]),
            "changed": milliseconds(event["LAST-MODIFIED"].dt),
            "starts": milliseconds(event["DTSTART"].dt),
            "ends": milliseconds(event["DTEND"].dt),
        }
        for event in events
    ]


def by_ical_js(text: bytes) -> list[dict[str, Any]]:
    """The same by the parser that Thunderbird uses."""
    node = shutil.which("node")
    if node is None or not ICAL_JS.exists():
        missing = "node, and ical.js in the cache: tests/run installs it"
        if os.environ.get("CI"):
            pytest.fail(missing)
        pytest.skip(missing)
    done = subprocess.run([node, SCRIPT, ICAL_JS], input=text, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


def milliseconds(at: datetime) -> int:
    return round(at.timestamp() * 1000)


def event(name: str, starts: datetime, hours: float = 1, *, gone: bool = False, **keys: Any) -> CalendarEvent:
    shown = PublishedSlot(
        f"Missouri-{name}", name, "Missouri", starts, starts + timedelta(hours=hours), **keys
    )
    return CalendarEvent("nova", "Nova", keys.get("link", ""), Publication(shown, 3, NOON, gone), 2, NOON)


HOSTILE = event(
    'a\\;b,"c" <script>',
    NOON,
    link="https://example.org/?a=1;b,c",
    agenda=("x" * 300, "Zurück, 林; \\n", "BEGIN:VEVENT", "👋" * 80),
)
NIGHTS = [  # around both changes of the clocks in Berlin
    event(f"{month}-{day}-{hour}", datetime(2027, month, day, hour, 30, tzinfo=UTC), 1.5)
    for month, day in ((3, 27), (3, 28), (10, 30), (10, 31))
    for hour in range(24)
]  # fmt: skip


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe"])
def test_two_parsers_read_what_was_written(zone: str) -> None:
    events = [HOSTILE, event("gone", NOON, gone=True), *NIGHTS]
    text = calendar("Nova, all; of it", "2027-10", tuple(events), ZoneInfo(zone))
    slots = [one.publication.slot for one in events]
    read = by_icalendar(text)
    assert by_ical_js(text) == read
    assert [(one["starts"], one["ends"]) for one in read] == [
        (milliseconds(slot.starts), milliseconds(slot.ends)) for slot in slots
    ]
    assert read[0] == {
        "uid": uid_of(slots[0].code, "2027-10"),
        "summary": "Nova",
        "place": "Missouri",
        "description": "\n".join([*(f"- {item}" for item in slots[0].agenda), slots[0].link]),
        "sequence": 2,
        "status": "CONFIRMED",
        "changed": milliseconds(NOON),
        "starts": milliseconds(NOON),
        "ends": milliseconds(NOON) + 3_600_000,
    }
    assert read[1]["status"] == "CANCELLED"
    assert max(map(len, text.split(b"\r\n"))) <= 75


def test_utc_needs_no_rules_and_an_empty_calendar_is_one() -> None:
    assert b"VTIMEZONE" not in calendar("Nova", "2027-10", (HOSTILE,), ZoneInfo("UTC"))
    assert by_ical_js(calendar("Nova", "2027-10", (), BERLIN)) == []


@given(
    st.sampled_from(["Europe/Berlin", "Europe/Dublin", "America/Sao_Paulo", "Africa/Casablanca", "Pacific/Apia"]),
    st.integers(milliseconds(datetime(2000, 1, 1, tzinfo=UTC)), milliseconds(datetime(2035, 1, 1, tzinfo=UTC))),
)  # fmt: skip
@settings(max_examples=40)
def test_the_changes_of_clocks_tell_the_time_at_any_moment(zone: str, moment: int) -> None:
    at = datetime.fromtimestamp(moment // 1000, UTC)
    changes = [one for one in clock_changes(ZoneInfo(zone), at, at) if one.at <= at]
    assert changes[-1].after == at.astimezone(ZoneInfo(zone)).utcoffset()
    assert changes[-1].name == at.astimezone(ZoneInfo(zone)).tzname()


def test_a_link_of_another_scheme_is_no_address() -> None:
    text = calendar("Nova", "2027-10", (event("A", NOON, link="javascript:alert(1)"),), BERLIN)
    assert b"javascript" not in text


# What a slot goes through


class Course:
    """A gathering in which slots change, with the bot restarted at each change of the configuration."""

    def __init__(self, *slots: Slot) -> None:
        self.entries: list[Entry] = []
        self.minute = 0
        self.configure(*slots)

    def configure(self, *slots: Slot) -> None:
        """Another start, with these slots."""
        self.state = State(setup(*slots))
        for entry in self.entries:
            self.state.apply(entry)
        self.publish()

    def write(self, fact: object, stream: str = GATHERING) -> None:
        self.minute += 1
        entry = Entry(stream, f"c{self.minute}", NOON + timedelta(minutes=self.minute), None, fact)
        self.entries.append(entry)
        self.state.apply(entry)

    def publish(self) -> None:
        """What the moment leads to."""
        for track in self.state.setup.tracks:
            at = NOON + timedelta(minutes=self.minute + 1)
            found = change(publications(self.state, track.slug), self.state.setup, track.slug, at)
            if found is not None:
                self.write(found, f"track/{track.slug}")

    def book(self, code: str, track: str) -> None:
        self.write(SlotBooked("2027-10", code, track))
        self.publish()

    def free(self, code: str) -> None:
        self.write(SlotFreed("2027-10", code))
        self.publish()

    def shown(self, *slugs: str) -> list[tuple[str, str, int, bool]]:
        """Code, track, sequence, and whether it is gone."""
        tracks = [track for track in self.state.setup.tracks if track.slug in slugs]
        return [
            (e.publication.slot.code, e.track, e.sequence, e.publication.is_gone)
            for e in events_of(self.state, tracks, NOON)
        ]


def test_a_slot_that_moves_is_the_same_and_counts_up() -> None:
    course = Course(slot("A", "nova", "Ohio", 19, 9))
    course.configure(slot("A", "nova", "Ohio", 19, 9))
    assert course.shown("nova") == [("Ohio-A", "nova", 0, False)]
    course.configure(slot("A", "nova", "Ohio", 20, 9))
    assert course.shown("nova") == [("Ohio-A", "nova", 1, False)]
    course.configure()
    assert course.shown("nova") == [("Ohio-A", "nova", 2, True)]
    course.configure(slot("A", "nova", "Ohio", 20, 9))
    assert course.shown("nova") == [("Ohio-A", "nova", 3, False)]


def test_a_booking_that_goes_to_another_track() -> None:
    course = Course(slot("A", "", "Ohio", 19, 9))
    assert course.shown("nova", "cinder") == []
    course.book("ohio-a", "nova")
    assert course.shown("nova") == [("Ohio-A", "nova", 0, False)]
    course.free("Ohio-A")
    assert course.shown("nova") == [("Ohio-A", "nova", 1, True)]
    course.book("OHIO-A", "cinder")
    assert course.shown("cinder") == [("Ohio-A", "cinder", 2, False)]
    assert course.shown("nova") == [("Ohio-A", "nova", 2, True)]
    assert course.shown("nova", "cinder") == [("Ohio-A", "cinder", 2, False)]


def test_what_an_earlier_gathering_published_is_forgotten() -> None:
    earlier = PublishedSlot("Ohio-Z", "Z", "Ohio", NOON, NOON + timedelta(hours=1))
    course = Course()
    course.write(SlotsPublished("2027-04", NOON, (earlier,)), "track/nova")
    course.configure(slot("A", "nova", "Ohio", 19, 9))
    assert course.shown("nova") == [("Ohio-A", "nova", 0, False)]


STEPS = st.lists(
    st.tuples(st.sampled_from(["book", "free", "move", "take away"]), st.sampled_from(["nova", "cinder"])),
    max_size=12,
)


@given(STEPS)
@settings(max_examples=40)
def test_the_sequence_grows_whenever_what_is_shown_changes(steps: list[tuple[str, str]]) -> None:
    course, hour = Course(slot("A", "", "Ohio", 19, 9)), 9
    before: dict[str, tuple[object, ...]] = {}
    for what, track in steps:
        hour += what == "move"
        match what:
            case "book":
                course.book("Ohio-A", track)
            case "free":
                course.free("Ohio-A")
            case "move":
                course.configure(slot("A", "", "Ohio", 19, hour))
            case "take away":
                course.configure()
        for slug in ("nova", "cinder"):
            track_of = [one for one in course.state.setup.tracks if one.slug == slug]
            for one in events_of(course.state, track_of, NOON):
                slot_shown = one.publication.slot
                now = (slot_shown.starts, one.publication.is_gone, one.sequence, one.changed)
                was = before.get(slug, now)
                assert now[2:] >= was[2:]
                assert now[2] > was[2] or now[:2] == was[:2]  # type: ignore[operator]
                before[slug] = now


def ring(made: Stage) -> None:
    """Let the moment come at which what changed is written down."""
    (moment,) = (m for m in made.register.due(made.state, "track/nova") if m.name == CHANGED)
    made.event(MomentDue("", CHANGED, "track/nova", moment.at, made.at - moment.at))


def test_what_is_published_is_written_down_once() -> None:
    made = stage(setup(slot("A", "nova", "Ohio", 19, 16), slot("B", "", "Ohio", 19, 18)))
    ring(made)
    assert CHANGED not in [m.name for m in made.register.due(made.state, "track/nova")]
    made.say("amaru", "#nova book Ohio-B", HALL)
    ring(made)
    assert CHANGED not in [m.name for m in made.register.due(made.state, "track/nova")]
    written = made.state.every("track/nova", SlotsPublished)
    assert [[one.code for one in fact.slots] for fact in written] == [["Ohio-A"], ["Ohio-B"]]


def test_the_addresses_of_calendars() -> None:
    made = setup(
        slot("A", "nova", "Ohio", 19, 16), slot("B", "cinder", "Ohio", 19, 18), slot("C", "secret", "Iowa", 19, 18)
    )  # fmt: skip
    reader = Reader(stage(made))
    shown = {
        address: [str(e["summary"]) for e in by_icalendar(reader.get(address).encode())]
        for address in (
            "/ALL.ics",
            "/ptg.ics",
            "/ALL.ics?show=cinder",
            "/nova.ics",
            "/NOVA.ics?tz=Asia/Tokyo",
        )
    }
    assert shown == {
        "/ALL.ics": ["Nova", "Cinder"],
        "/ptg.ics": ["Nova", "Cinder"],
        "/ALL.ics?show=cinder": ["Cinder"],
        "/nova.ics": ["Nova"],
        "/NOVA.ics?tz=Asia/Tokyo": ["Nova"],
    }
    assert "DTSTART;TZID=Asia/Tokyo:20271020T010000" in reader.get("/nova.ics?tz=Asia/Tokyo")
    assert [reader.ask(address).status for address in ("/secret.ics", "/nothing.ics")] == [404, 404]
    assert reader.ask("/ALL.ics").type == "text/calendar; charset=utf-8"
