from collections.abc import Callable
from pathlib import Path

import pytest

from bot.bundled import BUNDLED, bundled_plugins, choose
from bot.config import loads
from bot.config.plugin_choice import Choice, PluginNames
from bot.core.plugin.registration import register
from bot.core.state.setup import Setup
from bot.core.words.sentences import listed

CLASHING = """
from bot.api import Plugin
plugin = Plugin("clash")

@plugin.command("info", usage="#info", says="something else", example="#info")
def info(ask):
    return []
"""
Install = Callable[[str, str], None]


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Install:
    """Puts somebody else's distribution onto the path: a module, and its entry point."""
    monkeypatch.syspath_prepend(tmp_path)

    def put(name: str, source: str) -> None:
        (tmp_path / f"others_{name}.py").write_text(source, encoding="utf-8")
        info = tmp_path / f"others_{name}-1.0.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: others-{name}\nVersion: 1.0\n")
        (info / "entry_points.txt").write_text(f"[gatherbot.plugins]\n{name} = others_{name}:plugin\n")

    return put


def test_all_bundled_plugins_are_there_and_fit_together() -> None:
    plugins = bundled_plugins()
    assert tuple(plugin.name for plugin in plugins) == BUNDLED
    assert register(plugins, Setup()).plugins == tuple(plugins)


def test_every_folder_of_plugins_is_bundled() -> None:
    folder = Path(__file__).parents[1] / "plugins"
    assert sorted(one.parent.name for one in folder.glob("*/__init__.py")) == sorted(BUNDLED)


def names_of(choice: Choice) -> list[str]:
    return [plugin.name for plugin in choice.plugins]


def test_without_names_all_bundled_ones_take_part() -> None:
    choice = choose(PluginNames())
    assert (names_of(choice), choice.faults, choice.left_out) == (list(BUNDLED), [], [])


def test_named_plugins_take_part_in_their_order_and_once() -> None:
    choice = choose(PluginNames(["help", "sessions", "help"]))
    assert (names_of(choice), choice.faults) == (["help", "sessions"], [])


def test_plugins_are_added_and_taken_out_by_name(install: Install) -> None:
    install("tides", "from bot.api import Plugin\nplugin = Plugin('tides')\n")
    choice = choose(PluginNames(extra=["tides", "help"], without=["votes", "relay"]))
    expected = [name for name in BUNDLED if name not in {"votes", "relay"}] + ["tides"]
    assert (names_of(choice), sorted(choice.installed), choice.faults) == (expected, ["tides"], [])


def test_a_name_that_nobody_has() -> None:
    choice = choose(PluginNames(["sesions", "polls"], extra=["vote"], without=["relay"]))
    known = listed(sorted({*BUNDLED, "parking"}))  # the tests install it
    assert (names_of(choice), choice.faults) == (
        [],
        [
            ("plugins_without", "no plugin is called relay; there are polls, sesions and vote"),
            ("plugins", "no plugin is called sesions; did you mean sessions?"),
            ("plugins", f"no plugin is called polls; there are {known}"),
            ("plugins_extra", "no plugin is called vote; did you mean votes?"),
        ],
    )


def test_somebody_else_s_plugin_that_cannot_be_used_is_left_out(install: Install) -> None:
    install("broken", "raise RuntimeError('no tide today')\n")
    install("odd", "plugin = 7\n")
    install("settings", "from bot.api import Plugin\nplugin = Plugin('settings', table=('settings', dict))\n")
    choice = choose(PluginNames(["help"], extra=["broken", "odd", "settings"]))
    assert (names_of(choice), choice.faults, choice.left_out) == (
        ["help"],
        [],
        [
            ("broken", "it can't be loaded: RuntimeError: no tide today"),
            ("odd", "its entry point in gatherbot.plugins is not a Plugin"),
            ("settings", "its settings are not pydantic models"),
        ],
    )


def test_the_bot_runs_without_a_plugin_that_cannot_be_used(install: Install) -> None:
    install("broken", "raise RuntimeError('no tide today')\n")
    install("clash", CLASHING)
    install("tides", "from bot.api import Plugin\nplugin = Plugin('tides')\n")
    config = loads(
        """
        [bot]
        plugins_extra = ["broken", "clash", "tides"]

        [broken]
        depth = 3

        [[track]]
        slug = "nova"
        list = "nova@lists.example.org"
        depth = 4
        """,
        choose,
        {},
        connecting=False,
    )
    assert [plugin.name for plugin in config.plugins] == [*BUNDLED, "tides"]
    assert config.notes == (
        "bot.plugins: broken is left out: it can't be loaded: RuntimeError: no tide today",
        "broken: is ignored; it may belong to the plugin that is left out",
        "track[0].depth: is ignored; it may belong to the plugin that is left out",
        "bot.plugins: clash is left out: info is claimed by clash and records",
    )
