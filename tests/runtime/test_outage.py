"""A full disk: the rooms hear of it once, chat goes on, and what was missed is a gap."""

from datetime import timedelta

from bot.core.facts import GapNoted
from bot.networks.transcript.dialogue import SaidInRoom
from tests.runtime.stage import ROOM, stage

NOT_RECORDED = "I can't save anything right now; I'll say when I can"
AGAIN = "I can save again; please repeat anything important since then"


async def test_a_full_disk_is_said_once_and_the_session_goes_on_with_a_gap() -> None:
    async with stage() as on:
        await on.say("amaru", "#startmeeting Day 1")
        on.journal.full = True
        assert await on.say("amaru", "#topic Lost") == [NOT_RECORDED]
        assert await on.say("amaru", "#topic Lost too") == []
        session = on.desk.state.running(ROOM)
        assert session is not None
        assert session.topics == ()
        since = on.at
        on.journal.full = False
        assert await on.say("amaru", "#topic Found") == [
            f"{AGAIN}; Day 1 is at topic 1: Found",
            "topic 1: Found",
        ]
        session = on.desk.state.running(ROOM)
        assert session is not None
        assert [topic.title for topic in session.topics] == ["Found"]
        gaps = session.every(GapNoted)
        assert gaps == [GapNoted(ROOM, since - timedelta(seconds=1), on.at)]


async def test_a_session_whose_lines_are_lost_is_not_silent() -> None:
    async with stage() as on:
        await on.say("amaru", "#startmeeting Day 1")
        on.journal.full = True
        await on.say("amaru", "#topic Lost")
        session = on.desk.state.running(ROOM)
        assert session is not None
        assert on.desk.state.last_heard(session.id) == on.at


async def test_chat_that_waited_for_company_is_missed_too_when_the_disk_is_full() -> None:
    async with stage() as on:
        await on.say("amaru", "#startmeeting Day 1")
        on.journal.full = True
        assert await on.say("amaru", "hello") == []
        since = on.at
        await on.desk.finish()
        assert on.network.take_actions() == [SaidInRoom(ROOM, NOT_RECORDED)]
        on.journal.full = False
        assert await on.say("amaru", "#topic One") == [f"{AGAIN}; Day 1 is at topic 1: One", "topic 1: One"]
        session = on.desk.state.running(ROOM)
        assert session is not None
        assert session.every(GapNoted) == [GapNoted(ROOM, since, on.at)]


async def test_chat_that_waited_notes_the_gap_when_it_is_the_first_to_be_saved() -> None:
    async with stage() as on:
        await on.say("amaru", "#startmeeting Day 1")
        on.journal.full = True
        assert await on.say("amaru", "#topic Lost") == [NOT_RECORDED]
        since = on.at
        assert await on.say("amaru", "hello") == []
        on.journal.full = False
        await on.desk.finish()
        assert on.network.take_actions() == [SaidInRoom(ROOM, f"{AGAIN}; Day 1 has no topic open")]
        session = on.desk.state.running(ROOM)
        assert session is not None
        assert session.every(GapNoted) == [GapNoted(ROOM, since, on.at)]


async def test_answers_that_record_nothing_are_given_while_the_disk_is_full() -> None:
    async with stage() as on:
        await on.say("amaru", "#startmeeting Day 1")
        on.journal.full = True
        done = await on.hear(on.message("amaru", "#topic Lost"), on.message("amaru", "#bothelp token17"))
        assert [action.text for action in done if isinstance(action, SaidInRoom)] == [
            NOT_RECORDED,
            "there is no command token17; #commands lists them all",
        ]


async def test_a_batch_that_cannot_be_written_and_then_a_full_disk() -> None:
    async with stage() as on:
        await on.say("amaru", "#startmeeting Day 1")
        on.journal.refuse = lambda _: on.journal.fill()
        await on.say("amaru", "hello")
        assert await on.say("amaru", "#topic Lost") == [NOT_RECORDED]
        assert on.desk.state.running(ROOM) is not None


async def test_a_room_without_a_session_hears_of_a_full_disk_only_when_it_asks() -> None:
    async with stage() as on:
        await on.say("amaru", "#startmeeting Day 1", "irc/#nova-2")
        on.journal.full = True
        assert await on.say("amaru", "hello") == []
        assert await on.say("amaru", "#startmeeting Day 1") == [NOT_RECORDED]
