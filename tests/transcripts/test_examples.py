import asyncio
from pathlib import Path

import pytest

from bot.app.replaying import read
from bot.app.showing import replay
from tests.transcripts.golden import FOLDER, config_of

EXAMPLES = FOLDER / "examples"


def shown(log: Path, form: str) -> str:
    config = config_of(log, read([log]))
    return asyncio.run(replay([log], config=config, channel="", date=None, zone=None, form=form))


@pytest.mark.parametrize("recap", sorted(EXAMPLES.glob("*.recap.txt")), ids=lambda path: path.stem)
def test_the_recap_of_an_example_is_this_one_to_the_letter(recap: Path) -> None:
    log = recap.with_name(recap.name.replace(".recap.txt", ".irc.txt"))
    assert shown(log, "mail") == recap.read_text(encoding="utf-8")
