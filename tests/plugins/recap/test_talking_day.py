"""A day of nine topics in which most people only talk: what a maintainer types for its recap, counted in words."""

import difflib
import re
from datetime import datetime, timedelta
from pathlib import Path

from bot.app.log_player import player, read
from bot.bundled import choose
from bot.config import load

HERE = Path(__file__).with_name("talking_day")
HEADING = re.compile(r"(?:Topic )?([1-9])[:.] .*")
END = re.compile(r"Action items by owner|How to take part")
MARKS = re.compile(r"\(#[0-9]+\)|\(lantern-[\w-]+\)|^=+$|^Notes from the discussion:$", re.MULTILINE)
BEGINS = ("* ", "AGREED", "ACTION")
ALIKE = 0.8  # of the words of a statement may differ, else it is another one
ENDED = datetime(2027, 10, 20, 14, 9)  # noqa: DTZ001 - only its clock is used

Statement = list[str]


async def draft(commands: list[str], folder: Path) -> tuple[str, list[str]]:
    """The newest draft after these commands, and what the bot said last."""
    at = [ENDED + timedelta(seconds=10 * n) for n in range(len(commands))]
    said = [f"{moment:%H:%M:%S} <@mira> {command}" for moment, command in zip(at, commands, strict=True)]
    log = folder / "day.txt"
    day = (HERE / "day.txt").read_text(encoding="utf-8")
    log.write_text("\n".join((day.rstrip("\n"), "14:08:50", *said, "14:40:00", "")), encoding="utf-8")
    config = load(HERE / "day.config.toml", choose, {}, connecting=False)
    async with player(config) as stage:
        await stage.play(read([log], config=config))
        return stage.letters[-1].body, [letter.subject for letter in stage.letters]


def statements(text: str) -> dict[str, list[Statement]]:
    """The words of each statement, by topic."""
    found: dict[str, list[str]] = {}
    topic = ""
    for line in MARKS.sub("", text.partition("[For maintainers only")[0]).splitlines():
        if heading := HEADING.fullmatch(line):
            topic = heading[1]
        elif END.fullmatch(line):
            topic = ""
        elif topic and line.startswith(BEGINS):
            found.setdefault(topic, []).append(line)
        elif topic and line.strip() and topic in found:
            found[topic][-1] += f" {line.strip()}"
    return {topic: [words(line) for line in lines] for topic, lines in found.items()}


def words(text: str) -> Statement:
    bare = (word.strip(".,;:*()").casefold() for word in text.split())
    return [word for word in bare if word]


def changed(before: Statement, after: Statement) -> int:
    """How many words somebody changes to make one statement of another."""
    steps = difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    return sum(max(i2 - i1, j2 - j1) for step, i1, i2, j1, j2 in steps if step != "equal")


def rewritten(before: list[Statement], after: list[Statement]) -> int:
    """The same for a topic: the likest statements are paired, the others are written, or deleted."""
    costs = sorted(
        (changed(old, new) / max(len(old), len(new)), i, j)
        for i, old in enumerate(before)
        for j, new in enumerate(after)
    )
    pairs: dict[int, int] = {}
    for cost, i, j in costs:
        if cost < ALIKE and i not in pairs and j not in pairs.values():
            pairs[i] = j
    left = [one for i, one in enumerate(before) if i not in pairs]
    new = [one for j, one in enumerate(after) if j not in pairs.values()]
    return sum(changed(before[i], after[j]) for i, j in pairs.items()) + sum(map(len, [*left, *new]))


def distance(text: str) -> int:
    """The words between a draft and the recap that somebody wrote by hand."""
    good, found = statements((HERE / "recap.txt").read_text(encoding="utf-8")), statements(text)
    return sum(rewritten(found.get(topic, []), known) for topic, known in good.items())


async def test_what_a_maintainer_types_is_far_less_than_the_recap(tmp_path: Path) -> None:
    commands = (HERE / "commands.txt").read_text(encoding="utf-8").splitlines()
    first, _ = await draft([], tmp_path)
    last, subjects = await draft(commands, tmp_path)
    typed = sum(len(command.split()) for command in commands)
    by_hand, left = distance(first), distance(last)
    assert subjects[-1].startswith("DRAFT 2")
    assert last.count("(#") >= 4 + len(commands)  # none of them was refused
    assert "no owner yet" not in last  # whoever said that they do it, does it
    assert typed < 0.6 * by_hand  # in the words of those who spoke
    assert typed + left < by_hand  # in the words of the hand-written recap
