"""Rights that only a nick proves last as long as the nick was watched, and come back with the same user@host."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.facts import ConfirmationAsked, PersonWatched, SightLost
from bot.core.session.fold import fold
from bot.core.session.session import Session
from bot.core.state.access import authored, is_chair
from plugins import corrections, records, sessions
from tests.growth import MOST, growth
from tests.play import ROOM, Stage

HOME, ELSEWHERE, CLOAK = "~rosa@home.example", "~rosa@elsewhere.example", "rosa@user/rosa"
ASKED = (
    f">[{ROOM}] I lost sight of rosa, a chair, and can't tell whether this is the same person: "
    "a chair or a moderator can confirm it with #chair rosa"
)


@pytest.fixture
def stage() -> Stage:
    """Rosa has no account; she chairs a session and is the author of record 1."""
    it = Stage([sessions.plugin, records.plugin, corrections.plugin])
    it.sighted("rosa", HOME)
    it.sighted("amaru", "~amaru@home.example")
    it.say("amaru", "#startmeeting Day 1")
    it.say("amaru", "#chair rosa")
    it.say("rosa", "#info one")
    return it


def rights(stage: Stage, nick: str) -> tuple[bool, list[int]]:
    """Whether somebody is a chair, and the records that they may correct."""
    session, who = stage.session, stage.who(nick)
    return is_chair(session, who), [record.n for record in authored(session, who)]


ALL: tuple[bool, list[int]] = (True, [1])
NONE: tuple[bool, list[int]] = (False, [])


def test_a_reconnect_changes_nothing_for_the_same_host(stage: Stage) -> None:
    stage.connects()
    assert rights(stage, "rosa") == NONE
    assert stage.sighted("rosa", HOME) == []
    assert rights(stage, "rosa") == ALL


def test_after_a_reconnect_another_host_has_no_right_and_the_room_is_told_once(stage: Stage) -> None:
    stage.connects()
    assert stage.sighted("rosa", ELSEWHERE) == [ASKED]
    assert stage.sighted("rosa", "~rosa@third.example") == []
    assert rights(stage, "rosa") == NONE
    only = "only a chair or a moderator can end the session before 14:00 UTC; chairs here: amaru and rosa"
    unsure = "I lost sight of rosa"
    assert stage.say("rosa", "#endmeeting") == [
        f"> {only}; {unsure}; a chair or a moderator can confirm you: #chair rosa"
    ]


def test_a_chair_confirms_with_a_word(stage: Stage) -> None:
    stage.connects()
    stage.sighted("amaru", "~amaru@home.example")
    stage.sighted("rosa", ELSEWHERE)
    assert stage.say("amaru", "#chair rosa") == ["> chairs: amaru and rosa"]
    assert rights(stage, "rosa") == (True, [])
    stage.connects()
    assert stage.sighted("rosa", HOME) == [ASKED]
    assert not rights(stage, "rosa")[0]
    stage.sighted("rosa", ELSEWHERE)
    assert rights(stage, "rosa")[0]


def test_a_moderator_confirms_when_no_chair_is_left(stage: Stage) -> None:
    stage.connects()
    stage.sighted("rosa", ELSEWHERE)
    stage.ops.add("jbell")
    assert stage.say("rosa", "#chair rosa")[0].startswith("> only a chair or a moderator can use #chair;")
    assert stage.say("jbell", "#chair rosa") == ["> chairs: amaru and rosa"]
    assert rights(stage, "rosa")[0]


@pytest.mark.parametrize("split", [True, False])
def test_whoever_takes_the_nick_after_a_quit_or_a_split_has_no_right(stage: Stage, *, split: bool) -> None:
    stage.quits("rosa", split=split)
    stage.sighted("rosa", ELSEWHERE)
    assert rights(stage, "rosa") == NONE
    stage.quits("rosa", split=split)
    stage.sighted("rosa", HOME)
    assert rights(stage, "rosa") == ALL


def test_the_thief_owns_what_the_thief_recorded_and_no_more(stage: Stage) -> None:
    stage.quits("rosa")
    stage.sighted("rosa", ELSEWHERE)
    stage.say("rosa", "#info two")
    assert rights(stage, "rosa") == (False, [2])
    stage.quits("rosa")
    stage.sighted("rosa", HOME)
    assert rights(stage, "rosa") == ALL


def test_a_nick_that_services_took_away_and_gave_back_keeps_its_rights(stage: Stage) -> None:
    stage.rename("rosa", "Guest7")
    assert rights(stage, "Guest7") == ALL
    stage.rename("Guest7", "rosa")
    assert rights(stage, "rosa") == ALL


def test_who_comes_back_under_another_nick_first_is_recognized_with_the_old_one(stage: Stage) -> None:
    stage.quits("rosa")
    stage.sighted("rosa_", HOME)
    assert rights(stage, "rosa_") == NONE
    stage.rename("rosa_", "rosa")
    assert rights(stage, "rosa") == ALL


def test_a_host_that_changes_while_it_is_watched_is_the_proof_from_then_on(stage: Stage) -> None:
    stage.sighted("rosa", CLOAK)
    stage.connects()
    stage.sighted("rosa", HOME)
    assert rights(stage, "rosa") == NONE
    stage.sighted("rosa", CLOAK)
    assert rights(stage, "rosa") == ALL


def test_who_logs_in_while_watched_has_the_rights_by_account_from_then_on(stage: Stage) -> None:
    stage.accounts["rosa"] = "rosaparra"
    stage.sighted("rosa", HOME)
    stage.connects()
    stage.accounts["r"] = "rosaparra"
    stage.sighted("r", ELSEWHERE)
    assert rights(stage, "r") == ALL
    stage.accounts["rosa"] = "evil"
    stage.sighted("rosa", HOME)
    assert rights(stage, "rosa") == NONE


def test_another_account_does_not_take_a_lapsed_right(stage: Stage) -> None:
    stage.connects()
    stage.accounts["rosa"] = "evil"
    stage.sighted("rosa", ELSEWHERE)
    stage.say("rosa", "hello")
    assert rights(stage, "rosa") == NONE


def test_a_chair_who_was_never_seen_must_be_confirmed_after_a_gap(stage: Stage) -> None:
    stage.say("amaru", "#chair okoye")
    stage.connects()
    stage.sighted("okoye", "~o@home.example")
    assert not is_chair(stage.session, stage.who("okoye"))
    stage.quits("okoye")
    stage.sighted("okoye", "~o@home.example")
    assert not is_chair(stage.session, stage.who("okoye"))


def test_a_right_that_was_taken_back_does_not_come_back(stage: Stage) -> None:
    stage.connects()
    stage.sighted("amaru", "~amaru@home.example")
    stage.say("amaru", "#unchair rosa")
    stage.sighted("rosa", HOME)
    assert rights(stage, "rosa") == (False, [1])


def test_an_undo_of_the_message_that_brought_somebody_back_changes_nothing_of_that(stage: Stage) -> None:
    stage.connects()
    stage.state.sighted(stage.who("rosa"), HOME)  # as for a session that a command loads
    stage.say("rosa", "#info two")
    assert stage.say("rosa", "#undo") != []
    assert rights(stage, "rosa") == ALL


def test_the_journal_grows_by_what_changes_alone(stage: Stage) -> None:
    before = len(stage.session.entries)
    for _ in range(3):
        stage.sighted("rosa", HOME)
        stage.say("rosa", "#help")
    for _ in range(3):
        stage.connects()
    for _ in range(3):
        stage.sighted("rosa", ELSEWHERE)
    facts = [entry.fact for entry in stage.session.entries.after(before)]
    rosa = stage.who("rosa")
    assert facts == [SightLost("irc"), PersonWatched(rosa, ELSEWHERE), ConfirmationAsked(rosa)]


def test_a_command_that_lost_its_proof_does_nothing_and_must_be_said_again(stage: Stage) -> None:
    before = stage.session
    assert stage.say("rosa", "#info x", proof_lost=True) == [
        "> nothing came of that: the nick rosa changed hands while I asked the network whose it is; rosa can say it again"
    ]
    assert stage.say("rosa", "hello", proof_lost=True) == []
    assert stage.session == before


NICKS = ("rosa", "amaru", "lin")
HOSTS = ("a@one.example", "b@two.example", "c@three.example")


class World(Stage):
    """A network of three people, of whom each has a host of their own and perhaps one of three nicks at a time.

    wearers: who really has a nick now, by nick
    holders: who was really given a right: the people who may be chairs, and the authors by record
    """

    def __init__(self) -> None:
        super().__init__([sessions.plugin, records.plugin, corrections.plugin])
        self.wearers: dict[str, str] = {}
        self.visible = True
        self.chairs: set[str] = set()
        self.authors: dict[int, str] = {}

    def takes(self, host: str, nick: str) -> None:
        if nick in self.wearers:
            return
        before = next((old for old, who in self.wearers.items() if who == host), None)
        if before is not None:
            del self.wearers[before]
        self.wearers[nick] = host
        if self.visible and before is not None:
            self.rename(before, nick)
        if self.visible:
            self.sighted(nick, host)

    def leaves(self, nick: str, *, split: bool) -> None:
        if self.wearers.pop(nick, None) and self.visible:
            self.quits(nick, split=split)

    def goes_blind(self) -> None:
        self.visible = False

    def sees_again(self) -> None:
        if not self.visible:
            self.visible = True
            self.connects()
            for nick, host in self.wearers.items():
                self.sighted(nick, host)

    def begins(self, nick: str) -> None:
        if self.visible and nick in self.wearers and not self.chairs:
            self.say(nick, "#startmeeting Day 1")
            self.chairs.add(self.wearers[nick])

    def records(self, nick: str) -> None:
        if self.visible and nick in self.wearers and self.chairs:
            self.say(nick, "#info x")
            self.authors[self.session.records[-1].n] = self.wearers[nick]

    def names(self, chair: str, nick: str) -> None:
        if self.visible and {chair, nick} <= self.wearers.keys() and self.chairs:
            if is_chair(self.session, self.who(chair)):
                self.chairs.add(self.wearers[nick])
            self.say(chair, f"#chair {nick}")


NICK, HOST = st.sampled_from(NICKS), st.sampled_from(HOSTS)
STEPS = st.one_of(
    st.tuples(st.just("takes"), HOST, NICK),
    st.tuples(st.just("takes"), HOST, NICK),
    st.tuples(st.just("leaves"), NICK),
    st.tuples(st.just("splits"), NICK),
    st.tuples(st.just("goes_blind")),
    st.tuples(st.just("sees_again")),
    st.tuples(st.just("begins"), NICK),
    st.tuples(st.just("records"), NICK),
    st.tuples(st.just("names"), NICK, NICK),
)


@given(st.lists(STEPS, max_size=40))
@settings(max_examples=300, deadline=None)
def test_nobody_has_a_right_but_the_person_who_was_given_it(steps: list[tuple[str, ...]]) -> None:
    world = World()
    for name, *arguments in [("takes", HOSTS[0], "rosa"), ("begins", "rosa"), *steps]:
        match name:
            case "leaves" | "splits":
                world.leaves(arguments[0], split=name == "splits")
            case _:
                getattr(world, name)(*arguments)
        if not world.visible or not world.chairs:
            continue
        session = world.session
        assert fold(session.entries) == session
        for nick, host in world.wearers.items():
            who = world.who(nick)
            assert not is_chair(session, who) or host in world.chairs
            mine = {record.n for record in authored(session, who)}
            assert mine <= {n for n, author in world.authors.items() if author == host}


@pytest.mark.parametrize(
    "line",
    ["* #info two", "... long message truncated: https://paste.example.org/x (12 lines)", "- two"],
)
@pytest.mark.parametrize("nick", ["lin", "lin[m]"])
def test_whoever_takes_a_nick_mends_no_record_over_a_bridge(stage: Stage, nick: str, line: str) -> None:
    stage.sighted(nick, HOME)
    stage.say(nick, "#info one")
    stage.quits(nick)
    stage.sighted(nick, ELSEWHERE)
    stage.say(nick, line)
    assert [record.content.text for record in stage.session.records] == ["one", "one"]


def test_authors_are_known_in_linear_time_however_often_nicks_change(stage: Stage) -> None:
    def session(count: int) -> Session:
        it = Stage([sessions.plugin, records.plugin])
        it.say("amaru", "#startmeeting Day 1")
        for n in range(count):
            it.say("rosa", f"#info {n}")
        for n in range(count):
            it.rename("rosa" if n == 0 else f"rosa{n - 1}", f"rosa{n}")
        return it.session

    small, large = session(100), session(200)
    who = stage.who("lin")
    assert growth(lambda one: authored(one, who), small, large) <= MOST
