from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.core import facts
from bot.core.facts import Content, Recorded, SessionOpened, TopicOpened, Voided
from bot.core.people.identity import Identity
from bot.core.session.fold import begin, fold, folding, grow, without
from bot.core.session.sequence import Growing
from bot.core.session.session import Entry, Session, Subtopic

START = datetime(2027, 10, 19, 13, 0, tzinfo=UTC)
AMARU, OKOYE, LIN = (Identity("irc", name, name) for name in ("amaru", "okoye", "lin"))
OPENED = SessionOpened("s1", "nova", "Day 1", ("irc/#nova",), date(2027, 10, 19), START + timedelta(hours=1))


def entry(fact: object, minute: int = 0, by: Identity | None = AMARU, cause: str = "") -> Entry:
    return Entry("s1", cause or f"m{minute}", START + timedelta(minutes=minute), by, fact)


def told(*later: object) -> tuple[Entry, ...]:
    return entry(OPENED), *(entry(fact, minute) for minute, fact in enumerate(later, 1))


def grown(entries: tuple[Entry, ...]) -> Session:
    session = begin(entries[0])
    for one in entries[1:]:
        session = grow(session, one)
    return session


PEOPLE = st.sampled_from([AMARU, OKOYE, LIN, replace(OKOYE, account="ada")])
SMALL = st.integers(1, 4)
NAMES = st.sampled_from(["Agent", "API", "agent"])
CAUSES = st.integers(1, 12).map(lambda minute: f"m{minute}")
FACTS = st.one_of(
    st.builds(TopicOpened, st.sampled_from(["A", "B", "a"])),
    st.builds(facts.SubtopicOpened, st.sampled_from(["x", "y"])),
    st.builds(facts.TeamNamed, st.none() | NAMES),
    st.builds(Recorded, SMALL, st.sampled_from(["info", "action"]), st.builds(Content, NAMES)),
    st.builds(facts.Revised, SMALL, st.builds(Content, NAMES)),
    st.builds(facts.Withdrawn, SMALL),
    st.builds(facts.Moved, SMALL, st.none() | CAUSES, st.none() | NAMES),
    st.builds(facts.TopicRetitled, CAUSES, st.sampled_from(["C", "B"])),
    st.builds(facts.ChairsAdded, st.tuples(PEOPLE)),
    st.builds(facts.ChairsRemoved, st.tuples(PEOPLE)),
    st.builds(facts.PersonSeen, PEOPLE, st.sampled_from(["", "Ada"])),
    st.builds(facts.PersonRenamed, PEOPLE, PEOPLE),
    st.builds(facts.PersonLeft, PEOPLE),
    st.builds(facts.Regretted, st.tuples(NAMES)),
    st.builds(facts.GapNoted, st.just("irc/#nova"), st.just(START), st.just(START)),
    st.builds(facts.HeadlineSet, NAMES),
    st.builds(facts.SessionRenamed, NAMES),
    st.sampled_from([facts.SessionPaused(), facts.SessionResumed(), facts.SessionReopened()]),
    st.just(facts.SessionClosed("command")),
    st.builds(Voided, CAUSES),
)
JOURNALS = st.lists(FACTS, max_size=12).map(lambda later: told(*later))


@given(JOURNALS)
def test_growing_entry_by_entry_is_folding(journal: tuple[Entry, ...]) -> None:
    assert grown(journal) == fold(journal)


@given(JOURNALS, st.integers(1, 5))
def test_folding_in_pieces_is_folding(journal: tuple[Entry, ...], at_once: int) -> None:
    *pieces, last = folding(journal, at_once)
    assert last == fold(journal)
    assert len(pieces) <= len(journal) // at_once


@given(JOURNALS)
def test_nothing_leaves_the_journal(journal: tuple[Entry, ...]) -> None:
    assert fold(journal).entries == journal


@given(JOURNALS, CAUSES)
def test_a_voided_cause_is_as_if_it_never_was(journal: tuple[Entry, ...], cause: str) -> None:
    kept = tuple(one for one in journal if one.cause != cause or isinstance(one.fact, Voided))
    with_it, without_it = without(fold(journal), cause), without(fold(kept), cause)
    assert replace(with_it, entries=Growing()) == replace(without_it, entries=Growing())


@given(JOURNALS, CAUSES)
def test_voiding_is_what_it_was_foretold_to_be(journal: tuple[Entry, ...], cause: str) -> None:
    session = fold(journal)
    after = grow(session, entry(Voided(cause), 99))
    assert replace(after, entries=Growing()) == replace(without(session, cause), entries=Growing())


@given(JOURNALS)
def test_what_is_current_exists(journal: tuple[Entry, ...]) -> None:
    session = fold(journal)
    topics = [topic.id for topic in session.topics]
    assert len(topics) == len(set(topics))
    assert {session.topic_id, *(record.topic for record in session.records)} - {None} <= set(topics)
    assert [
        topic.id for topic in session.topics if topic.spans[-1][1] is None and topic.id != session.topic_id
    ] == []


def test_a_session_begins_with_its_opening() -> None:
    session = fold(told())
    assert (session.id, session.name, session.owner, session.chairs) == ("s1", "Day 1", AMARU, (AMARU,))
    with pytest.raises(TypeError, match=r"^a session begins with SessionOpened, not with TopicOpened$"):
        begin(entry(TopicOpened("A")))


