"""Substitutions of literal text, `/old/new/`, with any punctuation as delimiter."""

from msgspec import Struct

PLAIN = ("s/", "s|")  # corrections of one's last message, without a command


class Substitution(Struct, frozen=True):
    """A substitution of `new` for the first `old`, or for every one with `everywhere`."""

    old: str
    new: str
    everywhere: bool = False

    def on(self, text: str) -> str:
        """Apply the substitution to `text` and strip the result."""
        return text.replace(self.old, self.new, -1 if self.everywhere else 1).strip()


def read_substitution(text: str) -> Substitution | None:
    """Read `/old/new/`, `s/old/new/` or `s|old|new|`; None for anything else.

    The last delimiter is optional, a `g` after it means everywhere, and a backslash escapes a delimiter.
    """
    said = text.strip()
    if len(said) > 1 and said[0] in "sS" and _delimits(said[1]):
        said = said[1:]
    if len(said) < 2 or not _delimits(said[0]):
        return None
    parts = _parts(said[1:], said[0])
    if len(parts) not in (2, 3) or not parts[0]:
        return None
    flag = parts[2].strip() if len(parts) == 3 else ""
    if flag.lower() not in ("", "g"):
        return None
    return Substitution(parts[0], parts[1], everywhere=bool(flag))


def _delimits(letter: str) -> bool:
    return not letter.isalnum() and not letter.isspace() and letter != "\\"


def _parts(text: str, delimiter: str) -> list[str]:
    """Split `text` at unescaped delimiters."""
    parts: list[list[str]] = [[]]
    escaped = False
    for letter in text:
        if escaped:
            parts[-1].append(letter if letter == delimiter else "\\" + letter)
            escaped = False
        elif letter == "\\":
            escaped = True
        elif letter == delimiter:
            parts.append([])
        else:
            parts[-1].append(letter)
    if escaped:
        parts[-1].append("\\")
    return ["".join(part) for part in parts]
