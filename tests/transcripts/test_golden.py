import asyncio
import difflib
import re
from pathlib import Path

import pytest

from bot.app.log_player import dialogue_of, read, rooms_of
from bot.bundled import bundled_plugins
from bot.config import default_config
from bot.testing import GoldenTranscript
from tests.transcripts.golden import ENGINE, EXAMPLES, FILES, played

LOGS = tuple(sorted(EXAMPLES.glob("*.irc.txt")))
SEVERAL = ENGINE / "several-files"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_golden_file_is_what_happens(path: Path, accept: bool) -> None:  # noqa: FBT001 - a fixture
    written = path.read_bytes().decode()
    happened = played(path).text
    if accept and happened != written:
        path.write_text(happened, encoding="utf-8", newline="")
    elif happened != written:
        told = difflib.unified_diff(
            written.splitlines(keepends=True),
            happened.splitlines(keepends=True),
            path.name,
            "what happens now",
        )
        pytest.fail("".join(told) + "\npytest --accept takes it as it is", pytrace=False)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_line_of_a_golden_file_is_understood(path: Path) -> None:
    assert played(path).unread == ()


@pytest.mark.parametrize("example", LOGS, ids=lambda path: path.stem)
def test_an_example_is_a_golden_file_too(example: Path, accept: bool) -> None:  # noqa: FBT001 - a fixture
    golden = EXAMPLES / f"{example.name.removesuffix('.irc.txt')}.txt"
    happened = dialogue(example)
    if accept:
        golden.write_text(happened, encoding="utf-8", newline="")
    assert happened == golden.read_bytes().decode()


def test_several_files_are_one_dialogue(accept: bool) -> None:  # noqa: FBT001 - a fixture
    parts = [SEVERAL / name for name in ("kata.irc.txt", "nova.irc.txt", "rosa.query.txt")]
    golden, happened = SEVERAL / "several-files.txt", dialogue(*parts)
    if accept:
        golden.write_text(happened, encoding="utf-8", newline="")
    assert happened == golden.read_bytes().decode()


def dialogue(*files: Path) -> str:
    """What `gatherbot replay --dialogue` shows of logs."""
    every = read(list(files))
    config = (
        GoldenTranscript(files[0]).config
        if len(files) == 1
        else default_config(bundled_plugins(), rooms_of(every))
    )
    transcript = read(list(files), config=config)
    return asyncio.run(dialogue_of(config, transcript))


def test_there_are_golden_files() -> None:
    assert len(FILES) > 160
    assert len({path.stem for path in FILES}) == len(FILES)


def test_no_answer_shows_what_only_programmers_read() -> None:
    shown = re.compile(r"^>.*(Traceback|Error\b|Exception|None\b|<[a-z_.]+ object|\{\w+\}|fault [0-9a-f]{6})")
    files = [path for path in FILES if not path.name.startswith("bad-input-")]  # there people say such things
    found = [
        f"{path.name}: {line}"
        for path in files
        for line in played(path).text.splitlines()
        if shown.search(line)
    ]
    assert found == []


def test_a_refusal_is_one_short_line_that_says_who_may() -> None:
    refused = re.compile(r"^>\S* only (a|an|the|they|[^ ]+, who) .*\bcan ")
    usual = [path for path in FILES if not path.name.startswith("bad-input-")]  # their names are long
    lines = {line for path in usual for line in played(path).text.splitlines() if refused.match(line)}
    assert sorted(line for line in lines if len(line) > 180) == []
    who = (
        "chair",
        "moderator",
        "admin",
        "maintainer",
        "who recorded",
        "owner",
        "they themselves",
        "person who",
    )
    assert sorted(line for line in lines if not any(word in line for word in who)) == []
