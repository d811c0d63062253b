"""The page on security: every threat names the tests that show what holds, and these tests exist."""

import ast
import re

import pytest

from tests.house.sources import ROOT

PAGE = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
SHOWN = re.compile(r"`(tests/[\w./-]+)(?:::(\w+))?`")


def threats() -> list[list[str]]:
    """The cells of each row of the table of threats."""
    table = PAGE.partition("## Threats")[2].partition("\n## ")[0]
    rows = [line.strip("|").split("|") for line in table.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in row] for row in rows[2:]]


def exists(file: str, name: str) -> bool:
    """Whether this file is there, with a test of this name unless it is a golden transcript."""
    path = ROOT / file
    if path.suffix != ".py":
        return path.is_file() and not name
    tree = ast.parse(path.read_text(encoding="utf-8")) if path.is_file() else ast.Module([], [])
    return name.startswith("test_") and any(
        isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name == name
        for node in ast.walk(tree)
    )


def test_every_threat_names_its_tests() -> None:
    assert len(threats()) > 30
    assert [row for row in threats() if len(row) != 5 or not SHOWN.search(row[4])] == []


def test_the_tests_that_the_page_names_exist() -> None:
    assert [found for found in SHOWN.findall(PAGE) if not exists(*found)] == []


@pytest.mark.parametrize(
    "named",
    [
        ("tests/house/test_security_page.py", "test_no_such_test"),
        ("tests/house/no_such_file.py", "test_x"),
        ("tests/house/test_security_page.py", "exists"),
        ("tests/house/test_security_page.py", ""),
        ("tests/plugins/sessions/transcripts/none.txt", ""),
    ],
)
def test_a_test_that_is_not_there_is_noticed(named: tuple[str, str]) -> None:
    assert not exists(*named)


def test_the_table_of_mails_is_the_one_of_the_page_on_recaps() -> None:
    recap = (ROOT / "docs" / "recap.md").read_text(encoding="utf-8")
    tables = [re.findall(r"^\| mail \|.*\n(?:\|.*\n)+", page, re.MULTILINE) for page in (PAGE, recap)]
    assert len(tables[0]) == 1
    assert tables[0] == tables[1]
