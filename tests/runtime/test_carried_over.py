"""Records outlast their session: whatever leaves memory when, each is listed once, as it stands; redacted words are gone."""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.bundled import bundled_plugins
from bot.core.events import Redacted, Room
from bot.core.facts import RecordKept, RecordLetGo
from bot.core.people.identity import Identity
from bot.core.plugin.declarations import Plugin
from bot.networks.transcript.dialogue import SaidInPrivate, SaidInRoom
from plugins.actions.state import ACTIONS
from plugins.questions.kinds import QUESTIONS
from tests.runtime.stage import ROOM, Stage, stage

OTHERS = {
    "sessions",
    "agenda",
    "topics",
    "help",
    "recap",
}  # on stage already; a recap would keep sessions in memory
PLUGINS = [plugin for plugin in bundled_plugins() if plugin.name not in OTHERS]
SECRET = "hunter2-the-password"

MAKING = (
    "#action okoye to write it by 30 October",
    "#action lin_wei to read it",
    "#question Why?",
    "#info a note",
)
MENDING = (
    "#did {n}", "#open {n}", "#due {n} Friday", "#due {n} none", "#due {n} Epoxy-2", "#assign {n} rosa", "#drop {n}",
    "#edit {n} okoye to do something else", "#answer {n} Because", "#answer {n} -", "question {n}++", "question {n}--",
    "#undo", "#did {n}", "#answer {n} For that reason",
)  # fmt: skip
COURSE = ("#startmeeting", "#endmeeting")
Said = tuple[str, int, str]


def lines(words: tuple[str, ...], least: int, most: int) -> st.SearchStrategy[list[Said]]:
    said = st.tuples(st.sampled_from(words), st.integers(1, 4), st.sampled_from(["op", "okoye"]))
    return st.lists(said, min_size=least, max_size=most)


LINES = st.builds(
    lambda *parts: [line for part in parts for line in part],
    st.just([("#startmeeting", 0, "op")]),
    lines(MAKING, 2, 4),
    lines((*MAKING, *MENDING), 0, 4),
    st.just([("#endmeeting", 0, "op")]),
    lines(MENDING, 2, 8),
    lines((*COURSE, *MAKING, *MENDING), 0, 10),
    lines(MENDING, 0, 4),
)


def keeper() -> Plugin:
    """Lets no session go: for the same lines with everything in memory."""
    plugin = Plugin("keeper")
    plugin.session.settled(lambda *_: False)
    return plugin


async def played(told: list[Said], database: str, *more: Plugin, restarts: bool) -> list[RecordKept]:
    """What is listed after these lines; with restarts the bot begins anew before each."""
    at = None
    said = [*told, ("nothing", 0, "okoye")]
    found: list[RecordKept] = []
    groups = [[line] for line in said] if restarts else [said]
    count = 0
    for group in groups:
        async with stage(*PLUGINS, *more, database=database) as on:
            on.at = at or on.at
            for word, n, nick in group:
                count += 1
                await on.say(nick, word.format(n=n), id=f"${count}")
            at = on.at
            found = listed(on)
    return found


def listed(on: Stage) -> list[RecordKept]:
    state = on.desk.state
    return [*ACTIONS.of(state, "nova"), *QUESTIONS.of(state, "nova")]


@settings(max_examples=60, deadline=None)
@given(LINES)
def test_each_record_is_listed_once_wherever_its_session_is(told: list[Said]) -> None:
    whole = asyncio.run(played(told, ":memory:", keeper(), restarts=False))
    left = asyncio.run(played(told, ":memory:", restarts=False))
    numbers = [one.n for one in left]
    assert len(numbers) == len(set(numbers))
    assert left == whole


@settings(max_examples=15, deadline=None)
@given(LINES)
def test_a_restart_before_every_line_changes_no_list(
    tmp_path_factory: pytest.TempPathFactory, told: list[Said]
) -> None:
    folder = tmp_path_factory.mktemp("journal")
    once = asyncio.run(played(told, str(folder / "once.db"), restarts=False))
    again = asyncio.run(played(told, str(folder / "again.db"), restarts=True))
    assert again == once


