"""Names that are one letter off."""

SHORTEST = 4  # letters; shorter names are too easily something else


def is_one_letter_off(typed: str, meant: str) -> bool:
    """Whether one letter of `meant` is wrong, missing, added or swapped with its neighbor, in any case.

    A digit that differs makes another name: `Group 1` and `Group 2`.
    """
    one, other = typed.casefold(), meant.casefold()
    if one == other or min(len(one), len(other)) < SHORTEST or abs(len(one) - len(other)) > 1:
        return False
    at = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), -1)
    at = at if at >= 0 else min(len(one), len(other))
    left, right = one[at:], other[at:]
    if len(left) != len(right):
        longer, shorter = (left, right) if len(left) > len(right) else (right, left)
        return longer[0].isalpha() and longer[1:] == shorter
    if left[1:] == right[1:]:
        return left[0].isalpha() and right[0].isalpha()
    swapped = len(left) > 1 and (left[0], left[1]) == (right[1], right[0])
    return swapped and left[:2].isalpha() and left[2:] == right[2:]
