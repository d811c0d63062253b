from collections.abc import Callable
from pathlib import Path

import pytest

from bot.bundled import BUNDLED, bundled_plugins, choose
from bot.core.plugin.register import register
from bot.core.state.setup import Setup

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


def test_without_names_all_bundled_ones_take_part() -> None:
    chosen, faults = choose(None)
    assert ([plugin.name for plugin in chosen], faults) == (list(BUNDLED), [])


def test_named_plugins_take_part_in_their_order_and_once() -> None:
    chosen, faults = choose(["help", "sessions", "help"])
    assert ([plugin.name for plugin in chosen], faults) == (["help", "sessions"], [])


def test_a_name_that_nobody_has() -> None:
    assert choose(["sesions", "polls"]) == (
        [],
        [
            "no plugin is called sesions; did you mean sessions?",
            (
                "no plugin is called polls; there are actions, agenda, attendance, corrections, floor, help, identity, "
                "questions, recap, records, relay, sessions, subscriptions, timekeeping, topics and votes"
            ),
        ],
    )


def test_somebody_else_s_plugin_comes_by_its_entry_point(install: Install) -> None:
    install("tides", "from bot.api import Plugin\nplugin = Plugin('tides')\n")
    chosen, faults = choose(["tides"])
    assert ([plugin.name for plugin in chosen], faults) == (["tides"], [])


def test_somebody_else_s_plugin_that_cannot_be_used(install: Install) -> None:
    install("broken", "raise RuntimeError('no tide today')\n")
    install("odd", "plugin = 7\n")
    assert choose(["broken", "odd"]) == (
        [],
        [
            "the plugin broken cannot be loaded: RuntimeError: no tide today",
            "the entry point odd of gatherbot.plugins leads to no Plugin",
        ],
    )
