from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core import facts
from bot.core.facts import (
    Account,
    Content,
    IdentityClaimed,
    Owner,
    PersonRenamed,
    PersonSeen,
    PresenceWithdrawn,
    Recorded,
)
from bot.core.people.identity import Identity, casefold
from bot.core.people.persons import Links, Persons
from bot.core.people.puppets import Puppets
from bot.core.people.roll import Person, roll
from bot.core.session.fold import fold
from bot.core.session.session import Entry, Session

AT = datetime(2027, 10, 19, 13, tzinfo=UTC)


def irc(name: str, account: str = "") -> Identity:
    return Identity("irc", name, casefold(name), account)


def matrix(name: str, mxid: str) -> Identity:
    return Identity("matrix", name, mxid, mxid)


def session(*happened: object, name: str = "s") -> Session:
    opened = facts.SessionOpened(name, "nova", "Day", ("irc/#nova",), date(2027, 10, 19), AT)
    told = [opened, *(PersonSeen(fact) if isinstance(fact, Identity) else fact for fact in happened)]
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


def test_whose_name_was_taken_back_was_not_there_unless_they_spoke() -> None:
    ana, bo = irc("ana"), irc("bo")
    gone = PresenceWithdrawn((ana,))
    assert names(bo, ana, gone) == ["bo"]
    assert names(bo, ana, gone, ana) == ["bo", "ana"]
    spoke = roll([session(ana, gone)], {"s": [(ana, 1)]})
    assert [person.name for person in spoke.present] == ["ana"]


def test_a_rename_joins_two_who_both_spoke() -> None:
    happened = (irc("okoye"), irc("guest7"), PersonRenamed(irc("guest7"), irc("okoye")))
    assert names(*happened) == ["okoye"]


def test_look_alikes_are_one_and_the_name_without_underscore_is_shown() -> None:
    assert names(irc("jbell"), irc("jbell_")) == ["jbell"]
    assert names(irc("jbell_"), irc("JBell__")) == ["JBell__"]
    assert names(irc("lin[m]"), matrix("lin", "@lin:hs.example")) == ["lin"]


def test_two_accounts_of_a_network_are_two_people_whatever_their_names() -> None:
    assert names(matrix("Alex", "@alex:a"), matrix("Alex", "@alex:b")) == ["Alex", "Alex"]
    assert names(irc("rosa", "rosa"), irc("rosa", "thief")) == ["rosa", "thief"]
    assert names(irc("rosa", "rosa"), irc("other", "rosa"), irc("rosa_")) == ["rosa"]


def test_an_owner_who_never_spoke_has_one_name_however_they_were_called() -> None:
    gil = matrix("Gil B.", "@gil:hs.example")
    owners = (Owner("gil", gil), Owner("Gil B.", gil))
    told = roll([session(irc("rosa"), Recorded(1, "action", Content("gil, Gil B. to write", owners)))])
    assert [told.name_of_owner(owner) for owner in owners] == ["Gil B.", "Gil B."]


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
    made = session(irc("rosa"), PersonSeen(irc("rosa_"), "Rosa Parra"))
    told = roll([made], {"s": [(irc("rosa"), 3), (irc("rosa_"), 4), (irc("lurker"), 1)]})
    assert told.present == (Person("Rosa Parra", 7),)
    assert told.name_of(irc("rosa")) == told.name_of_owner(Owner("rosa|away")) == "Rosa Parra"
    assert told.name_of_owner(Owner("rosa parra")) == "Rosa Parra"


def test_a_real_name_that_is_not_theirs_alone_has_the_nick() -> None:
    both = (PersonSeen(irc("rosa"), "Rosa Parra"), PersonSeen(irc("rp"), "rosa parra"))
    assert names(*both) == ["Rosa Parra (rosa)", "rosa parra (rp)"]
    assert names(irc("amaru"), PersonSeen(irc("mallory"), "Amaru_")) == ["amaru", "Amaru_ (mallory)"]
    assert names(PersonSeen(irc("rosa"), "Rosa")) == ["Rosa"]


