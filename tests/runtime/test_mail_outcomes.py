"""What became of a letter is handled once, though a start reports it again."""

from pathlib import Path

import pytest

from bot.api import Effect, Identity, Occasion, Plugin, Say
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
