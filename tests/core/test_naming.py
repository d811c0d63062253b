"""Who is meant by a typed name, with whatever people are called on Matrix."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.core.events import Message, Room
from bot.core.people.circles import Circle, circles_of
from bot.core.people.identity import Identity, casefold
from bot.core.people.mention_tokens import masked, unmasked
from bot.core.people.names import Directory, Named
from bot.core.plugin.ask import Ask
from bot.core.turn.commands import ask_of, read_event
from bot.core.turn.decision import Context, Decision
from plugins import attendance, sessions
from tests.play import ROOM, Stage


def irc(name: str, account: str = "") -> Identity:
    return Identity("oftc", name, casefold(name, "ascii"), account)


def matrix(name: str, mxid: str) -> Identity:
    return Identity("matrix", name, mxid, mxid)


PARRA = matrix("Rosa Parra", "@rosa:hs.example")
OTHER = matrix("rosa parra", "@other:hs.example")
OKOYE = matrix("Okoye, Ada (she/her) 🌊", "@ada:hs.example")
LIN = matrix("Lin and Wei", "@Lin:hs.example")
LOWER = matrix("lower", "@lin:hs.example")
HERE = {one.key: one for one in (PARRA, OKOYE, LIN, LOWER)}


def directory(*circles: dict[str, Identity], mentions: tuple[tuple[str, Identity], ...] = ()) -> Directory:
    told = [Circle(circle) for circle in circles or (HERE,)]
    return Directory(told, lambda one: one.account or one.key, lambda name: casefold(name, "ascii"), mentions)


def meant(
    text: str, *circles: dict[str, Identity], mentions: tuple[tuple[str, Identity], ...] = ()
) -> list[Identity | str]:
    return [named.person or named.name for named in directory(*circles, mentions=mentions).read(text)]


def test_people_are_found_by_id_shown_name_and_first_part() -> None:
    assert [
        meant(name) for name in ("@rosa:hs.example", "rosa:hs.example", "ROSA PARRA", "rosa", "@rosa")
    ] == [[PARRA]] * 5
    assert meant("nobody") == ["nobody"]
    assert meant("@rosa:evil.example") == ["rosa:evil.example"]


def test_whole_ids_are_compared_as_they_are_written() -> None:
    assert meant("@Lin:hs.example @lin:hs.example") == [LIN, LOWER]
    assert directory().bearers("lin") == (LIN, LOWER)


def test_who_bears_a_name_with_another_is_not_meant() -> None:
    people = {**HERE, OTHER.key: OTHER}
    assert directory(people).read("Rosa Parra") == [Named("Rosa Parra", (PARRA, OTHER))]
    assert directory(people).read("Rosa Parra")[0].person is None
    assert meant("other", people) == [OTHER]


def test_the_room_comes_before_the_session_and_the_linked_rooms() -> None:
    rosa = irc("rosa")
    assert meant("rosa", {"rosa": rosa}, HERE) == [rosa]
    assert meant("rosa", HERE, {"rosa": rosa}) == [PARRA]
    assert meant("Rosa Parra", {"rosa": rosa}, HERE) == [PARRA]


def test_identities_of_one_person_are_no_choice() -> None:
    puppet = Identity("oftc", "Rosa Parra[m]", "@x", PARRA.account)
    assert directory({**HERE, "@x": puppet}).bearers("rosa") == (PARRA,)


NICKS = {one.key: one for one in map(irc, ("jbell", "okoye", "bo"))}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Ana Diaz, Bo Li", ["Ana Diaz", "Bo Li"]),
        ("ana diaz, bo li", ["ana diaz", "bo li"]),
        ("Ana Diaz; Cy Twombly and Maria de la Cruz", ["Ana Diaz", "Cy Twombly", "Maria de la Cruz"]),
        ("Ana Diaz", ["Ana Diaz"]),
        ("Ana Diaz and Cy Twombly", ["Ana Diaz", "Cy Twombly"]),
        ("Ana Diaz / Cy Twombly", ["Ana Diaz", "Cy Twombly"]),
        ("wes xia", ["wes", "xia"]),
        ("Wes xia", ["Wes", "xia"]),
        ("WES XIA", ["WES", "XIA"]),
        ("wes / xia", ["wes", "xia"]),
        ("wes/xia", ["wes", "xia"]),
        ("wes & xia", ["wes", "xia"]),
        ("wes + xia", ["wes", "xia"]),
        ("wes+xia & zed", ["wes", "xia", "zed"]),
        ("/", []),
        ("wes / ", ["wes"]),
        ("jbell okoye", ["jbell", "okoye"]),
        ("jbell okoye, ana", ["jbell", "okoye", "ana"]),
        ("jbell/okoye", ["jbell", "okoye"]),
        ("@wes @xia, @zed", ["wes", "xia", "zed"]),
        ("@a/b:hs.example", ["a/b:hs.example"]),
    ],
)
def test_what_divides_a_list_of_names(text: str, names: list[str]) -> None:
    assert [one.name if isinstance(one, Identity) else one for one in meant(text, NICKS)] == names


def test_a_name_with_a_slash_stays_whole() -> None:
    both = matrix("Rosa / Ana", "@both:hs.example")
    assert meant("Rosa / Ana", {both.key: both}) == [both]


@pytest.mark.parametrize("typed", ["Ngozi Okoye", "NGOZI OKOYE"])
def test_names_that_people_gave_find_them(typed: str) -> None:
    given_names = Circle.of_names(
        [(irc("ngozi"), "Ngozi Okoye"), (irc("two"), "Rosa"), (irc("three"), "rosa")]
    )
    told = Directory([Circle(NICKS), given_names], lambda one: one.key, casefold)
    (found,) = told.read(typed)
    assert (found.person, found.given_name_of) == (irc("ngozi"), "ngozi")
    assert [(named.person, len(named.bearers)) for named in told.read("rosa")] == [(None, 2)]
    assert [named.given_name_of for named in told.read("jbell, Rosa, nobody")] == ["", "", ""]


def test_lists_with_names_of_several_words() -> None:
    bob = irc("bob[m]")
    people = {**HERE, bob.key: bob}
    assert meant("Rosa Parra, bob and nobody", people) == [PARRA, bob, "nobody"]
    assert meant("bob Rosa Parra @ada:hs.example: and and", people) == [bob, PARRA, OKOYE]
    assert meant(" , and ; ", people) == []
    assert meant("bob bob BOB", people) == [bob]
    assert meant("x" * 65) == []


def test_words_that_mean_somebody_are_one_name_whatever_is_in_them() -> None:
    mentions = ((OKOYE.name, OKOYE), (LIN.name, LIN), ("absent", PARRA))
    assert meant("Okoye, Ada (she/her) 🌊, @Lin and Wei and bob", mentions=mentions) == [OKOYE, LIN, "bob"]
    assert meant("Rosa", mentions=(("Rosa", OTHER),)) == [OTHER]
    assert meant("rosalind", mentions=(("rosa", OTHER),)) == ["rosalind"]
    assert meant("b to", mentions=(("\u202eb\u202c", OTHER),)) == [OTHER, "to"]
    assert meant("(Lin and Wei)", mentions=mentions) == ["(Lin and Wei)"]


WORDS = st.text("ab ,@and\U000f0000🌊\u200f()", max_size=12)


@given(
    st.text("ab ,@and\U000f0000🌊\u200f()", max_size=40),
    st.lists(st.tuples(WORDS, st.just(PARRA)), max_size=4),
)
def test_what_is_masked_comes_back(text: str, mentions: list[tuple[str, Identity]]) -> None:
    hidden, tokens = masked(text, mentions)
    assert unmasked(hidden, tokens) == text
    assert all(hidden.count(token) == 1 for token in tokens)


@given(st.text(max_size=60), st.lists(st.tuples(st.text(max_size=8), st.just(PARRA)), max_size=3))
def test_whatever_is_typed_names_are_words(text: str, mentions: list[tuple[str, Identity]]) -> None:
    for named in directory(mentions=tuple(mentions)).read(text):
        assert named.name
        assert mentions or " ".join(named.name.split()) == named.name


def test_the_people_of_a_session_are_listed_anew_when_they_change() -> None:
    stage = Stage([sessions.plugin, attendance.plugin])
    stage.say("amaru", "#startmeeting Day 1")
    first = circles_of(stage.session)
    stage.say("amaru", "hello again")
    assert circles_of(stage.session) is first
    stage.say("ngozi", "#here Ngozi Okoye")
    known, named = circles_of(stage.session)
    assert list(known.people) == ["amaru", "ngozi"]
    assert [person.name for person in named.shown_as("Ngozi Okoye")] == ["ngozi"]


def test_what_a_line_needs_is_made_once() -> None:
    stage = Stage([sessions.plugin])
    made: list[Ask] = []

    def count(ask: Ask) -> int:
        made.append(ask)
        return len(made)

    message = Message(Room(ROOM, "irc"), stage.who("amaru"), "#startmeeting", stage.at)
    line = read_event(message, stage.register, ()).lines[0]
    ask = ask_of(line, None, Context(message, stage.state, stage.register, Decision(), "m1", stage.at))
    assert [ask.once(count), ask.once(count)] == [1, 1]
    assert replace(ask, rest="other").once(count) == 2
