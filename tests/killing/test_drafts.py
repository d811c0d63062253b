"""Killed between any two steps, the way of a draft goes on, and no letter is sent twice.

A step is a write to the database: whatever happens between two of them happens only in memory, so a bot that is stopped before each
write of a story in turn is stopped everywhere. Then it is started again on what is there, and hears again what was said last, as from a
network that tells what was missed; whoever had approved a recap says so once more. Only a letter that the mail server has taken, and that
was not yet written down as sent, is sent once more.
"""

import shutil
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from msgspec import Struct

from bot.storage.sqlite import SqliteJournal
from tests.killing.mortal_bot import BEGIN, LIST, MAINTAINER, Killed, Life, Mended, Step, started

SESSION = (
    "#startmeeting Day",
    "#link https://etherpad.example.org/p/nova Etherpad",
    "#topic Cells",
    "#info Cells stya",
    "I can write the patch for that",
    "#endmeeting",
)
WORDS = ("#recap approve", "#recap send")  # that send
SOON, LATER, TOMORROW = timedelta(minutes=10), timedelta(hours=2), timedelta(hours=25)
STORIES: dict[str, tuple[Step, ...]] = {
    "held, mended in chat and by mail, approved, corrected": (
        *SESSION, SOON, "#recap hold", "#recap edit 2 Cells stay", LATER, Mended("Cells stay", "Cells stay here"),
        "#recap accept", LATER, "#recap link https://video.example.org/1 Recording", "#recap approve",
        "#recap edit 2 Cells stay there", LATER, TOMORROW, "#recap approve",
    ),
    "sent by hand, taken back, sent, corrected": (
        *SESSION, SOON, "#recap sent https://lists.example.org/1", "#recap undo", "#recap take 1.1 as action", "#recap send!",
        "#recap note 1 Cells are small", TOMORROW, "#recap approve",
    ),
    "sent by hand, corrected": (
        *SESSION, SOON, "#recap sent https://lists.example.org/1", "#recap summary 1 Cells", TOMORROW, "#recap approve",
    ),
    "nobody acts, corrected": (*SESSION, TOMORROW, "#recap drop 2", TOMORROW, "#recap approve"),
}  # fmt: skip


class Ending(Struct, frozen=True):
    """What came of a story: the mails in order, and what `#recap` says at the end."""

    list_got: list[tuple[str, str]]
    maintainer_got: list[tuple[str, str]]
    status: list[str]


def is_said_again(step: Step) -> bool:
    """Whether somebody who saw no answer says it again: a word that sends."""
    return isinstance(step, str) and step.startswith(WORDS)


def once(ending: Ending, lost: str) -> Ending:
    """The ending without the second copy of the mail that nobody wrote down."""

    def without(got: list[tuple[str, str]]) -> list[tuple[str, str]]:
        copies = [n for n, (identifier, _) in enumerate(got) if identifier == lost]
        return [one for n, one in enumerate(got) if n not in copies[1:2]]

    return Ending(without(ending.list_got), without(ending.maintainer_got), ending.status)


async def told(steps: Sequence[Step], data: Path, life: Life) -> Ending:
    """Tell a story; a bot that is killed is started again, and hears the last line again."""
    done, begun, is_killed = 0, BEGIN, False
    while True:
        try:
            async with started(data, life) as bot:
                for number, step in enumerate(steps[done:], done):
                    if number > done:
                        done, begun = number, life.at
                    if number == len(SESSION):
                        life.ended = life.count
                    await bot.takes(step, f"step{number}", begun)
                    if is_killed and isinstance(step, Mended):
                        await bot.takes(timedelta(), "", life.at)  # what was due while it was down
                    if is_killed and is_said_again(step):
                        await bot.takes(step, "again", begun)
                    is_killed = False
                return Ending(life.mails(LIST), life.mails(MAINTAINER), await bot.says("#recap"))
        except Killed:
            is_killed, life.left = True, None


@pytest.fixture
def life_of(monkeypatch: pytest.MonkeyPatch) -> Callable[[int | None], Life]:
    """Makes lives that every write to a database takes from."""
    written = SqliteJournal._write

    def made(left: int | None) -> Life:
        life = Life(left)

        async def write(journal: SqliteJournal, job: Any) -> Any:
            life.write()
            return await written(journal, job)

        monkeypatch.setattr(SqliteJournal, "_write", write)
        return life

    return made


@pytest.mark.parametrize("story", STORIES)
async def test_killed_between_any_two_steps_a_draft_goes_on_and_nothing_is_sent_twice(
    story: str, life_of: Callable[[int | None], Life], tmp_path: Path
) -> None:
    steps = STORIES[story]
    whole = life_of(None)
    (tmp_path / "whole").mkdir()
    expected = await told(steps, tmp_path / "whole", whole)
    windows = 0
    for left in range(whole.ended, whole.count):
        life = life_of(left)
        (tmp_path / str(left)).mkdir()
        ending = await told(steps, tmp_path / str(left), life)
        shutil.rmtree(tmp_path / str(left))
        assert once(ending, life.lost) == expected, f"killed before write {left} of {whole.count}"
        windows += bool(life.lost)
    assert windows == len(whole.taken)
