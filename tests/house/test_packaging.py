"""What pyproject.toml promises to those who install the bot."""

import re
import sys
import tomllib
from collections.abc import Iterable
from importlib.metadata import packages_distributions

import pytest

from tests.house.sources import ROOT, files, sources

PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PROJECT = PYPROJECT["project"]
OPERATIONS = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
EXTRA_OF: dict[tuple[str, ...], str] = {("bot", "networks", "matrix", "encryption"): "e2ee"}  # by folder


def names(requirements: Iterable[str]) -> set[str]:
    return {re.split(r"[\[>=<; ]", requirement)[0].lower() for requirement in requirements}


def imported() -> dict[str, set[str]]:
    """The distributions of other people that the modules import, by extra; "" is the bot without extras."""
    by_import = packages_distributions()
    found: dict[str, set[str]] = {}
    for source in sources("bot", "plugins"):
        extra = EXTRA_OF.get(source.path.parts[:4], "")
        for module in {name.partition(".")[0] for name in source.imports()}:
            if module not in {*sys.stdlib_module_names, "bot", "plugins"}:
                found.setdefault(extra, set()).add(by_import[module][0].lower().replace("_", "-"))
    return found


def test_running_the_bot_installs_no_tools_of_developers() -> None:
    tools = {re.split(r"[\[>=<]", one)[0] for one in PYPROJECT["dependency-groups"]["dev"]}
    needed = {re.split(r"[\[>=<;]", dependency)[0] for dependency in PROJECT["dependencies"]}
    assert PYPROJECT["tool"]["uv"]["default-groups"] == []
    assert tools & needed == {"matrix-nio"}  # the tests also need its extra


def test_every_dependency_has_a_lower_bound() -> None:
    found = [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["e2ee"]]
    assert [one for one in found if ">=" not in one and "sys_platform" not in one] == []


def test_the_packages_of_the_wheel_are_named_where_it_is_installed() -> None:
    packages = PYPROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]
    assert f"top-level packages {' and '.join(f'`{package}`' for package in packages)}" in OPERATIONS
    assert "uv tool install ." in OPERATIONS
    assert "pipx install ." in OPERATIONS


@pytest.mark.parametrize("extra", ["", *EXTRA_OF.values()])
def test_everything_that_is_imported_is_declared(extra: str) -> None:
    declared = names([*PROJECT["dependencies"], *PROJECT["optional-dependencies"].get(extra, [])])
    assert imported()[extra] - declared == set()


def test_everything_that_is_declared_is_imported() -> None:
    declared = names(PROJECT["dependencies"])
    assert declared - imported()[""] == {"tzdata"}  # zoneinfo reads it on Windows


def test_the_sandbox_of_the_templates_has_no_known_hole() -> None:
    assert "jinja2>=3.1.6" in PROJECT["dependencies"]  # CVE-2025-27516


def test_the_wheel_has_templates_and_stylesheets() -> None:
    # all files of these packages are in it, unless something says otherwise
    assert PYPROJECT["tool"]["hatch"]["build"]["targets"]["wheel"] == {"packages": ["bot", "plugins"]}
    assert set(PYPROJECT["tool"]["hatch"]["build"]) == {"targets"}
    kept_out = [line.strip("/") for line in (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()]
    others = [path for path in files() if path.parts[0] in {"bot", "plugins"} and path.suffix != ".py"]
    assert [str(path) for path in others if any(path.match(f"*{end}") for end in kept_out if end)] == []
    assert {path.suffix for path in others} >= {".html", ".j2"}
