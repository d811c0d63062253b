"""After a redaction in a room of the gathering no word of the text is left in any file of the database."""

from pathlib import Path

import pytest

from bot.core.events import Edited, Redacted, Room
from bot.core.people.identity import Identity
from bot.core.plugin.registration import register
from bot.core.state.setup import Gathering, Setup, Track
from plugins import board
from plugins.board import rows
from tests.runtime.stage import Stage, stage

OWN = "irc/#ptg"
SECRET = "swordfish"
SETUP = Setup(
    gathering=Gathering("2027-10", rooms=(OWN,)), tracks=(Track("nova", "Nova", venues=(("irc/#nova",),)),)
)
DECLARED = register([board.plugin], SETUP)
SAID = {
    "on": [f"#nova now {SECRET}"],
    "next": [f"#nova next {SECRET}"],
    "over": [f"#nova now {SECRET}", "#nova now lunch"],
    "edited away": [f"#nova now {SECRET}", "~#nova now lunch"],
    "edited in": ["#nova now lunch", f"~#nova now {SECRET}"],
    "a place": [f"#nova location {SECRET}"],
    "a pad": [f"#nova etherpad https://example.org/{SECRET}"],
    "where somebody is": [f"+in {SECRET}", "+out"],
    "a message of the day": [f"~motd add info {SECRET}", "~motd clean"],
}


def left_in(folder: Path) -> bool:
    return any(SECRET.encode() in path.read_bytes().lower() for path in folder.iterdir())


async def play(on: Stage, lines: list[str]) -> None:
    for n, text in enumerate(lines):
        if text.startswith("~#"):
            await on.hear(Edited("$0", (on.message("op", text[1:], OWN, id=f"$e{n}"),)))
        else:
            await on.hear(on.message("op", text, OWN, id=f"${n}"))


@pytest.mark.parametrize("lines", SAID.values(), ids=SAID)
async def test_no_word_is_left(tmp_path: Path, lines: list[str]) -> None:
    async with stage(board.plugin, database=str(tmp_path / "journal.db"), setup=SETUP) as on:
        await play(on, lines)
        assert left_in(tmp_path)
        on.at = on.message("op", "").at
        await on.hear(Redacted(Room(OWN, "irc"), Identity("irc", "op", "op"), "$0", on.at, id="$r"))
        await on.desk.finish()
        assert not left_in(tmp_path)
        state = on.desk.state
        assert SECRET not in repr(rows.rows(state, DECLARED, on.at))
        assert SECRET not in repr(
            [*state.stream("track/nova"), *state.stream("presence"), *state.stream("gathering")]
        )