@pytest.mark.parametrize("real_name", ["(she/her)", "from the bus", "?"])
def test_what_is_no_name_is_none(real_name: str) -> None:
    assert names(PersonSeen(irc("rosa"), real_name)) == ["rosa"]


@pytest.mark.parametrize(
    ("nick", "typed", "shown"),
    [
        ("arvo_", "arvo", "arvo"),
        ("arvo_", "Arvo", "arvo"),
        ("arvo_", "arvo_", "arvo_"),
        ("arvo_", "other", "arvo_"),
        ("gm_phone", "gm", "gm"),
        ("gm_phone", "gm_phone", "gm_phone"),
        ("jb|away", "jb", "jb"),
        ("jb|away", "other", "jb"),
        ("jb[AFK]", "other", "jb"),
        ("jb|away_", "jb", "jb"),
        ("ana-home", "ana", "ana"),
        ("ana-homes", "ana", "ana-homes"),
        ("Tom`", "tom", "Tom"),
    ],
)
def test_one_person_has_one_name(nick: str, typed: str, shown: str) -> None:
    for owner in (Owner(typed, irc(nick)), Owner(typed)):
        recorded = Recorded(1, "action", Content("x", owners=(owner,)))
        told = roll([session(irc(nick), recorded)])
        assert told.present == (Person(shown),)
        if typed != "other" and shown != "ana-homes":
            assert told.name_of_owner(owner) == shown


def test_a_bare_form_that_is_somebody_elses_nick_is_nobody_elses_name() -> None:
    one, two = matrix("rosa", "@a:hs"), matrix("rosa_", "@b:hs")
    recorded = Recorded(1, "action", Content("x", owners=(Owner("rosa", two),)))
    told = roll([session(one, two, recorded)])
    assert told.present == (Person("rosa"), Person("rosa_"))
    assert told.name_of(two) == "rosa_"


def test_what_was_taken_back_was_not_seen() -> None:
    assert names(irc("okoye"), irc("amaru"), facts.Voided("s1")) == ["amaru"]


PROVEN = Persons(
    {"irc": "irc", "matrix": "matrix"},
    (
        Puppets("irc", "matrix", suffix="-m", host="*@bridge"),
        Puppets("matrix", "irc", prefix="_irc_", host="hs"),
    ),
    Links(
        Entry("gathering", f"g{n}", AT, None, fact)
        for n, fact in enumerate(
            (
                IdentityClaimed(Account("irc", "rparra"), Account("matrix", "@rosa:hs")),
                IdentityClaimed(Account("matrix", "@rosa:hs"), Account("irc", "rparra")),
            )
        )
    ),
)


def proven(*happened: object, said: tuple[tuple[Identity, int], ...] = ()) -> list[tuple[str, int]]:
    return [(person.name, person.lines) for person in roll([session(*happened)], {"s": said}, PROVEN).present]


def test_linked_people_are_one_under_the_account_that_they_used_most() -> None:
    here, there = irc("rp", "rparra"), matrix("Rosa Parra", "@rosa:hs")
    assert proven(here, there, said=((here, 2), (there, 3))) == [("Rosa Parra", 5)]
    assert proven(there, here, said=((here, 3), (there, 2))) == [("rparra", 5)]
    assert names(here, there) == ["rparra", "Rosa Parra"]


def test_a_link_is_stronger_than_a_name() -> None:
    other = irc("Rosa Parra", "thief")
    assert proven(other, matrix("Rosa Parra", "@rosa:hs"), irc("rp", "rparra")) == [
        ("thief", 0),
        ("rparra", 0),
    ]


