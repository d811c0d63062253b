"""One message's way through the core, with a plugin that does nothing but tell what it was asked."""

import re
from collections.abc import Sequence
from datetime import timedelta

import pytest
from msgspec.structs import replace

from bot.core.effects import Effect, Reply, Write
from bot.core.events import BackInRoom, Message, Room
from bot.core.facts import (
    GapNoted,
    PersonLeft,
    PersonRenamed,
    PersonSeen,
    SessionClosed,
    SessionOpened,
    SessionPaused,
    TopicOpened,
)
from bot.core.plugin.ask import Ask
from bot.core.plugin.command import Needs
from bot.core.plugin.declarations import Plugin
from bot.core.plugin.kind import Kind
from bot.core.plugin.recording import LONGEST
from bot.core.session.sequence import Growing
from bot.core.session.session import Session
from bot.core.state.access import Role
from bot.core.state.setup import Setup, Track
from bot.core.turn.absent_records import absent_records
from bot.core.turn.commands import read_event
from tests.play import ROOM, START, Stage

plugin = Plugin("telltale")
plugin.kinds.append(Kind("info", "#info text", "a note", "#info x", aliases=("note",)))
plugin.kinds.append(Kind("agreed", "#agreed text", "a decision", "#agreed x", role=Role.CHAIR))


def tell(ask: Ask) -> Sequence[Effect]:
    record = f" record {ask.record.n} of {ask.running.name}" if ask.record else ""
    return [Reply(f"{ask.command.word if ask.command else 'talk'}: {ask.rest!r} as {ask.role.name}{record}")]


plugin.command("tell", usage="#tell text", says="tells", example="#tell", needs=Needs.NOTHING)(tell)
plugin.command("here", usage="#here", says="tells", example="#here", needs=Needs.ROOM)(tell)
plugin.command("track", usage="#track", says="tells", example="#track", needs=Needs.TRACK)(tell)
plugin.command("session", usage="#session", says="tells", example="#session")(tell)
plugin.command("chairs", usage="#chairs", says="tells", example="#chairs", role=Role.CHAIR)(tell)
plugin.command("moderators", usage="#m", says="tells", example="#m", role=Role.MODERATOR)(tell)
plugin.command("admins", usage="#a", says="tells", example="#a", role=Role.ADMIN)(tell)
plugin.command("record", usage="#record N", says="tells", example="#record 1", record=True)(tell)
plugin.command("perhaps", usage="#perhaps [N]", says="tells", example="#perhaps", may_name_record=True)(tell)
plugin.command(
    "support",
    usage="#support N++",
    says="tells",
    example="#support 1++",
    record_form=re.compile(r"(\d+)\+\+"),
)(tell)
plugin.talk("zz")(tell)


@plugin.command("open", usage="#open name", says="opens", example="#open x", needs=Needs.ROOM)
def start(ask: Ask) -> Sequence[Effect]:
    until = ask.at + timedelta(hours=1)
    track = ask.track.slug if ask.track else "none"
    opened = SessionOpened(f"s/{ask.rest}", track, ask.rest, (ask.room.id,), ask.at.date(), until)
    return [Write(opened), Write(TopicOpened("First"))]


@plugin.command("pause", usage="#pause", says="pauses", example="#pause")
def pause(ask: Ask) -> Sequence[Effect]:
    return [Write(SessionPaused())]


@plugin.command("end", usage="#end", says="ends", example="#end")
def end(_: Ask) -> Sequence[Effect]:
    return [Write(SessionClosed("command"))]


@plugin.command("broken", usage="#broken", says="fails", example="#broken")
def fail(ask: Ask) -> Sequence[Effect]:
    raise RuntimeError("a secret")


@pytest.fixture
def stage() -> Stage:
    stage = Stage([plugin])
    stage.say("amaru", "#open Day 1")
    return stage


def log_of(stage: Stage) -> str | None:
    return stage.decisions[-1].log


def facts_of(stage: Stage) -> list[object]:
    return [entry.fact for entry in stage.decisions[-1].entries]


def test_the_line_that_opens_a_session_is_its_first(stage: Stage) -> None:
    assert log_of(stage) == "s/Day 1"
    assert [type(fact) for fact in facts_of(stage)] == [SessionOpened, TopicOpened, PersonSeen]
    assert [topic.title for topic in stage.session.topics] == ["First"]
    assert stage.session.owner == stage.who("amaru")


