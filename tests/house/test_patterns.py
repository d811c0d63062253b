"""Every pattern takes time in proportion to the text, in the way in which its module uses it, whoever wrote the text."""

import ast
import importlib
import re
from collections.abc import Callable, Iterator
from functools import partial

import pytest

from tests.growth import MOST, UNITS, filled, growth, slowest
from tests.house.sources import Source, sources

# these get short texts, or texts without runs of blanks, as their modules see to
GUARDED = {
    "plugins.actions.roster.ENDINGS.sub",  # up to 128 characters
    "plugins.actions.roster.NAME_LIKE.fullmatch",  # up to 64 characters
    "plugins.agenda.syntax.DASHES.sub",
    "plugins.subscriptions.syntax.AND.split",  # up to 600 characters
    "plugins.timekeeping.spans.WORDS.sub",
    "plugins.votes.syntax.OR.search",
    "plugins.votes.syntax.OR.split",
}
METHODS = frozenset({"search", "match", "fullmatch", "split", "sub", "finditer", "findall"})
FIRST, LARGE = 300, 3000
MOST_MEASURED = 1


def used(source: Source) -> Iterator[tuple[str, str]]:
    """The patterns of a module and the methods that it calls on them."""
    for node in ast.walk(source.tree):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and isinstance(node.func.value, ast.Name)
            and node.func.value.id.isupper()
            and node.func.attr in METHODS
        ):
            yield node.func.value.id, node.func.attr


def patterns() -> Iterator[object]:
    for source in (*sources("bot"), *sources("plugins")):
        found = set(used(source))
        module = importlib.import_module(source.module) if found else None
        for name, method in sorted(found):
            pattern = getattr(module, name, None)
            use = f"{source.module}.{name}.{method}"
            if isinstance(pattern, re.Pattern) and isinstance(pattern.pattern, str) and use not in GUARDED:
                yield pytest.param(partial(applied, pattern, method), id=use)


def applied(pattern: re.Pattern[str], method: str, text: str) -> object:
    match method:
        case "sub":
            return pattern.sub("", text)
        case "finditer":
            return list(pattern.finditer(text))
        case _:
            return getattr(pattern, method)(text)


@pytest.mark.parametrize("act", list(patterns()))
def test_a_pattern_takes_linear_time(act: Callable[[str], object]) -> None:
    def text(unit: str, size: int) -> str:
        return f"{filled(unit, size)}!x"

    for unit in slowest(lambda unit: act(text(unit, FIRST)), iter(UNITS), MOST_MEASURED):
        assert growth(act, text(unit, LARGE // 2), text(unit, LARGE)) <= MOST, unit