def test_a_puppet_is_who_it_stands_for_and_has_no_suffix() -> None:
    puppet = irc("ada-m", "@okoye:hs")
    assert proven(matrix("okoye", "@okoye:hs"), puppet) == [("okoye", 0)]
    assert proven(puppet) == [("ada", 0)]
    assert proven(irc("okoye", "ada"), matrix("Okoye (IRC)", "@_irc_okoye:hs")) == [("ada", 0)]
    assert proven(irc("okoye"), matrix("Okoye (IRC)", "@_irc_okoye:evil")) == [
        ("okoye", 0),
        ("Okoye (IRC)", 0),
    ]
    assert proven(irc("lin-m"), matrix("lin", "@lin:hs")) == [("lin", 0)]  # it only looks so


def test_whom_a_relay_speaks_for_is_the_person_of_that_nick() -> None:
    relayed = Identity("irc", "okoye", "bridgebot/<okoye>")
    told = session(matrix("okoye", "@okoye:hs"), relayed, irc("rosa"))
    assert roll([told], {"s": [(relayed, 2), (matrix("okoye", "@okoye:hs"), 1)]}, PROVEN).present == (
        Person("okoye", 3),
        Person("rosa"),
    )


def test_a_changed_display_name_is_the_same_person() -> None:
    before, after = matrix("Rosa", "@rosa:hs"), matrix("Rosa, on a train", "@rosa:hs")
    assert proven(before, PersonRenamed(before, after), after, said=((before, 1), (after, 2))) == [
        ("Rosa, on a train", 3)
    ]


def test_who_takes_a_seen_name_with_another_account_is_somebody_else() -> None:
    happened = (irc("a"), irc("a", "y"), irc("a_"), PersonRenamed(irc("b", "x"), irc("a_")))
    assert names(*happened) == ["y"]


def test_the_account_names_a_person_who_gave_no_name() -> None:
    assert names(irc("zane", "zbishop"), PersonRenamed(irc("zane", "zbishop"), irc("lunch", "zbishop"))) == [
        "zbishop"
    ]
    assert names(irc("zane"), irc("Zane_", "zbishop")) == ["zbishop"]  # they logged in later
    assert names(irc("Zane_", "zane")) == ["Zane"]  # as they write it
    assert names(PersonSeen(irc("zane", "zbishop"), "Zane Bishop")) == ["Zane Bishop"]
    assert names(irc("rosa"), irc("zane", "rosa_")) == ["rosa", "zane"]  # that is another's nick
    told = roll([session(irc("zane", "zbishop"), Recorded(1, "action", Content("x", (Owner("zbishop"),))))])
    assert [told.name_of_owner(Owner(name)) for name in ("zane", "zbishop", "Zane_")] == ["zbishop"] * 3


def test_without_an_account_it_is_the_nick_used_most() -> None:
    rosa, uni = irc("rosa"), irc("uni")
    told = session(rosa, PersonRenamed(rosa, uni))
    assert roll([told], {"s": [(rosa, 9), (uni, 2)]}).present == (Person("rosa", 11),)
    assert roll([told], {"s": [(rosa, 2), (uni, 9)]}).present == (Person("uni", 11),)
    assert roll([told], {"s": [(rosa, 2), (uni, 2)]}).present == (Person("uni", 4),)


@pytest.mark.parametrize(("minutes", "shown"), [(50, "rosa"), (10, "uni")])
def test_where_no_log_is_read_it_is_the_nick_borne_longest(minutes: int, shown: str) -> None:
    rosa, uni = irc("rosa"), irc("uni")
    opened = facts.SessionOpened("s", "nova", "Day", ("irc/#nova",), date(2027, 10, 19), AT)
    told = [
        (0, opened),
        (0, PersonSeen(rosa)),
        (minutes, PersonRenamed(rosa, uni)),
        (60, facts.SessionClosed("command")),
    ]
    entries = [
        Entry("s", f"s{n}", AT + timedelta(minutes=at), irc("amaru"), fact)
        for n, (at, fact) in enumerate(told)
    ]
    assert roll([fold(entries)]).present == (Person(shown),)


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
    spoke = [fact for fact in happened if isinstance(fact, Identity)]
    assert {told.name_of(identity) for identity in spoke} == {person.name for person in told.present}
    assert len(told.present) <= len(set(spoke))
    assert all(person.name for person in told.present)