async def test_only_what_changed_is_kept_anew() -> None:
    async with stage(*PLUGINS) as on:
        await on.say("op", "#startmeeting")
        for n in range(5):
            await on.say("op", f"#action @okoye to do it {n}")
        await on.say("op", "#endmeeting")
        await on.rests()
        await on.say("op", "#did 3")
        await on.say("op", "#drop 4")
        await on.say("op", "#did 3")  # as it was
        facts = [entry.fact for entry in on.desk.state.stream("track/nova")]
        kept = [(fact.n, fact.done) for fact in facts if isinstance(fact, RecordKept)]
        assert kept == [(1, False), (2, False), (3, False), (4, False), (5, False), (3, True)]
        assert [fact.n for fact in facts if isinstance(fact, RecordLetGo)] == [4]
        assert list(on.desk.state.sessions()) == []


def redacted(on: Stage, target: str) -> Redacted:
    on.at += timedelta(seconds=1)
    return Redacted(Room(ROOM, "irc"), Identity("irc", "op", "op"), target, on.at, id=f"{target}-")


def bytes_in(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.iterdir())


@pytest.mark.parametrize("what", ["action", "question", "cta"])
async def test_what_is_redacted_is_gone_from_what_the_track_keeps(tmp_path: Path, what: str) -> None:
    async with stage(*PLUGINS, database=str(tmp_path / "journal.db")) as on:
        await on.say("op", "#startmeeting", id="$0")
        await on.say("okoye", f"#{what} {SECRET}", id="$1")
        await on.say("okoye", f"#{what} something else", id="$2")
        await on.say("op", "#endmeeting", id="$3")
        await on.rests()
        assert SECRET.encode() in bytes_in(tmp_path)
        await on.hear(redacted(on, "$1"))
        await on.desk.finish()
        assert SECRET not in repr(on.desk.state.stream("track/nova"))
        assert SECRET.encode() not in bytes_in(tmp_path)
        (line,) = await on.say("op", {"cta": "#ctas", "action": "#actions", "question": "#questions"}[what])
        assert "#2 " in line
        assert "#1" not in line


async def test_an_answer_that_is_redacted_is_gone_and_the_question_open(tmp_path: Path) -> None:
    async with stage(*PLUGINS, database=str(tmp_path / "journal.db")) as on:
        await on.say("op", "#startmeeting", id="$0")
        await on.say("okoye", "#question Why?", id="$1")
        await on.say("op", "#endmeeting", id="$2")
        await on.rests()
        await on.say("okoye", f"#answer 1 {SECRET}", id="$3")
        assert [question.answer is not None for question in QUESTIONS.of(on.desk.state, "nova")] == [True]
        assert SECRET.encode() in bytes_in(tmp_path)
        await on.hear(redacted(on, "$3"))
        await on.desk.finish()
        assert SECRET.encode() not in bytes_in(tmp_path)
        assert SECRET not in repr(on.desk.state.stream("track/nova"))
        assert [(question.n, question.answer) for question in QUESTIONS.of(on.desk.state, "nova")] == [
            (1, None)
        ]


async def test_the_words_of_a_mending_that_is_redacted_are_gone(tmp_path: Path) -> None:
    async with stage(*PLUGINS, database=str(tmp_path / "journal.db")) as on:
        await on.say("op", "#startmeeting", id="$0")
        await on.say("okoye", "#action okoye to write it", id="$1")
        await on.say("op", "#endmeeting", id="$2")
        await on.rests()
        await on.say("okoye", f"#due 1 {SECRET}", id="$3")
        assert SECRET.encode() in bytes_in(tmp_path)
        await on.hear(redacted(on, "$3"))
        await on.desk.finish()
        assert SECRET.encode() not in bytes_in(tmp_path)
        (one,) = ACTIONS.of(on.desk.state, "nova")
        assert one.content.text == "okoye to write it"
        assert one.content.when == ""


async def test_of_five_hundred_actions_thirty_are_told_in_private() -> None:
    async with stage(*PLUGINS) as on:
        await on.say("op", "#startmeeting")
        for n in range(500):
            await on.say("op", f"#action @okoye to do it {n}")
        await on.say("op", "#endmeeting")
        await on.rests()
        done = await on.hear(on.message("okoye", "#actions"))
        assert [action.text for action in done if isinstance(action, SaidInRoom)] == [
            "500 open actions in Nova: I sent them to you in private"
        ]
        (told,) = [action.text for action in done if isinstance(action, SaidInPrivate)]
        assert told.splitlines() == [
            "500 open actions in Nova:",
            *(f"#{n + 1} okoye: do it {n}" for n in range(30)),
            "and 470 others; #actions NICK lists those of one person",
        ]
        (opened, brought) = await on.say("op", "#startmeeting")
        assert opened.startswith("Nova, ")
        assert brought.endswith("#5 okoye and 495 others; #actions lists them; #did N closes one")
