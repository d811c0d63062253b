"""The project's own files, as the house rules look at them."""

import ast
import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from msgspec import Struct

ROOT = Path(__file__).resolve().parents[2]
LEFT_BEHIND = {"__pycache__", "build", "dist", "gatherbot-data", "node_modules"}


class Source(Struct, frozen=True):
    """A Python file: its path from the root, its dotted module name, its tree."""

    path: Path
    module: str
    text: str
    tree: ast.Module

    def imports(self) -> Iterator[str]:
        """Every module that is imported anywhere in the file; `from a import b` is a.b where that is a module."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                yield from (alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                assert node.level == 0, f"{self.path}: relative imports hide where they lead"
                assert node.module is not None
                for alias in node.names:
                    inner = f"{node.module}.{alias.name}"
                    yield inner if is_module(inner) else node.module


def is_module(name: str) -> bool:
    """Whether this dotted name is a module or package of ours."""
    path = ROOT.joinpath(*name.split("."))
    return path.is_dir() or path.with_suffix(".py").is_file()


@cache
def files() -> tuple[Path, ...]:
    """Every file of the project, as a path from the root; what tools leave behind is not looked at."""
    found: list[Path] = []
    for folder, folders, names in os.walk(ROOT):
        folders[:] = sorted(name for name in folders if name not in LEFT_BEHIND and _is_ours(name))
        found += [(Path(folder) / name).relative_to(ROOT) for name in sorted(names) if _is_ours(name)]
    return tuple(found)


def _is_ours(name: str) -> bool:
    return not name.startswith(".") or name in {".ci", ".gitignore"}


@cache
def sources(*roots: str) -> tuple[Source, ...]:
    """The Python files below these folders."""
    found = []
    for path in files():
        if path.suffix == ".py" and path.parts[0] in roots:
            text = (ROOT / path).read_text(encoding="utf-8")
            parts = path.with_suffix("").parts
            module = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
            found.append(Source(path, module, text, ast.parse(text)))
    return tuple(found)
