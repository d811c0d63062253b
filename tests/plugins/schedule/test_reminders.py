"""Rooms and moderators hear of slots in time or not at all."""

from datetime import UTC, datetime, timedelta

from msgspec.structs import replace

from bot.core.events import Message, MomentDue, Power, Room
from plugins.schedule.reminders import NO_SESSION, SOON
from tests.play import ROOM, Stage
from tests.plugins.schedule.programme import HALL, setup, slot, stage

STARTS = datetime(2027, 10, 19, 14, tzinfo=UTC)


def made(link: str = "") -> Stage:
    """Nova has a slot at 14:00 UTC, and amaru, its moderator, is in its room."""
    there = setup(slot("A", "nova", "Ohio", 19, 14, link=link), slot("B", "", "Utah", 19, 15))
    nova, *others = there.tracks
    there = replace(there, tracks=(replace(nova, moderators=frozenset({"irc/amaru"})), *others))
    played = stage(there)
    played.accounts = {"amaru": "amaru"}
    played.say("amaru", "hello")
    return played


def rings(played: Stage, name: str, at: datetime, **late: float) -> list[str]:
    return played.event(MomentDue("", name, "track/nova", at, timedelta(**late)))


def moments(played: Stage) -> list[tuple[str, datetime]]:
    return [
        (m.name, m.at)
        for m in played.register.due(played.state, "track/nova")
        if m.name in {SOON, NO_SESSION}
    ]


def test_in_time_a_little_late_and_too_late() -> None:
    at = STARTS - timedelta(minutes=5)
    said = [
        rings(made(link="https://call.example.org/"), SOON, at, minutes=late)
        for late in (0, 3, 4, 4.5, 6, 600)
    ]
    rest = "at 16:00 CEST, in Ohio; the call: https://call.example.org/"
    assert said == [
        [f">[irc/#nova] Nova starts in 5 minutes, {rest}"],
        [f">[irc/#nova] Nova starts in 2 minutes, {rest}"],
        [f">[irc/#nova] Nova starts in 1 minute, {rest}"],
        [],
        [],
        [],
    ]


def test_where_a_session_runs_nobody_is_told() -> None:
    played = made()
    played.say("amaru", "#startmeeting Day 1")
    assert rings(played, SOON, STARTS - timedelta(minutes=5)) == []
    assert rings(played, NO_SESSION, STARTS + timedelta(minutes=10)) == []


def test_moderators_in_the_room_are_told_once_and_only_in_time() -> None:
    at = STARTS + timedelta(minutes=10)
    assert [rings(made(), NO_SESSION, at, minutes=late) for late in (0, 9, 11)] == [
        [
            ">amaru Nova was to start at 16:00 CEST, and no session was started; #startmeeting in #nova starts it"
        ],
        [
            ">amaru Nova was to start at 16:00 CEST, and no session was started; #startmeeting in #nova starts it"
        ],
        [],
    ]


def test_operators_of_the_room_are_told_and_no_services() -> None:
    played, at = made(), STARTS + timedelta(minutes=10)
    played.joins("rosa", "ChanServ", "okoye")
    powers = {"rosa": Power.MODERATOR, "chanserv": Power.MODERATOR, "okoye": Power.VOICE}
    room = Room(ROOM, "irc", members=played.members, powers=powers)
    played.event(Message(room, played.who("okoye"), "hello", played.at))
    told = "Nova was to start at 16:00 CEST, and no session was started; #startmeeting in #nova starts it"
    assert rings(played, NO_SESSION, at) == [f">amaru {told}", f">rosa {told}"]


def test_where_nobody_can_be_told_the_room_is() -> None:
    there = stage(setup(slot("A", "nova", "Ohio", 19, 14)))
    there.say("okoye", "hello")
    (said,) = rings(there, NO_SESSION, STARTS + timedelta(minutes=10))
    assert said.startswith(">[irc/#nova] Nova was to start at 16:00 CEST")


def test_a_booking_brings_moments_and_unbooking_takes_them_away() -> None:
    played = made()
    own = [(NO_SESSION, STARTS + timedelta(minutes=10)), (SOON, STARTS - timedelta(minutes=5))]
    assert moments(played) == own
    played.say("rosa", "#nova book Utah-B", HALL)
    hour = timedelta(hours=1)
    assert moments(played) == own + [(name, at + hour) for name, at in own]
    played.say("rosa", "#nova unbook Utah-B", HALL)
    assert moments(played) == own


def test_a_booking_at_the_last_minute_reminds_nobody_of_what_they_know() -> None:
    played = made()
    played.at = STARTS + timedelta(minutes=57)
    played.say("rosa", "#nova book Utah-B", HALL)
    assert (SOON, STARTS + timedelta(minutes=55)) not in moments(played)
    assert (NO_SESSION, STARTS + timedelta(minutes=70)) in moments(played)
