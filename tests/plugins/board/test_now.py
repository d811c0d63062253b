"""What is on, next and was on: from topics by themselves, and by hand until the next topic."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bot.core.plugin.registration import register
from bot.core.session.session import Session
from bot.core.state.setup import Gathering, Setup, Track
from plugins import agenda, board, corrections, sessions, topics
from plugins.board.now import OnNext, OnNow, Stretch, history_of, next_of, now_of, of_day
from tests.play import START, Stage

ROOM, OWN = "irc/#nova", "irc/#ptg"
SETUP = Setup(
    gathering=Gathering("2027-10", rooms=(OWN,)), tracks=(Track("nova", "Nova", venues=((ROOM,),)),)
)
DECLARED = register([sessions.plugin, agenda.plugin, topics.plugin, corrections.plugin, board.plugin], SETUP)


def stage(*lines: str) -> Stage:
    """A room where a session's chair says lines, a minute apart; those about the track are said in the gathering's room."""
    made = Stage(DECLARED, SETUP)
    made.say("amaru", "#startmeeting Day 1")
    say(made, *lines)
    return made


def say(made: Stage, *lines: str) -> None:
    for line in lines:
        made.later(minutes=1)
        made.say("amaru", line, OWN if line.startswith("#nova ") else ROOM)


def now(made: Stage) -> OnNow | None:
    return now_of(made.state, "nova")


def texts(made: Stage, *loaded: Session) -> list[str]:
    return [stretch.text for stretch in history_of(made.state, "nova", loaded)]


def at(minute: int) -> datetime:
    return START.replace(minute=minute)


def test_a_topic_is_on_by_itself() -> None:
    made = stage("#topic Cells")
    assert now(made) == OnNow("Cells", at(1), session=made.session.id)
    say(made, "#subtopic Schema")
    assert now(made) == OnNow("Cells", at(1), session=made.session.id, subtopic="Schema")


def test_by_hand_wins_until_the_next_topic() -> None:
    made = stage("#topic Cells", "#nova now lunch")
    assert now(made) == OnNow("lunch", at(2), by="amaru")
    say(made, "#topic Docs")
    assert now(made) == OnNow("Docs", at(3), session=made.session.id)


def test_the_end_of_a_session_clears_what_is_on_and_keeps_what_is_next() -> None:
    made = stage("#topic Cells", "#nova now lunch", "#nova next docs", "#endmeeting")
    assert now(made) is None
    assert next_of(made.state, DECLARED, "nova") == (OnNext("docs", by="amaru"),)


def test_it_stays_clear_when_the_session_left_memory() -> None:
    made = stage("#nova now lunch", "#topic Cells", "#endmeeting")
    made.state.forget(made.session.id)
    assert now(made) is None
    assert texts(made) == ["lunch"]


def test_a_topic_that_is_undone_gives_back_what_was_said() -> None:
    made = stage("#nova now lunch", "#nova next docs", "#topic Cells", "#undo")
    assert now(made) == OnNow("lunch", at(1), by="amaru")
    assert next_of(made.state, DECLARED, "nova") == (OnNext("docs", by="amaru"),)
    assert texts(made) == ["lunch"]


def test_a_topic_with_a_new_title_has_no_old_one() -> None:
    made = stage("#topic Celsl", "#correct /Celsl/Cells/", "#topic Docs")
    assert texts(made) == ["Cells", "Docs"]


def test_what_is_cleaned_is_off_until_the_next_topic() -> None:
    made = stage("#topic Cells", "#nova clean")
    assert now(made) is None
    say(made, "#topic Docs")
    assert now(made) == OnNow("Docs", at(3), session=made.session.id)


def test_the_agenda_says_what_is_next_and_people_say_it_better() -> None:
    made = stage("agenda+ 15m Cells", "agenda+ 20m Docs", "#topic 1")
    assert next_of(made.state, DECLARED, "nova") == (OnNext("Docs", minutes=20),)
    say(made, "#nova next a break", "#nova next then docs")
    assert next_of(made.state, DECLARED, "nova") == (OnNext("a break", "amaru"), OnNext("then docs", "amaru"))
    say(made, "#nova now a longer break")
    assert next_of(made.state, DECLARED, "nova") == (OnNext("Docs", minutes=20),)


def test_the_same_words_again_begin_nothing_new() -> None:
    made = stage("#nova now lunch", "#nova next docs", "#nova now lunch")
    assert now(made) == OnNow("lunch", at(1), by="amaru")
    assert next_of(made.state, DECLARED, "nova") == ()
    assert texts(made) == ["lunch"]


def test_a_day_is_a_list_of_what_was_on_when() -> None:
    made = stage(
        "#nova now coffee", "#topic Cells", "#nova now lunch", "#topic Docs", "#nova clean", "#topic Cells", "#endmeeting"
    )  # fmt: skip
    ended = made.session
    made.state.forget(ended.id)
    say(made, "#nova now a walk")
    name, cells, docs = ended.id, ended.topics[0].id, ended.topics[1].id
    assert history_of(made.state, "nova", [ended]) == (
        Stretch("coffee", at(1), at(2), by="amaru"),
        Stretch("Cells", at(2), at(3), session=name, topic=cells),
        Stretch("lunch", at(3), at(4), by="amaru"),
        Stretch("Docs", at(4), at(5), session=name, topic=docs),
        Stretch("Cells", at(6), at(7), session=name, topic=cells),
        Stretch("a walk", at(8), None, by="amaru"),
    )


def test_what_lasts_over_midnight_is_of_both_days() -> None:
    late = Stretch(
        "talk", datetime(2027, 10, 19, 21, 50, tzinfo=UTC), datetime(2027, 10, 19, 22, 10, tzinfo=UTC)
    )
    zone = ZoneInfo("Europe/Berlin")
    days = [datetime(2027, 10, day, tzinfo=UTC).date() for day in (18, 19, 20, 21)]
    assert [of_day([late], day, zone) for day in days] == [(), (late,), (late,), ()]


def test_a_restart_changes_nothing() -> None:
    made = stage("#nova now coffee", "#topic Cells", "#nova next docs", "#nova now lunch", "#nova now tea")
    before = now(made), texts(made), next_of(made.state, DECLARED, "nova")
    made.restart()
    assert (now(made), texts(made), next_of(made.state, DECLARED, "nova")) == before


def test_another_gathering_says_nothing_here() -> None:
    made = stage("#nova now coffee")
    made.state.configure(Setup(gathering=Gathering("2028-04", rooms=(OWN,)), tracks=SETUP.tracks))
    assert now(made) is None
    assert texts(made) == []
