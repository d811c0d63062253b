"""The code of a slot that a typo may mean."""

from collections.abc import Sequence
from difflib import get_close_matches

NEAR = 0.7


def nearest(typed: str, codes: Sequence[str]) -> str:
    """The code that is most like what was typed; empty where none is like it."""
    folded = {code.casefold(): code for code in codes}
    found = get_close_matches(typed.casefold()[:100], folded, n=1, cutoff=NEAR)
    return folded[found[0]] if found else ""
