import ast
import os
import re
import tomllib
from pathlib import Path

import bot
from tests.house.sources import ROOT, files, sources

LONGEST = {"bot": 300, "plugins": 300, "tests": 400}  # lines of a file
LONGEST_FUNCTION = 50
VAGUE = {"utils", "util", "helpers", "helper", "common", "misc", "base", "manager"}
SENTENCE = re.compile(r"[A-Z`].{10,}[.:`]$", re.DOTALL)
VERSION = re.compile(r"(?<![\d.])" + re.escape(bot.__version__) + r"(?![\d.])")
MACHINE_PATH = re.compile(r"(?<![\w.:/-])/(?:home|root|Users|work|farm)/[\w.-]+")

OURS = sources("bot", "plugins")
ALL = [source for source in sources("bot", "plugins", "tests") if source.path.parts[:2] != ("tests", "bench")]


def test_a_file_can_be_read_in_one_go() -> None:
    lines = {str(one.path): (len(one.text.splitlines()), LONGEST[one.path.parts[0]]) for one in ALL}
    assert {path: count for path, (count, limit) in lines.items() if count > limit} == {}


def test_a_file_says_what_it_is() -> None:
    said = {str(source.path): (ast.get_docstring(source.tree) or "").partition("\n\n")[0] for source in OURS}
    assert {path: first for path, first in said.items() if not SENTENCE.match(first)} == {}


def test_functions_are_short() -> None:
    long = [
        f"{source.path}:{node.lineno} {node.name}"
        for source in OURS
        for node in ast.walk(source.tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or 0) - node.lineno >= LONGEST_FUNCTION
    ]
    assert long == []


def test_names_say_what_is_meant() -> None:
    words = {
        (str(path), word) for path in files() for part in path.parts for word in re.split(r"[^a-z]+", part)
    }
    assert sorted(path for path, word in words if word in VAGUE and not path.startswith("tests/bench/")) == []
    classes = [
        node.name for source in OURS for node in ast.walk(source.tree) if isinstance(node, ast.ClassDef)
    ]
    assert [name for name in classes if re.search(r"Manager|Helper|Util", name)] == []


def test_the_version_stands_in_one_place() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert project["project"]["dynamic"] == ["version"]
    assert project["tool"]["hatch"]["version"] == {"path": "bot/__init__.py"}
    assert [str(source.path) for source in OURS if VERSION.search(source.text)] == ["bot/__init__.py"]


def test_the_changelog_begins_with_this_version() -> None:
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    newest = re.search(r"^## (\S+)", changes, re.MULTILINE)
    assert newest is not None
    assert newest[1] == bot.__version__


def test_no_file_knows_a_machine() -> None:
    found = []
    for path in files():
        text = (ROOT / path).read_bytes().decode("utf-8", "replace")
        found += [(str(path), hit) for hit in MACHINE_PATH.findall(text)]
    assert found == []


def test_the_licence_is_whole() -> None:
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert text.lstrip().startswith("Apache License\n                           Version 2.0, January 2004")
    assert [f"\n   {n}. " in text for n in range(1, 10)] == [True] * 9
    assert "END OF TERMS AND CONDITIONS" in text
    assert text.rstrip().endswith("limitations under the License.")


def test_nothing_is_patched() -> None:
    assert [str(one.path) for one in ALL if any(name.startswith("unittest") for name in one.imports())] == []


def test_the_scripts_can_be_run() -> None:
    scripts = [path for path in files() if (ROOT / path).read_bytes()[:2] == b"#!"]
    assert Path("tests/run") in scripts
    assert Path(".ci/run") in scripts
    assert [str(path) for path in scripts if not os.access(ROOT / path, os.X_OK)] == []


def test_packages_come_from_wherever_the_machine_gets_them() -> None:
    hosts = re.compile(
        "|".join(("py" + "pi.org", "python" + "hosted.org", "npm" + "js.org", "deb." + "debian.org"))
    )
    named = [path for path in files() if hosts.search((ROOT / path).read_bytes().decode("utf-8", "replace"))]
    assert [str(path) for path in named if path.name != "uv.lock"] == []  # the lock names what it locked
