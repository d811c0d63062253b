"""What became of a letter is handled once, though a start reports it again; a look for it that a crash cut off comes again."""

from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path

import pytest

from bot.api import Effect, Identity, Moment, MomentDue, Occasion, Plugin, Say, StateView
from bot.api.effects import Trace
from bot.api.events import LetterReceived, MailRefused, MailTaken
from tests.runtime.stage import ROOM, START, stage

plugin = Plugin("post")


@plugin.on(LetterReceived)
@plugin.on(MailTaken)
@plugin.on(MailRefused)
def tell(occasion: Occasion) -> list[Effect]:
    return [Say((ROOM,), type(occasion.event).__name__)]


HOLDER = Identity("mail", "amaru", "0123", "0123")
ANSWER = LetterReceived(
    "reply", "nova day-1 1", "track/nova", HOLDER, "a@x", "<1@example.org>", "Hello\n", START
)


@pytest.mark.parametrize(
    "event", [MailTaken("a@x", "track/nova", START), MailRefused("a@x", "track/nova", "no", START), ANSWER]
)
async def test_an_outcome_that_is_reported_again_after_a_start_is_passed_over(
    tmp_path: Path, event: LetterReceived | MailTaken | MailRefused
) -> None:
    database = str(tmp_path / "journal")
    async with stage(plugin, database=database) as on:
        assert len(await on.hear(event)) == 1
        assert await on.hear(event) == []
    async with stage(plugin, database=database) as on:
        assert await on.hear(event) == []


@pytest.mark.parametrize(
    ("order", "times"), [(Trace("track/nova", "a@x"), 2), (Say((ROOM,), "looked"), 1)], ids=["look", "words"]
)
async def test_a_look_for_a_letter_counts_when_it_is_answered(
    tmp_path: Path, order: Effect, times: int
) -> None:
    looking, looked = Plugin("looking"), []

    @looking.due
    def due(_: StateView, stream: str) -> Iterable[Moment]:
        return [Moment("look", START + timedelta(minutes=1))] if stream == "track/nova" else []

    @looking.on(MomentDue, "look")
    def look(occasion: Occasion) -> list[Effect]:
        looked.append(occasion.at)
        return [order]

    for _ in range(2):
        async with stage(looking, database=str(tmp_path / "journal")) as on:
            await on.until(START + timedelta(minutes=2))
    assert len(looked) == times
