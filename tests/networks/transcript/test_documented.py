"""The page about logs shows what is read."""

import re

import pytest

from bot.networks.transcript.log_entry import Options
from bot.networks.transcript.reader import Transcript
from tests.house.sources import ROOT

PAGE = (ROOT / "docs" / "transcripts.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```text\n(.*?)```", PAGE, re.DOTALL)
LABELED = re.findall(
    r"^\| `(.+?)` \|", PAGE.partition("| meaning |")[2].partition("## Several")[0], re.MULTILINE
)


@pytest.mark.parametrize("log", BLOCKS)
def test_the_logs_of_the_page_are_understood(log: str) -> None:
    transcript = Transcript([("log.txt", log.encode())], Options(matrix=frozenset({"matrix"})))
    assert [line for line in transcript if line.events] != []
    assert transcript.unread == []


def test_every_line_of_the_page_s_table_is_understood() -> None:
    lines = "\n".join(line.replace("\\|", "|") for line in LABELED)
    transcript = Transcript([("log.txt", f"=== channel #nova date 2027-10-19\n{lines}\n".encode())])
    kinds = [type(event).__name__ for one in transcript for event in one.events]
    assert kinds == ["Message", "Message", "Edited", "Redacted", "Redacted", "Reacted", "Message", "Message"]
    assert transcript.unread == []
