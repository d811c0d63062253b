"""Faults of an organizer's templates: a template with one is left out, and the bundled one stands in for it."""

from collections.abc import Callable, Iterator
from traceback import walk_tb
from typing import TypeVar

from msgspec import Struct

T = TypeVar("T")
LONGEST = 200


class TemplateFault(Struct, frozen=True):
    """What is wrong with a template: its file, the line (0 if unknown), and the engine's words for it, on one line."""

    file: str
    line: int
    why: str


def without_faults(folder: str, write: Callable[[frozenset[str]], T]) -> tuple[T, tuple[TemplateFault, ...]]:
    """Return what `write` makes without the templates that have a fault, and the faults.

    folder: the organizer's templates
    write:  makes a text without some of these templates

    A fault that no template of the folder has a part in is raised.
    """
    faults: list[TemplateFault] = []
    while True:
        left_out = frozenset(fault.file for fault in faults)
        try:
            return write(left_out), tuple(faults)
        except Exception as error:
            found = _fault(error, folder) if folder else None
            if found is None or found.file in left_out:
                raise
            faults.append(found)


def _fault(error: Exception, folder: str) -> TemplateFault | None:
    """Return the fault of the template in the folder that was rendered or read last."""
    start = f"{folder.rstrip('/')}/"  # the engine joins folder and name with a slash
    places = [place for place in _places(error) if place[0].startswith(start)]
    if not places:
        return None
    file, line = places[-1]
    said = str(getattr(error, "message", "") or "") or str(error) or type(error).__name__
    why = "it never ends" if isinstance(error, RecursionError) else " ".join(said.split())
    return TemplateFault(file.removeprefix(start), line, why[:LONGEST])


def _places(error: Exception) -> Iterator[tuple[str, int]]:
    """Yield file and line of each template on the way to an error; the engine writes them into the traceback."""
    for frame, line in walk_tb(error.__traceback__):
        yield frame.f_code.co_filename, line
    file, at = getattr(error, "filename", None), getattr(error, "lineno", None)
    if isinstance(file, str):
        yield file, at if isinstance(at, int) else 0
