"""Owners over two networks: pills, shown names, identities of one person."""

import pytest

from bot.core.events import Message, NickChanged, Room
from bot.core.facts import GATHERING, Account, IdentityClaimed, Owner
from bot.core.people.identity import Identity
from bot.core.session.session import Entry
from bot.core.state.setup import Setup, Track
from plugins import actions, attendance, corrections, records, sessions
from plugins.actions.mentions import read_mentioning, task_of
from tests.play import Stage

HALL = "matrix/#nova:hs.example"
SETUP = Setup(
    tracks=(Track("nova", "Nova", venues=(("oftc/#nova", HALL),)),),
    networks={"oftc": "irc", "matrix": "matrix"},
)


def matrix(name: str, mxid: str) -> Identity:
    return Identity("matrix", name, mxid, mxid)


AMARU = Identity("oftc", "amaru", "amaru", "amaru")
ROSA = matrix("Rosa Parra", "@rosa:hs.example")
OKOYE = matrix("Okoye, Ada (to go) and 🌊", "@Ada:hs.example")
NAMESAKE = matrix("rosa parra", "@other:hs.example")


class Linked(Stage):
    """Two linked rooms; who is on Matrix is there from the beginning."""

    def __init__(self) -> None:
        super().__init__(
            [sessions.plugin, records.plugin, actions.plugin, corrections.plugin, attendance.plugin], SETUP
        )
        self.there = {one.key: one for one in (ROSA, OKOYE)}
        self.here = {AMARU.key: AMARU}
        self.said(AMARU, "#startmeeting Day 1")

    def said(self, who: Identity, text: str, *mentions: tuple[str, Identity]) -> list[str]:
        """What is said in the room of the line; the other room hears what is recorded, too."""
        self.count += 1
        self.later(seconds=1)
        room = Room(HALL, "matrix", members=self.there, casemapping="ascii")
        if who.network == "oftc":
            room = Room("oftc/#nova", "oftc", members=self.here)
        answers = self.event(Message(room, who, text, self.at, mentions=mentions))
        return [answer for answer in answers if not answer.startswith(">[")]

    def owners(self, n: int) -> list[Identity | str]:
        record = self.session.record(n)
        assert record is not None
        return [owner.person or owner.name for owner in record.content.owners]

    def link(self, one: Account, other: Account) -> None:
        for n, fact in enumerate((IdentityClaimed(one, other), IdentityClaimed(other, one))):
            self.state.apply(Entry(GATHERING, f"g{self.count}{n}", self.at, None, fact))


@pytest.fixture
def stage() -> Linked:
    return Linked()


def test_who_is_known_on_the_other_network_only_is_found_from_here(stage: Linked) -> None:
    stage.said(ROSA, "hello")
    assert stage.said(AMARU, "#action rosa to write it") == ["> #1 for Rosa Parra"]
    assert stage.said(AMARU, "#action Rosa Parra and amaru to read it") == ["> #2 for Rosa Parra, amaru"]
    assert stage.said(ROSA, "#action amaru, me to mend it") == ["> #3 for amaru, Rosa Parra"]
    assert [stage.owners(n) for n in (1, 2, 3)] == [[ROSA], [ROSA, AMARU], [AMARU, ROSA]]


def test_who_is_in_a_linked_room_and_said_nothing_is_found_once_the_room_was_heard(stage: Linked) -> None:
    stage.said(ROSA, "hello")
    stage.said(AMARU, "#action @ada to write it")
    assert stage.owners(1) == [OKOYE]


def test_words_that_mean_somebody_are_an_owner_whatever_is_in_them(stage: Linked) -> None:
    stage.said(
        ROSA, f"#action {OKOYE.name}, Rosa Parra to write it", (OKOYE.name, OKOYE), ("Rosa Parra", ROSA)
    )
    assert stage.owners(1) == [OKOYE, ROSA]
    stage.said(ROSA, f"#action talk with {OKOYE.name} soon", (OKOYE.name, OKOYE))
    assert stage.owners(2) == [OKOYE]
    record = stage.session.record(1)
    assert record is not None
    assert record.text == f"{OKOYE.name}, Rosa Parra to write it"
    assert record.content.owners == (Owner(OKOYE.name, OKOYE), Owner("Rosa Parra", ROSA))
    assert task_of(record.content, record.by) == "write it"


