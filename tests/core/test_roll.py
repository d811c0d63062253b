from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from bot.core import facts
from bot.core.facts import Content, Owner, PersonRenamed, PersonSeen, Recorded
from bot.core.fold import fold
from bot.core.people import Identity, casefold
from bot.core.roll import Person, roll
from bot.core.session import Entry, Session

AT = datetime(2027, 10, 19, 13, tzinfo=UTC)


def irc(name: str, account: str = "") -> Identity:
    return Identity("irc", name, casefold(name), account)


def matrix(name: str, mxid: str) -> Identity:
    return Identity("matrix", name, mxid, mxid)


def session(*happened: object, name: str = "s") -> Session:
    opened = facts.SessionOpened(name, "nova", "Day", ("irc/#nova",), date(2027, 10, 19), AT)
    told = [opened, *(PersonSeen(one) if isinstance(one, Identity) else one for one in happened)]
    return fold([Entry(name, f"{name}{n}", AT, irc("amaru"), fact) for n, fact in enumerate(told)])


def names(*happened: object) -> list[str]:
    return [person.name for person in roll([session(*happened)]).present]


def test_who_spoke_was_there_in_the_order_of_the_first_word() -> None:
    assert names(irc("okoye"), irc("amaru"), irc("okoye")) == ["okoye", "amaru"]


def test_a_renamed_person_is_one_under_the_newest_name() -> None:
    assert names(irc("rosa[m]"), PersonRenamed(irc("rosa[m]"), irc("rosa_uni[m]"))) == ["rosa_uni"]
    assert names(irc("a1"), PersonRenamed(irc("a1"), irc("b1")), PersonRenamed(irc("b1"), irc("a1"))) == [
        "a1"
    ]


def test_who_speaks_under_the_new_name_is_not_counted_again() -> None:
    assert names(irc("rosa"), PersonRenamed(irc("rosa"), irc("uni")), irc("uni"), irc("rosa")) == ["rosa"]


def test_a_rename_joins_two_who_both_spoke() -> None:
    happened = (irc("okoye"), irc("guest7"), PersonRenamed(irc("guest7"), irc("okoye")))
    assert names(*happened) == ["okoye"]


def test_look_alikes_are_one_and_the_name_without_underscore_is_shown() -> None:
    assert names(irc("jbell"), irc("jbell_")) == ["jbell"]
    assert names(irc("jbell_"), irc("JBell__")) == ["JBell__"]
    assert names(irc("lin[m]"), matrix("lin", "@lin:hs.example")) == ["lin"]


def test_two_accounts_of_a_network_are_two_people_whatever_their_names() -> None:
    assert names(matrix("Alex", "@alex:a"), matrix("Alex", "@alex:b")) == ["Alex", "Alex"]
    assert names(irc("rosa", "rosa"), irc("rosa", "thief")) == ["rosa", "rosa"]
    assert names(irc("rosa", "rosa"), irc("other", "rosa"), irc("rosa_")) == ["rosa"]


def test_an_owner_has_the_name_that_the_person_has_now() -> None:
    owners = (Owner("rosa", irc("rosa[m]")), Owner("Rosa"), Owner("bob", irc("bob[m]")), Owner("Bob_"))
    told = roll(
        [
            session(
                irc("rosa[m]"),
                Recorded(1, "action", Content("rosa, Rosa, bob, Bob_ to write", owners)),
                PersonRenamed(irc("rosa[m]"), irc("rosa_uni[m]")),
            )
        ]
    )
    assert [told.name_of_owner(owner) for owner in owners] == ["rosa_uni", "rosa_uni", "bob", "bob"]
    assert [person.name for person in told.present] == ["rosa_uni"]
    assert told.name_of(irc("rosa[m]")) == "rosa_uni"
    assert told.name_of(irc("stranger[m]")) == "stranger"


def test_over_sessions_a_person_is_one() -> None:
    monday = session(irc("rosa"), PersonRenamed(irc("rosa"), irc("uni")), name="monday")
    tuesday = session(irc("uni"), irc("okoye"), name="tuesday")
    assert [person.name for person in roll([monday, tuesday]).present] == ["uni", "okoye"]


def test_lines_and_real_names() -> None:
    one = session(irc("rosa"), PersonSeen(irc("rosa_"), "Rosa Parra"))
    told = roll([one], {"s": [(irc("rosa"), 3), (irc("rosa_"), 4), (irc("lurker"), 1)]})
    assert told.present == (Person("rosa", 7, "Rosa Parra"),)


def test_what_was_taken_back_was_not_seen() -> None:
    assert names(irc("okoye"), irc("amaru"), facts.Voided("s1")) == ["amaru"]


PEOPLE = st.builds(
    Identity,
    st.sampled_from(["irc", "matrix"]),
    st.sampled_from(["a", "a_", "A[m]", "b", "b_", "c"]),
    st.sampled_from(["a", "b", "c"]),
    st.sampled_from(["", "x", "y"]),
)


@given(st.lists(st.one_of(PEOPLE, st.builds(PersonRenamed, PEOPLE, PEOPLE)), max_size=12))
def test_everybody_who_spoke_has_one_of_the_names_of_those_present(happened: list[object]) -> None:
    told = roll([session(*happened)])
    spoke = [one for one in happened if isinstance(one, Identity)]
    assert {told.name_of(one) for one in spoke} == {person.name for person in told.present}
    assert len(told.present) <= len(set(spoke))
    assert all(person.name for person in told.present)
