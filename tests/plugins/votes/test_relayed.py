"""People behind a relay are only names: whether they have a vote, and that nobody counts twice."""

import pytest

from bot.bundled import bundled_plugins
from bot.core.events import Message, Room
from bot.core.people.identity import Identity, is_relayed, relayed_by
from bot.core.people.roll import roll
from bot.core.plugin.registration import register
from bot.core.state.setup import Setup, Track
from plugins.votes import phrases
from plugins.votes.settings import VotesTrack
from tests.play import ROOM, Stage

BRIDGE, OTHER = Identity("irc", "bridge", "bridge", "bridge"), Identity("irc", "tele", "tele")
PLUGINS = bundled_plugins()
REFUSED = phrases.RELAYED(who="rosa")


class Hall(Stage):
    """A room with a relay, and a motion that is open."""

    def __init__(self, **votes: object) -> None:
        track = Track("nova", "Nova", venues=((ROOM,),), models={VotesTrack: VotesTrack(**votes)})  # type: ignore[arg-type]
        setup = Setup(tracks=(track,))
        super().__init__(register(PLUGINS, setup), setup)
        self.say("amaru", "#startmeeting Day 1")
        self.say("amaru", "#motion Drop Python 3.9")

    def relayed(self, name: str, text: str, relay: Identity = BRIDGE) -> list[str]:
        self.count += 1
        return self.event(Message(Room(ROOM, "irc"), relayed_by(relay, name), text, self.at))

    def result(self) -> str:
        return self.say("amaru", "#close")[0].partition("; ")[0]


RESULT = '> the motion "Drop Python 3.9" is '


@pytest.mark.parametrize("said", ["+1", "#vote +1"])
def test_a_relayed_vote_is_not_counted_and_the_answer_says_why(said: str) -> None:
    room = Hall()
    assert room.relayed("rosa", said) == [f"> {REFUSED}"]
    room.say("lin", "+1")
    assert room.result() == f"{RESULT}agreed (1 for: lin; 0 against)".partition("; ")[0]


def test_the_answer_says_what_to_do() -> None:
    assert REFUSED == (
        "rosa speaks through a relay, which doesn't prove who it is, so the vote is not counted; vote in this room "
        "itself, or ask the organizers to allow relayed votes (relayed_votes in the configuration)"
    )


def test_where_relayed_votes_are_allowed_the_result_calls_them_unproven() -> None:
    room = Hall(relayed_votes="unproven")
    assert room.relayed("rosa", "+1") == ["> rosa votes +1"]
    assert room.result() == f"{RESULT}agreed (1 for: rosa [unproven]"


@pytest.mark.parametrize("relayed_first", [True, False])
def test_relayed_and_direct_is_one_person_whose_direct_vote_counts(*, relayed_first: bool) -> None:
    room = Hall(relayed_votes="unproven")
    if relayed_first:
        room.relayed("Rosa", "-1")
    room.say("rosa_", "+1")
    room.relayed("rosa", "-1")
    room.say("lin", "+1")
    assert room.say("amaru", "#close")[0].startswith(f"{RESULT}agreed (2 for: rosa_, lin; 0 against)")


def test_a_name_counts_once_however_many_relays_bring_it() -> None:
    room = Hall(relayed_votes="unproven")
    room.relayed("rosa", "+1")
    room.relayed("Rosa", "-1", OTHER)
    assert room.say("amaru", "#close")[0].startswith(f"{RESULT}rejected (0 for; 1 against: Rosa [unproven])")


def test_only_configured_voters_vote_where_there_are_any() -> None:
    room = Hall(relayed_votes="unproven", voters=["irc/lin"])
    assert room.relayed("lin", "+1") == ["> lin has no vote here; voter: irc/lin"]


def test_relayed_and_direct_is_once_in_the_attendance() -> None:
    room = Hall()
    room.relayed("rosa", "hello")
    room.say("rosa", "hello")
    (session,) = room.state.sessions()
    assert [person.name for person in roll([session]).present] == ["amaru", "rosa"]


@pytest.mark.parametrize("key", ["rosa", "@rosa/<x>:hs.example", "rosa/<x", "/<", "<rosa>"])
def test_nobody_else_looks_relayed(key: str) -> None:
    assert not is_relayed(Identity("irc", "rosa", key))
    assert is_relayed(relayed_by(BRIDGE, "rosa"))


def test_a_relayed_objection_holds_up_a_motion_though_it_does_not_count() -> None:
    room = Hall()
    room.say("lin", "+1")
    assert room.relayed("rosa", "-1 too long") == [f"> {REFUSED}"]
    (held,) = room.say("amaru", "#close")
    assert held.startswith("> the last word of rosa was a -1 that I couldn't count")
    (closed,) = room.say("amaru", "#close!")
    assert closed.endswith("(1 for: lin; 0 against); -1 not counted: rosa; #1 agreed")