def test_what_is_mentioned_and_not_in_the_text_owns_nothing(stage: Linked) -> None:
    stage.said(ROSA, "#action find a room", ("Okoye", OKOYE))
    assert stage.owners(1) == []


def test_a_mention_alone_is_recorded_and_its_task_asked_for(stage: Linked) -> None:
    assert stage.said(ROSA, f"#action {OKOYE.name}", (OKOYE.name, OKOYE)) == [
        f"> #1 for {OKOYE.name}, without a task: #edit 1 {OKOYE.name} to TEXT adds it"
    ]
    assert stage.owners(1) == [OKOYE]


def test_a_mention_means_its_person_and_not_a_namesake(stage: Linked) -> None:
    stage.there[NAMESAKE.key] = NAMESAKE
    stage.said(ROSA, "#action Rosa Parra to write it", ("Rosa Parra", NAMESAKE))
    stage.said(ROSA, "#action Rosa Parra to write it")
    assert [stage.owners(n) for n in (1, 2)] == [[NAMESAKE], ["Rosa Parra"]]


def test_a_person_owns_an_action_once_under_both_identities(stage: Linked) -> None:
    there = matrix("amaru", "@amaru:hs.example")
    stage.said(there, "hello")
    stage.link(Account("oftc", "amaru"), Account("matrix", there.key))
    stage.said(AMARU, "#action amaru and @amaru:hs.example to write it")
    assert stage.owners(1) == [AMARU]
    stage.said(AMARU, "#action me, @amaru:hs.example, rosa to read it")
    assert stage.owners(2) == [AMARU, ROSA]


def test_mending_keeps_what_the_words_mean(stage: Linked) -> None:
    stage.said(ROSA, "#action find a room")
    assert stage.said(ROSA, f"#assign 1 {OKOYE.name}", (OKOYE.name, OKOYE)) == [
        f"> #1 is now for {OKOYE.name}"
    ]
    assert stage.owners(1) == [OKOYE]


def test_a_name_of_two_is_asked_back(stage: Linked) -> None:
    stage.said(ROSA, "hello")
    assert stage.said(AMARU, "#chair @rosa:hs.example")[0].startswith("> chairs: amaru and Rosa Parra")
    assert stage.session.chairs == (AMARU, ROSA)
    stage.there[NAMESAKE.key] = NAMESAKE
    assert stage.said(ROSA, "#unchair Rosa Parra") == [
        "> several people are called Rosa Parra: @rosa:hs.example and @other:hs.example; use the full id of one of them"
    ]
    assert stage.said(ROSA, "present+ rosa parra") == [
        "> several people are called rosa parra: @rosa:hs.example and @other:hs.example; use the full id of one of them"
    ]
    assert stage.said(ROSA, "#unchair @rosa:hs.example")[0] == "> chair: amaru"


def test_a_changed_shown_name_keeps_everything(stage: Linked) -> None:
    stage.said(ROSA, "#action me to write it")
    stage.said(AMARU, "#chair @rosa:hs.example")
    renamed = matrix("Rosa, away", ROSA.key)
    stage.there[ROSA.key] = renamed
    stage.event(NickChanged(ROSA, renamed, stage.at))
    assert stage.session.chairs == (AMARU, renamed)
    assert stage.said(renamed, "#edit 1 me to read it")[0].startswith("> #1 ")
    stage.said(AMARU, "#action Rosa, away and amaru to go on")
    assert stage.owners(2) == [renamed, AMARU]
    stage.said(AMARU, "#endmeeting")
    again = matrix("Rosa", ROSA.key)
    stage.event(NickChanged(renamed, again, stage.at))
    assert stage.said(again, "#reopen")[0].startswith("> Day 1 ")


def test_owners_that_no_mention_names_are_read_as_ever() -> None:
    reading = read_mentioning(
        "rosa_p, bob to write it", (), AMARU, known={"bob": Identity("oftc", "bob", "bob")}
    )
    assert [(owner.name, owner.person and owner.person.name) for owner in reading.owners] == [
        ("rosa_p", None),
        ("bob", "bob"),
    ]
