"""What other plugins have to say about the course of an agenda, and what follows people and rooms."""

from collections.abc import Sequence

from bot.core.effects import Effect, Reply
from bot.core.plugin.ask import Ask
from bot.core.plugin.declarations import Plugin
from bot.core.session.session import Session
from bot.core.state.setup import Setup, Track
from bot.core.state.view import StateView
from plugins import agenda, corrections, sessions, topics
from tests.play import ROOM, Stage

PLUGINS = [sessions.plugin, agenda.plugin, topics.plugin, corrections.plugin]


def stage(*more: Plugin, setup: Setup | None = None) -> Stage:
    made = Stage([*PLUGINS, *more], setup)
    made.say("amaru", "#startmeeting Day 1")
    return made


def test_while_people_wait_the_next_item_does_too() -> None:
    waiting = Plugin("waiting")

    @waiting.agenda.against_advancing
    def why(_: StateView, session: Session) -> str | None:
        return "okoye waits to speak" if session.topics else None

    made = stage(waiting)
    for title in ("Cells", "CI", "Docs"):
        made.say("amaru", f"agenda+ {title}")
    assert made.say("amaru", "#next") == ["> topic 1: Cells (item 1, amaru)"]
    made.later(minutes=2)
    assert made.say("amaru", "#next") == ["> okoye waits to speak; #next! goes on anyway"]
    assert made.say("amaru", "#close") == ["> okoye waits to speak; #close! goes on anyway"]
    assert made.say("amaru", "#skip") == ["> okoye waits to speak; #skip! goes on anyway"]
    assert made.say("amaru", "#next!") == ["> topic 2: CI (item 2, amaru)"]
    assert made.say("amaru", "#close!")[0].startswith("> closed: 2 CI")


def test_close_closes_what_another_plugin_has_open() -> None:
    open_ones, motions = ["a motion"], Plugin("motions")

    @motions.agenda.closer
    def close(ask: Ask) -> Sequence[Effect] | None:
        return [Reply(f"{open_ones.pop()} is closed by {ask.speaker.name}")] if open_ones else None

    made = stage(motions)
    made.say("amaru", "#topic Cells")
    assert made.say("amaru", "#close") == ["> a motion is closed by amaru"]
    assert made.session.topic is not None
    assert made.say("amaru", "#close")[0].startswith("> closed: topic 1 Cells")
    assert made.session.topic is None


def test_topic_changes_are_said_in_all_rooms_of_the_session() -> None:
    other = "irc/#nova-2"
    made = stage(setup=Setup(tracks=(Track("nova", "Nova", venues=((ROOM, other),)),)))
    made.say("jbell", "agenda+ Cells")
    assert made.say("amaru", "#next") == [
        "> topic 1: Cells (item 1, jbell)",
        f">[{other}] topic 1: Cells (item 1, jbell)",
    ]
    assert made.say("jbell", "agenda+ CI", other) == ["> item 2: CI (jbell)"]


def test_who_added_an_item_mends_it_where_an_account_proves_them() -> None:
    made = stage()
    made.accounts["jbell"] = "jb"
    made.say("jbell", "agenda+ Cels")
    made.say("okoye", "agenda+ CI")
    assert made.say("jbell", "#agenda edit 1 Cells") == ["> item 1 is now Cells (jbell)"]
    assert made.say("okoye", "#agenda edit 2 CI!") == [
        "> only a chair or a moderator can use #agenda edit; chair here: amaru"
    ]
    assert made.say("jbell", "#agenda drop 1,2")[0].startswith("> only a chair or a moderator")
    assert made.say("jbell", "#agenda drop 1") == ["> dropped: 1 Cells"]


def test_an_undo_takes_the_item_back_too() -> None:
    made = stage()
    for title in ("Cells", "CI"):
        made.say("amaru", f"agenda+ {title}")
    made.say("amaru", "#next")
    made.later(minutes=2)
    made.say("amaru", "#skip")
    states = [item.state for item in made.register.agenda(made.session)]
    assert states == ["skipped", "current"]
    made.say("amaru", "#undo")
    assert [item.state for item in made.register.agenda(made.session)] == ["current", "open"]
    made.say("amaru", "#undo")
    assert [item.state for item in made.register.agenda(made.session)] == ["open", "open"]


def test_minutes_become_the_topic_s_once() -> None:
    made = stage()
    made.say("amaru", "agenda+ 15m Cells")
    made.say("amaru", "#topic 1")
    made.say("amaru", "#agenda edit 1 20m")
    made.say("amaru", "#topic CI")
    made.say("amaru", "#topic 1")
    (first, _) = made.session.topics
    assert (first.minutes, first.item) == (20, made.register.agenda(made.session)[0].id)


def test_a_corrected_topic_is_the_item_s_title() -> None:
    made = stage()
    made.say("amaru", "agenda+ Cels")
    made.say("amaru", "#next")
    made.say("amaru", "#correct /Cels/Cells/")
    assert [item.title for item in made.register.agenda(made.session)] == ["Cells"]
    assert made.say("amaru", "#topic cells") == ["> topic 1 is already on: Cells"]


def test_words_that_several_items_have_open_a_topic_of_their_own() -> None:
    made = stage()
    made.say("amaru", "agenda+ Cells and CI")
    made.say("amaru", "agenda+ CI and Docs")
    assert made.say("amaru", "#topic CI") == ["> topic 1: CI"]
    assert made.say("amaru", "#topic and docs") == [
        "> topic 2: CI and Docs (item 2, amaru); #topic! and docs opens a new topic instead"
    ]


def test_back_twice_is_there_and_back() -> None:
    made = stage()
    for title in ("Cells", "CI"):
        made.say("amaru", f"#topic {title}")
        made.later(minutes=1)
    assert made.say("amaru", "#back") == ["> back to topic 1: Cells"]
    made.later(minutes=1)
    assert made.say("amaru", "#back") == ["> back to topic 2: CI"]
    made.say("amaru", "#close")
    assert made.say("amaru", "#back") == ["> back to topic 2: CI"]


def test_the_list_says_to_which_day_an_item_is_deferred() -> None:
    made = stage()
    made.say("amaru", "agenda+ Cells")
    made.say("amaru", "#defer 1 to tomorrow")
    assert made.say("amaru", "#agenda")[1] == "> 1. Cells (amaru): deferred to Wednesday 20 October"
