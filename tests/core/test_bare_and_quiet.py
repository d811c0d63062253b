"""Commands in /me, bare forms that are talk after all, and people who take part without having been seen."""

from collections.abc import Iterator, Sequence

import pytest
from msgspec import Struct

from bot.core.effects import Effect, Reply, Write
from bot.core.facts import PersonRenamed, PersonSeen, SessionOpened
from bot.core.people.identity import Identity
from bot.core.plugin.ask import Ask
from bot.core.plugin.declarations import Plugin
from bot.core.session.session import Session
from plugins import sessions
from tests.play import ROOM, Stage


class Waved(Struct, frozen=True):
    person: Identity


waving = Plugin("waving", facts=(Waved,))


def is_goodbye(ask: Ask) -> bool:
    return ask.rest == "goodbye"


@waving.command(
    "wave", bare=("wave+",), usage="wave+", says="waves", example="wave+", in_emotes=True, is_talk=is_goodbye
)
def wave(ask: Ask) -> Sequence[Effect]:
    return [Write(Waved(ask.speaker)), Reply(f"{ask.speaker.name} waves {ask.rest}".rstrip())]


@waving.command("shout", bare=("shout+",), usage="shout+", says="shouts", example="shout+")
def shout(ask: Ask) -> Sequence[Effect]:
    return [Write(Waved(ask.speaker)), Reply("heard")]


def wavers(session: Session) -> Iterator[Identity]:
    return (fact.person for fact in session.every(Waved))


waving.session.parties(wavers)


@pytest.fixture
def stage() -> Stage:
    made = Stage([sessions.plugin, waving])
    made.say("amaru", "#startmeeting Day 1")
    return made


def last(stage: Stage) -> tuple[str | None, list[object]]:
    decision = stage.decisions[-1]
    return decision.log, [entry.fact for entry in decision.entries]


@pytest.mark.parametrize("text", ["wave+", "#wave", "gatherbot: wave", "  WAVE+ "])
def test_a_quiet_command_in_me_is_answered_and_leaves_no_line_and_nobody_seen(
    stage: Stage, text: str
) -> None:
    assert stage.say("rosa", text, off_record=True) == ["> rosa waves"]
    assert last(stage) == (None, [Waved(stage.who("rosa"))])
    assert stage.state.said_before(stage.session.id, stage.who("rosa")) is None


def test_a_quiet_command_makes_a_session_no_less_silent(stage: Stage) -> None:
    heard = stage.state.last_heard(stage.session.id)
    stage.later(minutes=5)
    stage.say("rosa", "wave+", off_record=True)
    assert stage.state.last_heard(stage.session.id) == heard


@pytest.mark.parametrize(
    "text", ["shout+", "#shout", "#wav", "waves", "#startmeeting Day 2", "gatherbot: hello", "[off] wave+"]
)
def test_all_else_in_me_is_silence(stage: Stage, text: str) -> None:
    assert stage.say("rosa", text, off_record=True) == []
    assert last(stage) == (None, [])


def test_a_quiet_notice_is_no_command(stage: Stage) -> None:
    assert stage.say("zuul", "wave+", off_record=True, talk_only=True) == []


def test_nothing_opens_a_session_quietly() -> None:
    made = Stage([sessions.plugin, waving])
    assert made.say("amaru", "#startmeeting Day 1", off_record=True) == []
    assert not any(isinstance(fact, SessionOpened) for fact in last(made)[1])


def test_a_bare_form_may_be_talk_after_all(stage: Stage) -> None:
    assert stage.say("rosa", "wave+ goodbye") == []
    assert last(stage) == (stage.session.id, [PersonSeen(stage.who("rosa"))])
    assert stage.say("rosa", "wave+ back") == ["> rosa waves back"]
    assert stage.say("rosa", "#wave goodbye") == ["> rosa waves goodbye"]
    assert stage.say("rosa", "gatherbot: wave+ goodbye") == ["> rosa waves goodbye"]


def test_who_takes_part_unseen_is_followed_through_nicks_and_seen_when_they_speak(stage: Stage) -> None:
    stage.say("rosa", "wave+", off_record=True)
    rosa, away = stage.who("rosa"), stage.who("rosa_away")
    stage.rename("okoye", "nobody")
    assert last(stage) == (None, [])
    stage.rename("rosa", "rosa_away")
    assert last(stage) == (None, [PersonRenamed(rosa, away)])
    assert away not in stage.session.seen
    stage.say("rosa_away", "hello", room=ROOM)
    assert last(stage) == (stage.session.id, [PersonSeen(away)])


def test_a_session_that_is_over_follows_nobody_unseen(stage: Stage) -> None:
    stage.say("rosa", "wave+", off_record=True)
    stage.say("amaru", "#endmeeting")
    stage.rename("rosa", "rosa_away")
    assert last(stage) == (None, [])
