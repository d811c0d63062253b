from datetime import UTC, date, datetime, timedelta

import pytest
from msgspec.structs import replace

from bot.core import facts
from bot.core.facts import RecordAnswered, RecordKept, RecordLetGo, RecordSupported
from bot.core.people.identity import Identity
from bot.core.session.fold import fold
from bot.core.session.session import Entry, Session
from bot.core.state.carried_over import CarriedOver, kept_of, open_at, origin, outlasting, stored
from bot.core.state.setup import Gathering, Setup, Track

START = datetime(2027, 10, 19, 13, 0, tzinfo=UTC)
AMARU = Identity("irc", "amaru", "amaru", "amaru")
ROSA = Identity("irc", "rosa", "rosa")
DAYS = (date(2027, 10, 19), date(2027, 10, 20))
TRACK = Track("nova", "Nova", days=DAYS)
SETUP = Setup(gathering=Gathering(slug="2027-10"), tracks=(TRACK,))
ACTIONS = CarriedOver(frozenset({"action"}))


def session(*happened: object, id: str = "s1", gathering: str = "2027-10") -> Session:  # noqa: A002 - as in the fact
    opened = facts.SessionOpened(
        id, "nova", "Day 1", ("irc/#nova",), DAYS[0], START, gathering=gathering, gathering_name="October PTG"
    )
    told = [opened, *happened]
    return fold(
        [Entry(id, f"{id}.{n}", START + timedelta(minutes=n), AMARU, fact) for n, fact in enumerate(told)]
    )


def action(n: int, text: str = "amaru to do it") -> facts.Recorded:
    return facts.Recorded(n, "action", facts.Content(text))


def track(*happened: object) -> list[Entry]:
    return [Entry("track/nova", f"t{n}", START, None, fact) for n, fact in enumerate(happened)]


def test_a_record_is_kept_as_it_stands() -> None:
    made = session(
        facts.TeamNamed("Agent"),
        facts.Recorded(1, "question", facts.Content("Why?")),
        RecordSupported(1, ROSA),
        RecordSupported(1, AMARU),
        RecordSupported(1, AMARU, stands=False),
        RecordAnswered(1, "Because"),
        facts.Revised(1, facts.Content("Why so?")),
        facts.RecordDone(1),
    )
    (kept,) = kept_of(made)
    assert (kept.session, kept.gathering, kept.gathering_name, kept.date) == (
        "s1",
        "2027-10",
        "October PTG",
        DAYS[0],
    )
    assert (kept.n, kept.kind, kept.content.text, kept.by, kept.team) == (
        1,
        "question",
        "Why so?",
        AMARU,
        "Agent",
    )
    assert (kept.at, kept.revised_at) == (START + timedelta(minutes=2), START + timedelta(minutes=7))
    assert (kept.done, kept.done_at) == (True, START + timedelta(minutes=8))
    assert kept.supporters == (ROSA,)
    assert kept.answer is not None
    assert (kept.answer.text, kept.answer.by, kept.answer.at) == (
        "Because",
        AMARU,
        START + timedelta(minutes=6),
    )


def test_the_last_answer_counts_and_an_empty_one_is_none() -> None:
    asked = facts.Recorded(1, "question", facts.Content("Why?"))
    (twice,) = session(asked, RecordAnswered(1, "a"), RecordAnswered(1, "b")).records
    assert twice.answer is not None
    assert twice.answer.text == "b"
    (none,) = session(asked, RecordAnswered(1, "a"), RecordAnswered(1, "")).records
    assert none.answer is None


def test_support_for_what_was_taken_back_is_none() -> None:
    assert session(action(1), facts.Withdrawn(1), RecordSupported(1, ROSA)).records == ()


def test_a_session_in_memory_tells_of_its_own_records() -> None:
    made = session(action(1), action(2))
    first, second = kept_of(made)
    entries = track(first, second, replace(first, session="s0", n=7), replace(second, done=True))
    assert [(kept.session, kept.n, kept.done) for kept in outlasting(entries, [made])] == [
        ("s1", 1, False), ("s1", 2, False), ("s0", 7, False),
    ]  # fmt: skip
    assert [(kept.n, kept.done) for kept in outlasting(entries, [])] == [(1, False), (2, True), (7, False)]


def test_what_was_let_go_and_what_a_redaction_left_nothing_of_is_not_there() -> None:
    first, second = kept_of(session(action(1), action(2)))
    blank = replace(second, content=facts.Content(""))
    assert stored(track(first, second, RecordLetGo("s1", 1), blank)) == {}
    assert stored(track(first, blank, second)) == {1: first, 2: second}
    assert kept_of(session(action(1, " \u200b"))) == []


def test_only_the_kinds_that_last_are_kept() -> None:
    made = session(action(1), facts.Recorded(2, "info", facts.Content("a note")))
    assert [kept.n for kept in ACTIONS.of_session(made)] == [1]


@pytest.mark.parametrize(
    ("changes", "today", "told"),
    [
        ({}, DAYS[0], ""),
        ({}, DAYS[1], "day 1"),
        ({"gathering": ""}, DAYS[1], "day 1"),
        ({"date": date(2027, 10, 12)}, DAYS[1], "Tuesday 12 October"),
        ({"date": date(2026, 10, 12)}, DAYS[1], "Monday 12 October 2026"),
        ({"gathering": "2027-03", "gathering_name": "March 2027 PTG"}, DAYS[0], "the March 2027 PTG"),
        ({"gathering": "2027-03", "gathering_name": ""}, DAYS[0], "the 2027-03"),
    ],
)
def test_where_a_record_comes_from(changes: dict[str, object], today: date, told: str) -> None:
    (kept,) = kept_of(session(action(1)))
    assert origin(SETUP, TRACK, replace(kept, **changes), today) == told


def test_a_part_is_called_a_part() -> None:
    (kept,) = kept_of(session(action(1)))
    assert origin(SETUP, TRACK, kept, DAYS[1], day="part") == "part 1"


def test_what_was_closed_later_was_open_then() -> None:
    (kept,) = kept_of(session(action(1)))
    done: RecordKept = replace(kept, done=True, done_at=START + timedelta(hours=2))
    again = replace(done, done=False)
    assert [open_at(record, START + timedelta(hours=1)) for record in (kept, done, again)] == [
        True,
        True,
        True,
    ]
    assert [open_at(record, START + timedelta(hours=2)) for record in (kept, done, again)] == [
        True,
        False,
        True,
    ]
