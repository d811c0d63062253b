"""Long lists on few lines: as many items as fit, and the number of the others."""

from collections.abc import Callable, Sequence
from typing import TypeVar

T = TypeVar("T")

WIDTH = 380  # characters; a longer line would be two messages on IRC


def packed(
    head: str,
    items: Sequence[T],
    told: Callable[[T], str],
    more: Callable[[int], str],
    *,
    lines: int = 2,
    tail: str = "",
    width: int = WIDTH,
) -> list[str]:
    """Write `head` and the items, separated by semicolons, on at most `lines` lines of `width` characters.

    told: formats an item; it is called only for the items that fit, and once more
    more: formats the number of items that do not fit
    tail: text at the end, which is always shown
    """
    out, shown = [head], 0
    for item in items:
        text = told(item)
        left = len(items) - shown - 1
        end = f"{'; ' + more(left) if left else ''}{'; ' + tail if tail else ''}"
        sign = " " if shown == 0 else "; "
        if shown and len(out[-1]) + len(sign) + len(text) + (len(end) if len(out) == lines else 0) > width:
            if len(out) == lines:
                break
            out.append(text)
        else:
            out[-1] += f"{sign}{text}"
        shown += 1
    rest = len(items) - shown
    ends = [*([more(rest)] if rest else []), *([tail] if tail else [])]
    out[-1] = "; ".join([out[-1], *ends])
    return out