def test_talk_is_logged_and_its_speaker_seen_once(stage: Stage) -> None:
    assert stage.say("okoye", "hello") == []
    assert log_of(stage) == "s/Day 1"
    assert facts_of(stage) == [PersonSeen(stage.who("okoye"))]
    stage.say("okoye", "hello again")
    assert (log_of(stage), facts_of(stage)) == ("s/Day 1", [])


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[off] #tell x", {}),
        ("#tell x", {"off_record": True}),
        (" [OFF] hello", {}),
        ("\x02[off]\x02 x", {}),
        ("\u200b\x0304[off] x", {}),
    ],
)
def test_off_the_record_leaves_no_trace(stage: Stage, text: str, message: dict[str, object]) -> None:
    assert stage.say("okoye", text, **message) == []  # type: ignore[arg-type]
    assert (log_of(stage), facts_of(stage)) == (None, [])


def test_notices_are_logged_and_command_nothing(stage: Stage) -> None:
    assert stage.say("zuul", "#tell x", talk_only=True) == []
    assert log_of(stage) == "s/Day 1"


def test_a_paused_session_logs_nothing_and_obeys(stage: Stage) -> None:
    stage.say("amaru", "#pause")
    assert stage.say("okoye", "#tell x") == ["> tell: 'x' as ANYONE"]
    assert (log_of(stage), facts_of(stage)) == (None, [])
    assert stage.say("okoye", "zz") == []
    assert stage.say("okoye", "#info x") == ["> off the record: the session is paused; #resume continues it"]


def test_talk_handlers_see_what_they_asked_for(stage: Stage) -> None:
    assert stage.say("okoye", " ZZ top ") == ["> talk: 'ZZ top' as ANYONE"]
    assert stage.say("okoye", "top zz") == []


def test_another_room_is_nothing_to_the_session(stage: Stage) -> None:
    assert stage.say("okoye", "#session", "irc/#other") == [
        "> no session is running here; #startmeeting NAME starts one"
    ]
    assert log_of(stage) is None


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("#tell", ["> tell: '' as ANYONE"]),
        ("tell x", ["> tell: 'x' as ANYONE"]),
        ("gatherbot: tell x", ["> tell: 'x' as ANYONE"]),
        (
            "here",
            [
                "> say #here in the session's room, where everyone can see it; in private I answer status, actions mine, recap, subscribe and help"
            ],
        ),
        (
            "record 1",
            [
                "> say #record in the session's room, where everyone can see it; in private I answer status, actions mine, recap, subscribe and help"
            ],
        ),
    ],
)
def test_in_private(stage: Stage, said: str, answer: list[str]) -> None:
    assert stage.say("okoye", said, private=True) == answer
    assert log_of(stage) is None


def test_unknown_words_are_silence_but_for_near_misses(stage: Stage) -> None:
    assert stage.say("okoye", "#starlingx is great") == []
    assert stage.say("okoye", "#sesion") == ["> there is no #sesion; did you mean #session?"]
    assert stage.say("okoye", "#sesion", "irc/#other") == []


@pytest.mark.parametrize(
    ("word", "refusal"),
    [
        ("chairs", "only a chair or a moderator can use #chairs; chair here: amaru"),
        ("agreed", "only a chair or a moderator can use #agreed; chair here: amaru"),
        (
            "moderators",
            "only a moderator can use #moderators: a channel operator or a configured account",
        ),
        ("admins", "only an admin can use #admins; the configuration names them"),
    ],
)
def test_a_refusal_says_why_and_who_may(stage: Stage, word: str, refusal: str) -> None:
    assert stage.say("okoye", f"#{word} x") == [f"> {refusal}"]
    assert facts_of(stage) == [PersonSeen(stage.who("okoye"))]


def test_roles(stage: Stage) -> None:
    assert stage.say("amaru", "#chairs") == ["> chairs: '' as CHAIR"]
    stage.ops.add("okoye")
    assert stage.say("okoye", "#chairs") == ["> chairs: '' as MODERATOR"]
    assert stage.say("okoye", "#moderators") == ["> moderators: '' as MODERATOR"]


def test_an_admin_is_who_the_configuration_names() -> None:
    stage = Stage(
        [plugin], Setup(tracks=(Track("nova", "Nova", venues=((ROOM,),)),), admins=frozenset({"irc/ada"}))
    )
    stage.accounts["okoye"] = "ada"
    assert stage.say("okoye", "#tell") == ["> tell: '' as ADMIN"]
    assert stage.say("ada", "#tell") == ["> tell: '' as ANYONE"]


