"""The page of the schedule, a track's panel and signs, as a reader gets them."""

import re
from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from bot.core.state.setup import Slot, Track
from plugins.schedule.panels import slots_of_track, starts_soon
from tests.play import Stage
from tests.plugins.schedule.programme import HALL, setup, slot, stage
from tests.web.reader import Reader

NOW = datetime(2027, 10, 19, 13, tzinfo=UTC)
HOSTILE = '<script>alert("x")</script>'


def week() -> Stage:
    return stage(
        setup(
            slot("A", "nova", "Ohio", 19, 12.5, 1, link="https://call.example.org/?a=1&b=2"),
            slot("B", "", "Ohio", 19, 14),
            slot("C", "cinder", "Utah", 20, 9, 2),
            slot("D", "secret", "Iowa", 20, 9),
            slot("E", "nova", HOSTILE, 26, 9, 1, link="javascript:alert(1)"),
        )
    )


def text(html: str) -> str:
    """What a page says, without its markup and the choice of tracks and zones."""
    main = html[html.index("<main") : html.index("</main>")]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def test_the_present_week() -> None:
    page = Reader(week()).get("/schedule")
    assert text(page) == (
        "Schedule A free slot is booked in #ptg or in private, with its code: #TRACK book CODE . As a calendar: these tracks ; "
        "the page of a track has its own. Next week "
        "Tuesday 19 October From Ohio 14:30 CEST now Ohio Nova Join until 15:30 CEST "
        "16:00 CEST Ohio Free: Ohio-B until 17:00 CEST "
        "Wednesday 20 October From Utah 11:00 CEST Utah Cinder until 13:00 CEST Jump to now"
    )
    assert page.count('id="now"') == 1


def test_what_a_reader_chose() -> None:
    page = text(Reader(week()).get("/schedule?show=cinder&tz=Asia/Tokyo"))
    assert "18:00 JST Utah Cinder until 20:00 JST" in page
    assert "Nova" not in page
    assert "Free" not in page


def test_another_week_and_one_without_slots() -> None:
    reader = Reader(week())
    later = reader.get("/schedule?week=2027-10-27")
    assert "Previous week" in text(later)
    assert HOSTILE not in later
    assert "javascript:" not in re.sub(r">[^<]*<", "><", later)
    asked = ("2027-11-10", "soon", "0001-01-01", "9999-12-31")
    assert [reader.ask(f"/schedule?week={week}").status for week in asked] == [404] * 4


def test_a_schedule_without_slots_says_so() -> None:
    assert text(Reader(stage(setup())).get("/schedule")) == "Schedule No slot is in the schedule."


def test_what_is_on_is_marked_also_where_it_began_in_an_earlier_row() -> None:
    made = stage(
        setup(
            slot("A", "nova", "Ohio", 19, 12, 2),
            slot("B", "cinder", "Utah", 19, 13),
            slot("C", "", "Iowa", 19, 12),
        )
    )
    html = Reader(made).get("/schedule")
    cells = re.findall(r"<td[^>]*>.*?</td>", html, re.DOTALL)
    on = [cell for cell in cells if 'class="current"' in cell]
    assert [re.findall(r'href="/tracks/(\w+)"', cell) for cell in on] == [["nova"], ["cinder"]]


def test_a_private_track_is_nowhere() -> None:
    reader = Reader(week())
    for address in ("/schedule", "/schedule?show=secret", "/ALL.ics", "/secret.ics"):
        answer = reader.ask(address).body.decode()
        assert [word for word in ("Hush", "Iowa") if word in answer] == []


def test_a_booking_changes_the_day_alone() -> None:
    made = week()
    before = Reader(made).ask("/schedule").cut
    made.say("rosa", "#cinder book Ohio-B", HALL)
    after = Reader(made).ask("/schedule").cut
    assert before is not None
    assert after is not None
    assert set(after.changes_since(before)) == {
        "main"
    }  # nothing is free any more: the sentence above goes too
    made.say("rosa", "#cinder unbook Ohio-B", HALL)
    made.at += timedelta(minutes=40)
    later = Reader(made).ask("/schedule").cut
    assert later is not None
    assert set(later.changes_since(before)) == {"day-2027-10-19"}


@pytest.mark.parametrize(
    ("starts", "sign"),
    [
        (61, None),
        (60, "starts in 60 min"),
        (1, "starts in 1 min"),
        (-5, None),
        (-10, "no session yet"),
        (-60, None),
    ],
)
def test_signs(starts: int, sign: str | None) -> None:
    begins = NOW + timedelta(minutes=starts)
    made = stage(setup(Slot("A", "nova", "Ohio", begins, begins + timedelta(hours=1))))
    view = Reader(made).view()
    assert [one.text for one in starts_soon(view, view.tracks[0])] == ([sign] if sign else [])
    made.say("amaru", "#startmeeting Day 1")
    view = Reader(made).view()
    assert [one.text for one in starts_soon(view, view.tracks[0])] == []


def test_no_session_is_missed_where_a_track_has_no_room_for_one() -> None:
    begun = Slot("A", "kata", "Ohio", NOW - timedelta(minutes=30), NOW + timedelta(minutes=30))
    usual = setup(begun)
    made = stage(msgspec.structs.replace(usual, tracks=(*usual.tracks, Track("kata", "Kata"))))
    view = Reader(made).view()
    assert [one.text for one in starts_soon(view, view.tracks[-1])] == []


def test_the_panel_of_a_track() -> None:
    made = stage(
        setup(
            slot("A", "nova", "Ohio", 18, 9), slot("B", "nova", "Ohio", 20, 9, 1, link="https://x.example/")
        )
    )
    view = Reader(made).view()
    (panel,) = slots_of_track(view, view.tracks[0])
    assert [one.name for one in panel.context["slots"]] == ["B"]
    assert panel.context["earlier"] == 1
    assert list(slots_of_track(view, view.tracks[1])) == []