def test_a_topic_taken_up_again_continues() -> None:
    session = fold(told(TopicOpened("A"), TopicOpened("B"), TopicOpened("a"), facts.SessionClosed("command")))
    first, second = session.topics
    minutes = [START + timedelta(minutes=minute) for minute in range(5)]
    assert first.spans == ((minutes[1], minutes[2]), (minutes[3], minutes[4]))
    assert second.spans == ((minutes[2], minutes[3]),)
    assert first.lasted(minutes[4]) == timedelta(minutes=2)


def test_a_clock_that_was_put_back_makes_no_time_negative() -> None:
    (topic,) = fold(told(TopicOpened("A"))).topics
    assert topic.lasted(START - timedelta(hours=1)) == timedelta()


def test_a_reopened_session_goes_on_with_its_topic() -> None:
    session = fold(told(TopicOpened("A"), facts.SessionClosed("timeout"), facts.SessionReopened()))
    assert (session.ended, session.closed_by) == (None, None)
    assert session.topics[0].spans[-1] == (START + timedelta(minutes=3), None)


def test_a_record_stands_where_it_was_made() -> None:
    session = fold(
        told(
            Recorded(1, "info", Content("before")),
            TopicOpened("A"),
            facts.TeamNamed("Agent"),
            facts.SubtopicOpened("x"),
            Recorded(2, "info", Content("within")),
            facts.TeamNamed("API"),
            Recorded(3, "info", Content("after")),
        )
    )
    assert [(record.n, record.topic, record.subtopic, record.team) for record in session.records] == [
        (1, None, None, None),
        (2, "m2", "x", "Agent"),
        (3, "m2", None, "API"),
    ]
    assert session.topics[0].subtopics == (Subtopic("x", "Agent"),)


def test_a_subtopic_without_a_topic_is_none() -> None:
    assert fold(told(facts.SubtopicOpened("x"))).subtopic is None


def test_a_move_to_a_topic_that_was_taken_back_is_none() -> None:
    journal = told(
        TopicOpened("A"),
        Recorded(1, "info", Content("x")),
        TopicOpened("B"),
        facts.Moved(1, "m3", "API"),
        Voided("m3"),
    )
    assert [(record.topic, record.team) for record in fold(journal).records] == [("m1", None)]


def test_a_cause_may_be_voided_before_it_comes() -> None:
    journal = told(Voided("m2"), TopicOpened("A"))
    assert fold(journal).topics == ()
    assert grown(journal).topics == ()


def test_mending() -> None:
    session = fold(
        told(
            Recorded(1, "info", Content("one")),
            Recorded(2, "info", Content("two")),
            facts.Revised(1, Content("uno")),
            facts.Withdrawn(2),
            facts.Revised(2, Content("dos")),
        )
    )
    assert [(record.n, record.text, record.revised) for record in session.records] == [(1, "uno", True)]
    assert session.record(2) is None


def test_chairs_come_and_go() -> None:
    session = fold(
        told(facts.ChairsAdded((OKOYE, AMARU)), facts.ChairsAdded((LIN,)), facts.ChairsRemoved((OKOYE,)))
    )
    assert session.chairs == (AMARU, LIN)
    assert session.moderated == (AMARU, OKOYE, LIN)


def test_a_chair_by_nick_goes_with_the_nick() -> None:
    away = Identity("irc", "amaru_away", "amaru_away")
    session = fold(told(facts.PersonRenamed(AMARU, away)))
    assert (session.is_chair(AMARU), session.is_chair(away), session.owner) == (False, True, away)


def test_a_chair_by_nick_ends_when_it_quits() -> None:
    session = fold(told(facts.PersonLeft(AMARU)))
    assert session.is_chair(AMARU) is False
    assert session.is_chair(replace(AMARU, account="a")) is False  # whoever that is: it was proven too late
    again = grow(session, entry(facts.ChairsAdded((AMARU,)), 9))
    assert again.is_chair(AMARU) is True


def test_who_takes_a_nick_that_quit_gets_no_rights_by_another_one() -> None:
    other = Identity("irc", "mallory", "mallory")
    session = fold(told(facts.PersonLeft(AMARU), facts.PersonRenamed(AMARU, other)))
    assert (session.is_chair(AMARU), session.is_chair(other), session.owner) == (False, False, AMARU)


def test_a_chair_by_nick_who_logs_in_is_a_chair_by_account_from_then_on() -> None:
    proven = replace(AMARU, account="ada")
    session = fold(told(facts.PersonSeen(proven), facts.PersonLeft(AMARU)))
    assert (session.is_chair(AMARU), session.is_chair(proven), session.owner) == (False, True, proven)
    assert session.is_chair(replace(AMARU, account="mallory")) is False
    assert session.is_chair(Identity("irc", "ada_home", "ada_home", "ada")) is True


def test_an_account_that_comes_after_the_nick_quit_proves_nothing() -> None:
    late = replace(AMARU, account="mallory")
    session = fold(told(facts.PersonLeft(AMARU), facts.PersonSeen(late)))
    assert (session.is_chair(AMARU), session.is_chair(late)) == (False, False)


def test_facts_of_plugins_are_kept_and_skipped() -> None:
    session = fold(told("a fact of somebody's plugin"))
    assert session.every(str) == ["a fact of somebody's plugin"]
    assert fold(told("a fact of somebody's plugin", Voided("m1"))).every(str) == []
