from datetime import timedelta

from bot.core.facts import BreakBegan, BreakEnded, SessionClosed, SessionReopened, TopicClosed, TopicOpened
from bot.core.session.fold import fold
from bot.core.session.session import Entry, Session
from plugins import agenda, sessions
from tests.play import START, Stage


def session() -> Session:
    made = Stage([sessions.plugin, agenda.plugin])
    made.say("amaru", "#startmeeting Day 1")
    return made.session


def after(*facts: tuple[int, object]) -> Session:
    """A session after these facts, each at a minute."""
    base = session()
    entries = [
        Entry(base.id, f"c{n}", START + timedelta(minutes=minute), base.owner, fact)
        for n, (minute, fact) in enumerate(facts)
    ]
    return fold([*base.entries, *entries])


def spent(one: Session, minute: int) -> list[float]:
    return [topic.lasted(START + timedelta(minutes=minute)).total_seconds() / 60 for topic in one.topics]


UNTIL = BreakBegan(START + timedelta(minutes=30))


def test_the_topic_stays_and_its_time_stands_still() -> None:
    resting = after((0, TopicOpened("Cells")), (10, UNTIL))
    assert (resting.topic is not None, resting.break_until) == (True, UNTIL.until)
    assert spent(resting, 25) == [10]
    going = after((0, TopicOpened("Cells")), (10, UNTIL), (30, BreakEnded()))
    assert (going.break_until, spent(going, 35)) == (None, [15])


def test_a_topic_ends_the_break() -> None:
    one = after((0, TopicOpened("Cells")), (10, UNTIL), (20, TopicOpened("CI")), (30, BreakEnded()))
    assert (one.break_until, spent(one, 40)) == (None, [10, 20])
    again = after((0, TopicOpened("Cells")), (10, UNTIL), (20, TopicOpened("Cells")))
    assert (again.break_until, spent(again, 25)) == (None, [15])


def test_a_break_ends_once() -> None:
    one = after((0, TopicOpened("Cells")), (10, UNTIL), (12, BreakEnded()), (14, BreakEnded()))
    assert spent(one, 20) == [18]


def test_a_break_without_a_topic() -> None:
    assert after((10, UNTIL), (30, BreakEnded())).topics == ()
    assert spent(
        after((0, TopicOpened("Cells")), (5, TopicClosed()), (10, UNTIL), (30, BreakEnded())), 40
    ) == [5]


def test_a_session_that_ends_in_a_break_goes_on_without_it() -> None:
    ended = after((0, TopicOpened("Cells")), (10, UNTIL), (15, SessionClosed("command")))
    assert (ended.break_until, spent(ended, 15)) == (None, [10])
    reopened = after(
        (0, TopicOpened("Cells")), (10, UNTIL), (15, SessionClosed("command")), (20, SessionReopened())
    )
    assert (reopened.break_until, spent(reopened, 25)) == (None, [15])
