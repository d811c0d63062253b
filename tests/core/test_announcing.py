"""What concerns a session is said in all of its rooms."""

from datetime import timedelta

from bot.api import Announce, Effect, Moment, Needs, Occasion, Plugin, Reply, StateView, Write
from bot.api.facts import SessionRenamed
from bot.bundled import bundled_plugins
from bot.core.events import MomentDue
from bot.core.plugin.ask import Ask
from bot.core.state.setup import Setup, Track
from plugins import sessions
from tests.play import START, Stage

NOVA = Track(
    slug="nova", name="Nova", venues=(("irc/#nova", "irc/#hall", "matrix/#nova:hs"), ("irc/#attic",))
)
GONG = Plugin("gong")


@GONG.command("gong", usage="#gong", says="a gong", example="#gong", needs=Needs.NOTHING)
def sound(_: Ask) -> list[Effect]:
    return [Reply("it sounds"), Announce("gong"), Announce("gong again")]


@GONG.due
def due(state: StateView, stream: str) -> list[Moment]:
    return [Moment("gong", START + timedelta(minutes=5))] if state.session(stream) is not None else []


@GONG.on(MomentDue, "gong")
def strike(_: Occasion) -> list[Effect]:
    return [Announce("gong by itself")]


@GONG.upon(SessionRenamed)
def renamed(_: Occasion, fact: SessionRenamed) -> list[Effect]:
    return [Announce(f"gong for {fact.name}")]


@GONG.command("rename", usage="#rename", says="renames", example="#rename")
def rename(ask: Ask) -> list[Effect]:
    return [Write(SessionRenamed(ask.rest))]


def stage(plugins: list[Plugin] | None = None) -> Stage:
    opened = Stage(plugins or [sessions.plugin, GONG], Setup(tracks=(NOVA,)))
    opened.say("amaru", "#startmeeting Day 1", "irc/#hall")
    return opened


def test_the_asker_is_answered_and_the_other_rooms_hear_the_same() -> None:
    assert stage().say("amaru", "#gong", "irc/#hall") == [
        "> it sounds",
        "> gong",
        ">[irc/#nova] gong",
        ">[matrix/#nova:hs] gong",
        "> gong again",
        ">[irc/#nova] gong again",
        ">[matrix/#nova:hs] gong again",
    ]


def test_what_nobody_asked_for_is_said_in_all_rooms_alike() -> None:
    assert stage().moment("gong") == [
        ">[irc/#nova] gong by itself",
        ">[irc/#hall] gong by itself",
        ">[matrix/#nova:hs] gong by itself",
    ]


def test_a_consequence_is_announced_too() -> None:
    assert stage().say("amaru", "#rename Day 2", "irc/#nova") == [
        "> gong for Day 2",
        ">[irc/#hall] gong for Day 2",
        ">[matrix/#nova:hs] gong for Day 2",
    ]


def test_outside_of_a_session_only_the_asker_hears_it() -> None:
    assert stage().say("amaru", "#gong", "irc/#attic") == ["> it sounds", "> gong", "> gong again"]
    assert stage().say("amaru", "#gong", private=True) == ["> it sounds", "> gong", "> gong again"]


def test_an_end_is_announced_in_the_rooms_of_the_session_that_ended() -> None:
    said = stage().say("amaru", "#endmeeting", "irc/#hall")
    assert [line.partition(" ")[0] for line in said] == [">", ">[irc/#nova]", ">[matrix/#nova:hs]"]


def test_a_result_that_changes_the_record_is_said_in_all_rooms() -> None:
    opened = stage(bundled_plugins())
    opened.joins("amaru", "okoye")
    asked = "#1 has no owner yet; #assign 1 NICK sets one"
    assert opened.say("amaru", "#action somebody to look", "irc/#hall") == [
        f"> {asked}",
        f">[irc/#nova] {asked}",
        f">[matrix/#nova:hs] {asked}",
    ]
    for line in ("#assign 1 okoye", "#due 1 2027-11-01", "#did 1", "#edit 1 okoye to look there", "#drop 1"):
        said = opened.say("amaru", line, "irc/#hall")
        assert said[1:] == [f">[{room}] {said[0][2:]}" for room in ("irc/#nova", "matrix/#nova:hs")]


def test_a_short_acknowledgment_and_a_refusal_stay_in_their_room() -> None:
    opened = stage(bundled_plugins())
    assert opened.say("okoye", "#info one", "irc/#hall") == ["> #1 info"]
    assert opened.say("okoye", "#topic Mine", "irc/#hall") == [
        "> only a chair or a moderator can use #topic; chair here: amaru"
    ]
    assert opened.say("okoye", "#records", "irc/#hall") == ["> 1 record of Day 1: #1 info: one"]
