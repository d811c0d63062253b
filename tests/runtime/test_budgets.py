"""How many commands of one person are answered, and who is answered in any case."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.core import phrases
from bot.core.effects import Effect, Reply
from bot.core.events import Message, NickChanged, Room
from bot.core.people.identity import Identity
from bot.core.plugin.ask import Ask
from bot.core.plugin.command import Needs
from bot.core.plugin.declarations import Plugin
from bot.core.state.limits import Limits
from bot.core.turn.decision import Decision
from bot.networks.transcript.dialogue import SaidInPrivate, SaidInRoom
from bot.runtime.budgets import Budgets, Verdict
from plugins import records
from tests.runtime.stage import ROOM, stage

AT = datetime(2027, 10, 19, 13, 0, 20, tzinfo=UTC)
ROSA, LIN = Identity("irc", "rosa", "rosa"), Identity("irc", "lin", "lin")
SPENT = phrases.BUDGET_SPENT(who="rosa", until="13:02 UTC")
LIMITS = Limits(commands=3, commands_per_minute=6)


def given(budgets: Budgets, who: Identity, *seconds: float) -> list[bool]:
    """Whether somebody is answered at these times after AT."""
    return [budgets.spend(who, AT + timedelta(seconds=second)).given for second in seconds]


def test_a_budget_is_some_commands_at_once_and_then_some_each_minute() -> None:
    budgets = Budgets(LIMITS)
    assert given(budgets, ROSA, 0, 0, 0) == [True, True, True]
    assert given(budgets, ROSA, 10, 20, 30) == [True, True, True]
    assert given(budgets, ROSA, 31) == [False]


def test_beyond_it_the_answer_says_once_until_when() -> None:
    budgets = Budgets(LIMITS)
    given(budgets, ROSA, 0, 0, 0)
    until = datetime(2027, 10, 19, 13, 2, tzinfo=UTC)
    assert budgets.spend(ROSA, AT) == Verdict(given=False, until=until, news=True)
    assert budgets.spend(ROSA, AT) == Verdict(given=False, until=until)
    assert budgets.spend(ROSA, until - timedelta(seconds=1)) == Verdict(given=False, until=until)
    assert budgets.spend(ROSA, until) == Verdict()


def test_each_person_has_a_budget_on_each_network_by_account_or_name() -> None:
    budgets = Budgets(Limits(commands=1))
    others = [LIN, Identity("oftc", "rosa", "rosa"), Identity("irc", "rosa", "rosa", "rparra")]
    assert [given(budgets, who, 0, 0) for who in (ROSA, *others)] == [[True, False]] * 4
    assert given(budgets, Identity("irc", "another", "another", "rparra"), 0) == [False]


def test_a_new_nick_has_the_budget_of_the_old_one() -> None:
    budgets = Budgets(Limits(commands=1))
    given(budgets, ROSA, 0, 0)
    budgets.rename(ROSA, LIN)
    assert given(budgets, LIN, 0) == [False]
    assert given(budgets, ROSA, 0) == [True]


def test_a_clock_that_was_ahead_silences_nobody_for_long() -> None:
    budgets = Budgets(Limits(commands=1))
    given(budgets, ROSA, 86400, 86400)
    assert given(budgets, ROSA, 0, 0) == [False, False]
    assert given(budgets, ROSA, 100, 120) == [True, True]


def test_names_that_were_made_up_do_not_fill_the_memory() -> None:
    budgets = Budgets(LIMITS)
    for n in range(10_000):
        given(budgets, Identity("irc", f"n{n}", f"n{n}"), 0)
    assert len(budgets._of) == 4096


async def test_what_a_person_records_beyond_the_budget_is_recorded_without_an_answer() -> None:
    async with stage(records.plugin, budgets=Budgets(LIMITS)) as on:
        await on.say("amaru", "#startmeeting Day 1")
        said = [await on.say("rosa", f"#info {n}") for n in range(6)]
        until = phrases.BUDGET_SPENT(who="rosa", until="13:02 UTC")
        assert said == [["#1 info"], ["#2 info"], ["#3 info"], [until], [], []]
        session = on.desk.state.running(ROOM)
        assert session is not None
        assert [record.content.text for record in session.records] == ["0", "1", "2", "3", "4", "5"]
        assert await on.say("lin", "#info 6") == ["#7 info"]


async def test_talk_costs_nothing() -> None:
    async with stage(records.plugin, budgets=Budgets(LIMITS)) as on:
        await on.say("amaru", "#startmeeting Day 1")
        for _ in range(20):
            assert await on.say("rosa", "good morning") == []
        assert await on.say("rosa", "#info one") == ["#1 info"]


async def test_chairs_and_moderators_are_always_answered() -> None:
    async with stage(records.plugin, budgets=Budgets(LIMITS)) as on:
        await on.say("amaru", "#startmeeting Day 1")
        said = [await on.say(nick, "#info x") for nick in ("amaru", "op") * 10]
        assert said == [[f"#{n} info"] for n in range(1, 21)]


async def test_what_is_said_to_a_whole_session_is_always_said() -> None:
    async with stage(budgets=Budgets(Limits(commands=1))) as on:
        for _ in range(5):
            await on.say("rosa", "#bothelp")
        (opened,) = await on.say("rosa", "#startmeeting Day 1")
        assert opened.startswith("Day 1 is open until")


async def test_private_words_and_rooms_have_one_budget() -> None:
    async with stage(budgets=Budgets(LIMITS)) as on:
        private = Room("irc/rosa", "irc", private=True)
        answers = [
            await on.hear(Message(private, ROSA, "bothelp", AT)),
            await on.hear(Message(Room(ROOM, "irc"), ROSA, "#bothelp", AT)),
            await on.hear(Message(private, ROSA, "bothelp", AT)),
            await on.hear(Message(private, ROSA, "bothelp", AT)),
            await on.hear(Message(Room(ROOM, "irc"), ROSA, "#bothelp", AT)),
        ]
        assert [[type(one) for one in done] for done in answers] == [
            [SaidInPrivate],
            [SaidInRoom],
            [SaidInPrivate],
            [SaidInPrivate],
            [],
        ]
        assert answers[3] == [SaidInPrivate("rosa", SPENT)]


async def test_a_new_nick_does_not_help() -> None:
    async with stage(budgets=Budgets(Limits(commands=1))) as on:
        assert await on.say("rosa", "#bothelp") != []
        assert await on.say("rosa", "#bothelp") != []
        await on.hear(NickChanged(ROSA, LIN, on.at))
        assert await on.say("lin", "#bothelp") == []


class TestFaults:
    """Faults are answers too, and a turn that is repeated counts once."""

    plugin = Plugin("faulty")

    @staticmethod
    @plugin.command("fail", usage="#fail", says="fails", example="#fail", needs=Needs.NOTHING)
    def fail(ask: Ask) -> Sequence[Effect]:
        raise ValueError("a fault of a plugin")

    async def test_a_fault_beyond_the_budget_is_only_logged(self, caplog: pytest.LogCaptureFixture) -> None:
        async with stage(self.plugin, budgets=Budgets(Limits(commands=2))) as on:
            said = [await on.say("rosa", "#fail") for _ in range(5)]
            assert [len(one) for one in said] == [1, 1, 1, 0, 0]
            assert said[2] == [SPENT.replace("13:02", "13:02")]
        assert sum(message.startswith("fault ") for message in caplog.messages) == 5

    async def test_a_turn_that_failed_and_is_repeated_counts_once(self) -> None:
        async with stage(records.plugin, budgets=Budgets(Limits(commands=1))) as on:
            await on.say("amaru", "#startmeeting Day 1")
            refusals = iter([True])
            on.journal.refuse = lambda _: next(refusals, False)
            assert await on.say("rosa", "#info one") == ["#1 info"]
            assert next(refusals, None) is None


def test_the_lines_of_a_form_are_all_answered() -> None:
    budgets, holder = Budgets(LIMITS), Identity("mail", "rosa", "5f1c", "5f1c")
    decision = Decision(orders=[Reply("yes")])
    for _ in range(20):
        assert budgets.keep(decision, holder, AT, ZoneInfo("UTC"), None) is None
    assert decision.orders == [Reply("yes")]
