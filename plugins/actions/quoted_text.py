"""Parts of a text in which names are ignored: addresses, quotations and code."""

import re

HIDDEN = re.compile(
    r"""
      \b(?:https?|ircs?|ftp|ssh)://\S+ | \bmailto:\S+      # addresses
    | (?<![\w.+-])[\w.+-]++@[\w-]++(?:\.[\w-]++)+          # mail addresses
    | "[^"]*" | \u201c[^\u201c\u201d]*\u201d | \u201e[^\u201e\u201c\u201d]*[\u201c\u201d] | \u00ab[^\u00ab\u00bb]*\u00bb
    | (?<!\S)`[^`]+`(?![\w`]) | (?<=\()`[^`]+`             # code; a nick may end with a back-tick
    | (?<![^\s(])'[^']*'(?![\w])                           # 'quoted', but not okoye's
    | (?<![^\s(])\u2018[^\u2018\u2019]*\u2019(?![\w])
    """,
    re.VERBOSE,
)
MARKS = re.compile("[:@\"'`\u201c\u201e\u00ab\u2018]")
FILLER = "\ufffc"  # OBJECT REPLACEMENT CHARACTER, which no name contains


def without_quotations(text: str) -> str:
    """Return `text` with addresses, quotations and code masked, at the same length so that positions stay valid."""
    if not MARKS.search(text):  # most texts have none
        return text
    return HIDDEN.sub(lambda found: FILLER * len(found[0]), text)
