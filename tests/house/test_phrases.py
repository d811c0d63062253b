"""A template is called with exactly its gaps: what a function's signature would tell mypy is checked here."""

import ast
from collections.abc import Iterator
from importlib import import_module
from types import ModuleType

from bot.core.words.phrase import Phrase
from tests.house.sources import Source, sources

SOURCES = [source for source in sources("bot", "plugins") if "phrases" in f"{source.path} {source.text}"]


def phrases_called(source: Source) -> Iterator[tuple[ast.Call, Phrase]]:
    """The calls of phrases in a file, by constants of its own and by imported ones."""
    module = import_module(source.module)
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Call):
            for phrase in phrases_meant(module, node.func):
                yield node, phrase


def phrases_meant(module: ModuleType, function: ast.expr) -> Iterator[Phrase]:
    match function:
        case ast.Subscript(value=table):  # any phrase of a table may be called
            found = value_of(module, table)
            meant = list(found.values()) if isinstance(found, dict) else []
        case _:
            meant = [value_of(module, function)]
    yield from (phrase for phrase in meant if isinstance(phrase, Phrase))


def value_of(module: ModuleType, name: ast.expr) -> object:
    """What `NAME` or `phrases.NAME` is in a module; None for other expressions."""
    match name:
        case ast.Name(id=constant):
            return getattr(module, constant, None)
        case ast.Attribute(value=ast.Name(id=imported), attr=constant):
            holder = getattr(module, imported, None)
            return getattr(holder, constant, None) if isinstance(holder, ModuleType) else None
    return None


CALLS = [(source, *call) for source in SOURCES for call in phrases_called(source)]


def test_every_call_of_a_phrase_fills_exactly_its_gaps() -> None:
    wrong = [
        f"{source.path}:{call.lineno}: {phrase!r}"
        for source, call, phrase in CALLS
        if call.args or {keyword.arg for keyword in call.keywords} != set(phrase.gaps)
    ]
    assert wrong == []


def test_every_phrase_is_called() -> None:
    called = {id(phrase) for _, _, phrase in CALLS}
    unused = [
        f"{source.path}: {name}"
        for source in SOURCES
        if source.path.name == "phrases.py"
        for name, value in vars(import_module(source.module)).items()
        for phrase in (value.values() if isinstance(value, dict) else (value,))
        if isinstance(phrase, Phrase) and id(phrase) not in called
    ]
    assert unused == []
