"""What the pages name is there: files, folders, modules and plugins."""

import importlib
import re
from collections.abc import Iterator

from bot.bundled import BUNDLED
from bot.config import default_config
from tests.house.sources import ROOT

PAGES = (ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md")))
QUOTED = re.compile(r"`([^`\n]+)`")
FILE = re.compile(r"(?:bot|plugins|tests|docs)/[\w./*-]*|[\w-]+\.(?:md|toml|py)")
MODULE = re.compile(r"(?:bot|plugins)(?:\.\w+)+")
LINK = re.compile(r"\]\((?!https?:)([^)#]+)")
ELSEWHERE = {"config.toml", "bot.example", "bot.service"}  # a user's own file, and names of other things


def named(pattern: re.Pattern[str]) -> Iterator[tuple[str, str]]:
    for page in PAGES:
        for quoted in QUOTED.findall(page.read_text(encoding="utf-8")):
            if pattern.fullmatch(quoted) and quoted not in ELSEWHERE:
                yield str(page.relative_to(ROOT)), quoted


def is_there(name: str) -> bool:
    places = (ROOT, ROOT / "docs", ROOT / "tests")
    return any(next(place.glob(name.rstrip("/")), None) is not None for place in places)


def can_be_imported(name: str) -> bool:
    module, _, attribute = name.rpartition(".")
    try:
        importlib.import_module(name)
    except ImportError:
        try:
            return hasattr(importlib.import_module(module), attribute)
        except ImportError:
            return False
    return True


def test_files_that_the_pages_name_are_there() -> None:
    assert [found for found in named(FILE) if not is_there(found[1])] == []


def test_modules_that_the_pages_name_are_there() -> None:
    assert [found for found in named(MODULE) if not can_be_imported(found[1])] == []


def test_links_between_pages_lead_somewhere() -> None:
    found = [(page, link) for page in PAGES for link in LINK.findall(page.read_text(encoding="utf-8"))]
    assert [(page.name, link) for page, link in found if not (page.parent / link).exists()] == []


def test_the_page_of_the_house_names_every_bundled_plugin_and_no_other() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    row = next(line for line in text.splitlines() if line.startswith("| `plugins"))
    assert sorted(set(re.findall(r"[a-z]+", row.split("|")[2])) & set(BUNDLED)) == sorted(BUNDLED)


def test_the_database_is_called_as_the_pages_say() -> None:
    named = re.compile(r"gatherbot\.(?:db|sqlite)\b")
    found = {name for page in PAGES for name in named.findall(page.read_text(encoding="utf-8"))}
    assert found == {default_config([]).database.name}
