"""Which reactions are raised hands, and what somebody's several hands are worth."""

import pytest

from bot.bundled import bundled_plugins
from bot.core.events import Power, Reacted, Redacted, Room
from bot.core.words.emoji import plain_emoji as plain
from plugins.floor import phrases
from plugins.floor.fold import floor_of
from plugins.floor.hands import MOST_HANDS, is_hand
from tests.play import ROOM, Stage

HANDS = ("✋", "✋🏿", "🖐", "🖐️", "🖐🏻", "🙋", "🙋🏽", "🙋‍♀️", "🙋🏽‍♂️", "🙋\u200d♀")


@pytest.mark.parametrize("emoji", HANDS)
def test_a_raised_hand(emoji: str) -> None:
    assert is_hand(plain(emoji))


@pytest.mark.parametrize(
    "emoji", ["", "👍", "👋", "✊", "🤚", "✋✋", "✋!", "hand", "👍✋", "❤️", "♀", "\u200d"]
)
def test_no_raised_hand(emoji: str) -> None:
    assert not is_hand(plain(emoji))


class Reacting(Stage):
    def react(self, nick: str, emoji: str = "✋", room: str = ROOM, *, power: Power = Power.NONE) -> str:
        """React to some message; the id of the reaction."""
        self.count += 1
        cause = f"m{self.count}"
        where = Room(room, "irc", members=self.members)
        self.event(Reacted(where, self.who(nick), "e", emoji, self.at, power, cause))
        return cause

    def take_back(self, nick: str, reaction: str) -> None:
        self.event(Redacted(Room(ROOM, "irc", members=self.members), self.who(nick), reaction, self.at))

    @property
    def names(self) -> list[str]:
        return [place.person.name for place in floor_of(self.state, self.session).places]


@pytest.fixture
def stage() -> Reacting:
    made = Reacting(bundled_plugins())
    made.say("amaru", "#startmeeting Day 1")
    return made


def test_a_hand_is_a_place_as_long_as_it_is_up(stage: Reacting) -> None:
    reaction = stage.react("rosa")
    assert stage.names == ["rosa"]
    assert stage.decisions[-1].orders == []
    stage.take_back("rosa", reaction)
    assert stage.names == []


def test_all_hands_must_come_down(stage: Reacting) -> None:
    first, second = stage.react("rosa"), stage.react("rosa", "🙋")
    stage.react("okoye")
    stage.take_back("rosa", first)
    assert stage.names == ["rosa", "okoye"]
    stage.take_back("rosa", second)
    assert stage.names == ["okoye"]


def test_what_was_said_stays_when_the_hand_comes_down(stage: Reacting) -> None:
    reaction = stage.react("rosa")
    assert stage.say("rosa", "q+") == [f"> {phrases.THERE_ALREADY(name='rosa', place='1st', noted=False)}"]
    stage.take_back("rosa", reaction)
    assert stage.names == ["rosa"]


def test_many_hands_are_counted_no_further(stage: Reacting) -> None:
    stage.say("rosa", "q+")
    counts = []
    for _ in range(MOST_HANDS + 2):
        stage.react("rosa")
        counts.append(len(stage.decisions[-1].entries))
    assert counts == [1] * MOST_HANDS + [0, 0]
    assert stage.names == ["rosa"]


def test_a_hand_elsewhere_or_without_a_session_is_nothing(stage: Reacting) -> None:
    stage.react("rosa", room="irc/#kata")
    assert (stage.names, stage.decisions[-1].entries, stage.decisions[-1].orders) == ([], [], [])
    stage.say("amaru", "#endmeeting")
    stage.react("rosa")
    assert (stage.decisions[-1].entries, stage.decisions[-1].orders) == ([], [])


def test_a_closed_queue_is_for_chairs(stage: Reacting) -> None:
    stage.say("amaru", "#queue close")
    stage.react("rosa")
    stage.react("amaru")
    stage.react("okoye", power=Power.MODERATOR)
    assert stage.names == ["amaru", "okoye"]


def test_a_full_queue_takes_no_hand(stage: Reacting) -> None:
    guests = [f"guest{n}" for n in range(100)]
    stage.joins(*guests)
    stage.say("amaru", f"q= {', '.join(guests)}")
    stage.react("rosa")
    assert len(stage.names) == 100
    assert stage.decisions[-1].entries == []


def test_a_hand_that_was_heard_and_comes_down_changes_nothing(stage: Reacting) -> None:
    reaction = stage.react("rosa")
    stage.say("amaru", "ack rosa")
    stage.take_back("rosa", reaction)
    floor = floor_of(stage.state, stage.session)
    assert floor.speaker is not None
    assert floor.speaker.person == stage.who("rosa")