def test_a_chair_whose_nick_quit_is_told_so(stage: Stage) -> None:
    stage.quits("amaru")
    assert facts_of(stage) == [PersonLeft(stage.who("amaru"))]
    only = "only a chair or a moderator can use #chairs; chair here: amaru"
    unsure = "I lost sight of amaru"
    how = "a chair or a moderator can confirm you: #chair amaru"
    assert stage.say("amaru", "#chairs") == [f"> {only}; {unsure}; {how}"]


def test_who_never_was_a_chair_is_not_told_so(stage: Stage) -> None:
    stage.say("okoye", "#info x")
    stage.quits("okoye")
    assert facts_of(stage) == [PersonLeft(stage.who("okoye"))]
    assert stage.say("okoye", "#chairs") == [
        "> only a chair or a moderator can use #chairs; chair here: amaru"
    ]


@pytest.mark.parametrize("nick", ["okoye", "amaru"])
def test_who_leaves_without_anything_to_lose_leaves_no_fact(stage: Stage, nick: str) -> None:
    stage.say("okoye", "hello")
    stage.quits(nick, split=nick == "amaru")
    assert facts_of(stage) == []


def test_a_nick_that_held_rights_ends_with_its_quit_also_where_an_account_came_later(stage: Stage) -> None:
    stage.accounts["amaru"] = "ada"
    stage.quits("amaru")
    stage.accounts["amaru"] = ""
    assert stage.say("amaru", "#chairs")[0].startswith("> only a chair or a moderator can use #chairs")
    stage.accounts["amaru"] = "mallory"
    assert stage.say("amaru", "#chairs")[0].startswith("> only a chair or a moderator can use #chairs")


def test_who_holds_rights_in_a_session_that_is_over_is_still_watched(stage: Stage) -> None:
    stage.say("okoye", "#info x")
    stage.say("amaru", "#end")
    stage.quits("amaru")
    stage.rename("okoye", "okoye_away")
    left = [entry.fact for entry in stage.session.entries if isinstance(entry.fact, PersonLeft)]
    assert left == [PersonLeft(stage.who("amaru")), PersonLeft(stage.who("okoye"))]
    assert stage.session.renames == ()


def test_nick_changes_of_known_people_are_facts(stage: Stage) -> None:
    stage.rename("amaru", "amaru_")
    assert facts_of(stage) == [PersonRenamed(stage.who("amaru"), stage.who("amaru_"))]
    assert stage.say("amaru_", "#chairs") == ["> chairs: '' as CHAIR"]
    stage.rename("nobody", "somebody")
    assert facts_of(stage) == []


def test_a_failing_handler_leaves_the_line_and_no_answer(stage: Stage) -> None:
    assert stage.say("okoye", "#broken") == []
    decision = stage.decisions[-1]
    assert (decision.log, repr(decision.fault)) == ("s/Day 1", "RuntimeError('a secret')")


def test_a_time_not_heard_is_a_gap(stage: Stage) -> None:
    stage.later(minutes=5)
    stage.event(BackInRoom(Room(ROOM, "irc"), stage.at, START + timedelta(minutes=2)))
    assert facts_of(stage) == [GapNoted(ROOM, START + timedelta(minutes=2), stage.at)]
    stage.event(BackInRoom(Room(ROOM, "irc"), stage.at))
    assert facts_of(stage) == [GapNoted(ROOM, START, stage.at)]
    stage.event(BackInRoom(Room("irc/#other", "irc"), stage.at, START))
    assert facts_of(stage) == []


def test_a_command_about_a_record(stage: Stage) -> None:
    stage.say("amaru", "#info x")
    for number in ("1", "#1", "01"):
        assert stage.say("okoye", f"#record {number} text") == [
            "> record: 'text' as ANYONE record 1 of Day 1"
        ]
    assert stage.say("okoye", "#perhaps 1 text") == ["> perhaps: 'text' as ANYONE record 1 of Day 1"]
    assert stage.say("okoye", "#perhaps text") == ["> perhaps: 'text' as ANYONE"]
    assert stage.say("okoye", "#support 1++") == ["> support: '1++' as ANYONE record 1 of Day 1"]
    assert stage.say("okoye", "#support 2++") == ["> this track has no record #2"]
    assert stage.say("okoye", "#support one") == ["> support: 'one' as ANYONE"]


