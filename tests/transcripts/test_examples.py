import asyncio
import json
from pathlib import Path

import pytest

from bot.app.log_replay import replay
from bot.testing import GoldenTranscript
from tests.transcripts.golden import EXAMPLES


def shown(log: Path, form: str) -> str:
    config = GoldenTranscript(log).config
    return asyncio.run(replay([log], config=config, channel="", date=None, zone=None, form=form))


FORMS = {".recap.txt": "mail", ".recap.md": "markdown", ".recap.html": "html"}
RECAPS = sorted(path for end in FORMS for path in EXAMPLES.glob(f"*{end}"))


@pytest.mark.parametrize("recap", RECAPS, ids=lambda path: path.name)
def test_the_recap_of_an_example_is_this_one_to_the_letter(recap: Path) -> None:
    name, recap_, end = recap.name.partition(".recap")
    log = recap.with_name(f"{name}.irc.txt")
    assert shown(log, FORMS[recap_ + end]) == recap.read_text(encoding="utf-8")


HALVES, WHOLE = (EXAMPLES / f"{name}-2027-10-day1.irc.txt" for name in ("tidepool-halves", "tidepool"))
OTHER_ROOM = " and #tidepool-ptg:tidepool.example"


def test_half_on_irc_and_half_on_matrix_the_recap_is_that_of_one_room() -> None:
    halves, whole = (" ".join(shown(log, "mail").split()) for log in (HALVES, WHOLE))
    assert halves.count(OTHER_ROOM) == 1
    assert halves.replace(OTHER_ROOM, "") == whole


def test_half_on_irc_and_half_on_matrix_the_record_is_that_of_one_room() -> None:
    (halves,), (whole,) = (json.loads(shown(log, "json"))["sessions"] for log in (HALVES, WHOLE))
    assert halves.pop("rooms") == [*whole.pop("rooms"), "matrix/#tidepool-ptg:tidepool.example"]
    assert halves == whole  # also ids, attendance with the lines of each person, and whose every record is
