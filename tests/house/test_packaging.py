"""What pyproject.toml promises to those who install the bot."""

import re
import tomllib

from tests.house.sources import ROOT

PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PROJECT = PYPROJECT["project"]
OPERATIONS = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")


def test_running_the_bot_installs_no_tools_of_developers() -> None:
    tools = {re.split(r"[\[>=<]", one)[0] for one in PYPROJECT["dependency-groups"]["dev"]}
    needed = {re.split(r"[\[>=<;]", one)[0] for one in PROJECT["dependencies"]}
    assert PYPROJECT["tool"]["uv"]["default-groups"] == []
    assert tools & needed == {"matrix-nio"}  # the tests also need its extra


def test_every_dependency_has_a_lower_bound() -> None:
    found = [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["e2ee"]]
    assert [one for one in found if ">=" not in one and "sys_platform" not in one] == []


def test_the_packages_of_the_wheel_are_named_where_it_is_installed() -> None:
    packages = PYPROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]
    assert f"top-level packages {' and '.join(f'`{one}`' for one in packages)}" in OPERATIONS
    assert "uv tool install ." in OPERATIONS
    assert "pipx install ." in OPERATIONS