@pytest.mark.parametrize("rest", ["", "x", "1x", "-1", "1.0", "\u0661", "##1"])
def test_a_command_about_a_record_without_a_number(stage: Stage, rest: str) -> None:
    stage.say("amaru", "#info x")
    assert stage.say("okoye", f"#record {rest}") == ["> usage: #record N"]


@pytest.mark.parametrize(
    ("number", "shown"), [("0", "0"), ("2", "2"), ("9" * 9, "9" * 9), ("9" * 6000, "9" * 11 + "\u2026")]
)
def test_a_number_that_no_record_has(stage: Stage, number: str, shown: str) -> None:
    stage.say("amaru", "#info x")
    assert stage.say("okoye", f"#record {number}") == [f"> this track has no record #{shown}"]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("#record 5", [("nova", 5)]),
        ("#record #5: text", [("nova", 5)]),
        ("#record 1", []),
        ("#record 8", []),
        ("#record", []),
        ("#perhaps 5 text", [("nova", 5)]),
        ("#perhaps text", []),
        ("#support 5++", [("nova", 5)]),
        ("#support 5", []),
        ("#info 5", []),
        ("[off] #record 5", []),
        (f"#record {'9' * 6000}", []),
    ],
)
def test_the_record_that_a_line_names_is_known_before_anything_is_decided(
    stage: Stage, text: str, named: list[tuple[str, int]]
) -> None:
    stage.say("amaru", "#info x")
    stage.state.restore({}, {"nova": 7})
    message = Message(Room(ROOM, "irc"), stage.who("okoye"), text, START)
    assert absent_records(read_event(message, stage.register, ()), stage.state) == named


def test_a_record_that_no_session_has_after_all(stage: Stage) -> None:
    stage.state.restore({}, {"nova": 7})
    assert stage.say("okoye", "#record 5") == ["> this track has no record #5"]


def test_a_room_of_several_tracks_names_none() -> None:
    tracks = tuple(Track(slug, slug, venues=((ROOM,),)) for slug in ("nova", "zun"))
    stage = Stage([plugin], Setup(tracks=tracks))
    for said, word in (("#track", "track"), ("#record 1", "record")):
        assert stage.say("okoye", said) == [
            f"> this room is shared by nova and zun: #{word} works here while a session runs, or in a room of a single track"
        ]


def test_records_have_limits(stage: Stage) -> None:
    assert stage.say("okoye", f"#info {'x' * (LONGEST + 1)}") == [
        "> the limit for a record is 4,000 characters, yours has 4,001"
    ]
    stage.say("okoye", "#info x")
    session: Session = stage.session
    full = replace(session, records=Growing(tuple(session.records) * stage.state.setup.limits.records))
    stage.state.put(full)
    assert stage.say("okoye", "#info one more") == [
        "> the limit for a session is 5,000 records; end this one and start another"
    ]


def test_a_turn_is_decided_on_a_fork(stage: Stage) -> None:
    fork = stage.state.fork()
    before = stage.session
    lost = Stage([plugin])
    lost.state, lost.count = fork, 50
    lost.say("okoye", "#info lost")
    assert fork.last_number("nova") == 1
    assert (stage.session, stage.state.last_number("nova")) == (before, 0)
    assert stage.state.said_before("s/Day 1", stage.who("okoye")) is None
    fork.adopt()
    assert [record.text for record in stage.session.records] == ["lost"]
    assert stage.state.said_before("s/Day 1", stage.who("okoye")) == "m51"


def test_what_was_said_before_follows_the_nick(stage: Stage) -> None:
    stage.say("okoye", "hello")
    said = stage.state.said_before("s/Day 1", stage.who("okoye"))
    stage.rename("okoye", "Okoye")
    assert stage.state.said_before("s/Day 1", stage.who("okoye")) == said
    stage.rename("Okoye", "ada")
    assert stage.state.said_before("s/Day 1", stage.who("ada")) == said
    assert not stage.state.said_before("s/Day 1", stage.who("okoye"))
    stage.state.forget("s/Day 1")
    assert stage.state.said_before("s/Day 1", stage.who("ada")) is None


def test_thousands_who_quit_do_not_hold_up_what_they_were_never_in(stage: Stage) -> None:
    for n in range(300):
        stage.say("okoye", f"#info {n}")
    for n in range(3000):  # this took seconds where each was looked for in all that was recorded
        stage.quits(f"guest{n}")
    assert facts_of(stage) == []
