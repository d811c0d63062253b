"""Every string that the bot says stands in at least one golden file: checked by calls, and by the words themselves."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tests.house.sources import ROOT, Source, sources
from tests.transcripts.golden import FILES, played

PHRASES = [one for one in sources("bot", "plugins") if one.path.name == "phrases.py"]

# What no golden file can hold, with the tests that show it instead.
ELSEWHERE = {
    "bot/core/phrases.py: fault": "its number is another one every time; tests/runtime/test_desk.py",
    "bot/core/phrases.py: work_failed": "its number is another one every time; tests/runtime/test_jobs.py",
    "bot/core/phrases.py: not_recorded": "a full disk; tests/runtime/test_desk.py",
    "bot/core/phrases.py: recording_again": "a full disk; tests/runtime/test_desk.py",
    "bot/core/phrases.py: waits": "a full disk; tests/runtime/test_reading_on.py",
    "bot/core/phrases.py: catching_up": "a full disk; tests/runtime/test_reading_on.py",
    "bot/core/phrases.py: only_admins": "no command is for admins only; tests/core",
    "bot/core/phrases.py: only_chairs: no session runs here": "all commands for chairs need a session; tests/core",
    "plugins/agenda/phrases.py: not_fetched: I may not read pages of that host; the organizers' configuration names those that I may ([fetch] allow)": "a replay fetches nothing; tests/plugins/agenda/test_loading.py",
    "plugins/agenda/phrases.py: not_fetched: that name leads to a private address, and I fetch nothing there": "a replay fetches nothing; tests/plugins/agenda/test_loading.py",
    "plugins/agenda/phrases.py: not_fetched: the page is too large; I read at most 256 KiB": "a replay fetches nothing; tests/plugins/agenda/test_loading.py",
    "plugins/agenda/phrases.py: not_fetched: that is no plain text; of an etherpad it is the address with /export/txt": "a replay fetches nothing; tests/plugins/agenda/test_loading.py",
    "plugins/agenda/phrases.py: not_fetched: the page did not come within ten seconds; please try again": "a replay fetches nothing; tests/plugins/agenda/test_loading.py",
    "plugins/agenda/phrases.py: not_fetched: the server has no such page, or does not show it to everybody": "a replay fetches nothing; tests/plugins/agenda/test_loading.py",
    "plugins/agenda/phrases.py: no_right_any_more": "a replay fetches nothing; tests/plugins/agenda/test_loading.py",
    "plugins/timekeeping/phrases.py: too_many": "twenty of them; tests/plugins/timekeeping/test_words.py",
    "plugins/timekeeping/phrases.py: reminder: (it was due at": "a replay is never late; tests/plugins/timekeeping/test_words.py",
    "plugins/agenda/phrases.py: too_many": "two hundred items; tests/plugins/agenda/test_loading.py",
    "plugins/agenda/phrases.py: markup": "a replay fetches nothing; tests/plugins/agenda/test_loading.py",
    "plugins/help/phrases.py: WHO: (admins)": "no command is for admins only",
    "plugins/recap/lifecycle/phrases.py: refused": "no mail server answers a replay; tests/plugins/recap",
    "plugins/recap/lifecycle/phrases.py: copy_refused": "no mail server answers a replay; tests/plugins/recap",
    "plugins/recap/lifecycle/phrases.py: correction_refused": "no mail server answers a replay; tests/plugins/recap",
}


@dataclass(frozen=True)
class Phrase:
    """A function or constant of a file of phrases, and the pieces of text in it."""

    path: Path
    name: str
    is_function: bool
    pieces: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.path}: {self.name}"


def phrases_of(source: Source) -> Iterator[Phrase]:
    for node in source.tree.body:
        if isinstance(node, ast.FunctionDef):
            yield Phrase(source.path, node.name, is_function=True, pieces=tuple(pieces_of(node)))
        elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            yield Phrase(source.path, node.targets[0].id, is_function=False, pieces=tuple(pieces_of(node)))


def pieces_of(node: ast.AST) -> Iterator[str]:
    """The text in a piece of code that may come to be said: no docstring, key, pattern, format or word compared with."""
    if isinstance(node, ast.Constant):
        if isinstance(node.value, str) and any(letter.isalpha() for letter in node.value):
            yield node.value.strip()
        return
    if isinstance(
        node, ast.Expr | ast.Compare | ast.match_case | ast.FormattedValue | ast.Dict | ast.Subscript
    ):
        yield from pieces_of_some(node)
        return
    for child in ast.iter_child_nodes(node):
        yield from pieces_of(child)


def pieces_of_some(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.match_case(body=body):
            children: list[ast.AST] = list(body)
        case ast.FormattedValue(value=value):
            children = [value]
        case ast.Dict(values=values):
            children = list(values)
        case _:  # a docstring, a comparison, an index
            children = []
    for child in children:
        yield from pieces_of(child)


@cache
def said() -> str:
    """All that the bot says in the golden files, in rooms and in mails."""
    lines = [line for path in FILES for line in played(path).text.splitlines() if line.startswith(">")]
    return "\n".join([*lines, *(mail for path in FILES for mail in played(path).mails)])


ALL = [phrase for source in PHRASES for phrase in phrases_of(source)]


def test_every_phrase_is_used_in_a_golden_file() -> None:
    called = {one for path in FILES for one in played(path).called}
    functions = {str(one): (str(ROOT / one.path), one.name) for one in ALL if one.is_function}
    assert (
        sorted(name for name, key in functions.items() if key not in called and name not in ELSEWHERE) == []
    )


def test_every_piece_of_a_phrase_stands_in_a_golden_file() -> None:
    pieces = {f"{one}: {piece}": piece for one in ALL if str(one) not in ELSEWHERE for piece in one.pieces}
    assert (
        sorted(name for name, piece in pieces.items() if piece not in said() and name not in ELSEWHERE) == []
    )


def test_what_is_said_elsewhere_is_in_no_golden_file() -> None:
    called = {one for path in FILES for one in played(path).called}
    functions = {str(one): (str(ROOT / one.path), one.name) for one in ALL if one.is_function}
    pieces = {f"{one}: {piece}": piece for one in ALL for piece in one.pieces}
    assert set(ELSEWHERE) <= {*functions, *pieces}
    assert [name for name in ELSEWHERE if functions.get(name) in called] == []
    assert [name for name in ELSEWHERE if name in pieces and pieces[name] in said()] == []
