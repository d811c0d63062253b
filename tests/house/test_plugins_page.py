"""docs/plugins.md shows the plugin in docs/parking, which the tests install by its entry point."""

import re
from importlib.metadata import entry_points

from bot.bundled import choose
from bot.config import loads
from bot.config.plugin_choice import PluginNames
from tests.house.sources import ROOT

PAGE = (ROOT / "docs" / "plugins.md").read_text(encoding="utf-8")
PACKAGE = ROOT / "docs" / "parking"


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)


def written(name: str) -> str:
    return (PACKAGE / name).read_text(encoding="utf-8")


def test_the_page_shows_the_plugin_and_its_test() -> None:
    assert blocks("python") == [written("gatherbot_parking/__init__.py"), written("tests/test_parking.py")]


def test_the_page_shows_its_transcript() -> None:
    assert blocks("text") == [written("tests/parking.txt")]


def test_the_page_shows_its_entry_point_and_its_configuration() -> None:
    entry_point, configuration = blocks("toml")
    assert entry_point in written("pyproject.toml")
    config = loads(configuration, choose, {}, connecting=False)
    (parking,) = (plugin for plugin in config.plugins if plugin.name == "parking")
    assert parking.table is not None
    assert config.setup.of(parking.table[1]).model_dump() == {"most": 3}


def test_it_is_installed_by_its_entry_point() -> None:
    assert [point.value for point in entry_points(group="gatherbot.plugins")] == ["gatherbot_parking:plugin"]
    choice = choose(PluginNames(["help"], extra=["parking"]))
    assert [plugin.name for plugin in choice.plugins] == ["help", "parking"]
