"""Where everybody reads along, no answer names a private track, whoever asks."""

import msgspec
from msgspec.structs import replace

from bot.core.events import Fetched, Power, Room
from plugins.board.ptgbot.imports import DATA, Wanted
from tests.play import Stage
from tests.plugins.schedule.programme import HALL, setup, slot, stage

HUSH = "irc/#hush"
TAKEN = slot("TueAM", "secret", "Ohio", 19, 13)


def gathering() -> Stage:
    """Amaru, a moderator, is in the room of the private track too."""
    made = stage(setup(TAKEN))
    made.ops = {"amaru"}
    made.say("amaru", "hello", HUSH)
    made.members = {}
    return made


def test_a_room_is_not_told_which_private_tracks_somebody_may_see() -> None:
    made = gathering()
    assert made.say("amaru", "#nosuch now cells", HALL) == ["> no track is called nosuch; try nova or cinder"]
    assert made.say("amaru", "#secre now cells", HALL) == ["> no track is called secre; try nova or cinder"]
    assert made.say("amaru", "#secre now cells", private=True) == [
        "> no track is called secre; did you mean secret?"
    ]


def test_an_import_does_not_say_who_has_a_slot_in_private() -> None:
    made = gathering()
    times = {"name": "TueAM", "realtime": "2027-10-19T13:00:00Z", "duration": 60}
    data = {"tracks": ["nova"], "slots": {"Tuesday": [times]}, "schedule": {"Ohio": {"TueAM": "nova"}}}
    room = Room(HALL, "irc", members=made.members)
    page = Fetched(
        DATA, "https://x.example.org/", made.at, room, made.who("amaru"), Power.MODERATOR,
        msgspec.json.encode(data).decode(), argument=Wanted(""),
    )  # fmt: skip
    (said,) = made.event(page)
    assert "Ohio-TueAM for nova (is booked for another track here)" in said


def test_where_somebody_is_is_not_told_when_that_track_became_private() -> None:
    made = gathering()
    made.say("amaru", "+in #nova", HALL)
    assert made.say("zed", "+seen amaru", HALL) == ["> amaru is in #nova, since 15:00 CEST"]
    hidden = tuple(replace(track, public=False) for track in made.state.setup.tracks)
    made.state.configure(replace(made.state.setup, tracks=hidden))
    assert made.say("zed", "+seen amaru", HALL) == ["> amaru has checked in nowhere"]
