"""Substitutions like `/old/new/`: a literal text for another, between delimiters of the user's choice."""

from msgspec import Struct

PLAIN = ("s/", "s|")  # how people correct their last message, without any command


class Substitution(Struct, frozen=True):
    """`new` instead of the first `old`, or of each one with `everywhere`."""

    old: str
    new: str
    everywhere: bool = False

    def on(self, text: str) -> str:
        """`text` with the substitution, stripped."""
        return text.replace(self.old, self.new, -1 if self.everywhere else 1).strip()


def read_substitution(text: str) -> Substitution | None:
    """The substitution in `/old/new/`, `s/old/new/`, `s|old|new|`; None for anything else.

    The last delimiter may be missing; a `g` after it means everywhere; a backslash before a delimiter escapes it.
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
    """The text between delimiters that have no backslash before them."""
    parts = [""]
    escaped = False
    for letter in text:
        if escaped:
            parts[-1] += letter if letter == delimiter else "\\" + letter
            escaped = False
        elif letter == "\\":
            escaped = True
        elif letter == delimiter:
            parts.append("")
        else:
            parts[-1] += letter
    if escaped:
        parts[-1] += "\\"
    return parts
