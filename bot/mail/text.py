"""Layout and encoding of a letter's text, so that it arrives unchanged.

Quoted-printable passes every mail server, even without 8BITMIME, and decoding restores its lines. Plain ASCII that no
server changes is sent unencoded, so that the raw mail is readable.
"""

import re
from email.quoprimime import body_encode

WIDTH = 72  # columns, by the etiquette of mailing lists
CONTROLS = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f]"
)  # all except tab and line feed: terminals interpret them
SURROGATES = re.compile("[\ud800-\udfff]")
# A line's quotation marks, and the bullet, number or note mark that its continuation lines are indented to.
MARGIN = re.compile(r"(?P<quote>(?:> ?)*)(?P<mark> *(?:(?:[-*•]|\d+[.)]|\[\d+\]) +)?)")
# at the start of a line, mbox files turn "From " into ">From ", and SMTP doubles a dot
HARMED = re.compile(r"^(?:From |\.)|[ \t]$", re.MULTILINE)


def clean(text: str) -> str:
    """`text` with line feeds as line ends, without controls, and ending with a line feed (unless it is empty)."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")  # much faster than a pattern
    whole = SURROGATES.sub("\ufffd", CONTROLS.sub("", lines))
    return whole if not whole or whole.endswith("\n") else whole + "\n"


def laid_out(text: str) -> str:
    """`text` wrapped at 72 columns; longer words (URLs) and short lines stay unchanged."""
    return "\n".join(part for line in text.split("\n") for part in _fitted(line))


def _fitted(line: str) -> list[str]:
    if len(line) <= WIDTH:
        return [line]
    margin = MARGIN.match(line)
    assert margin  # every part of the pattern may be empty
    first, *rest = line[margin.end() :].split(" ")
    lines = [margin.group() + first]
    for word in rest:
        if len(lines[-1]) + 1 + len(word) <= WIDTH:
            lines[-1] += " " + word
        else:
            lines.append(margin["quote"] + " " * len(margin["mark"]) + word)
    return [each.rstrip(" ") for each in lines]


def is_harmless(text: str) -> bool:
    """Whether `text` passes every mail server unchanged."""
    return text.isascii() and not HARMED.search(text) and all(len(line) < 998 for line in text.split("\n"))


def quoted_printable(text: str) -> str:
    """`text` in UTF-8 and quoted-printable, in lines of at most 76 characters that no mail server changes."""
    encoded = body_encode(
        text.encode().decode("latin-1"), maxlinelen=74
    )  # leaves room for one character that is escaped below
    return re.sub(
        r"^(From |\.)", lambda start: f"={ord(start[0][0]):02X}{start[0][1:]}", encoded, flags=re.MULTILINE
    )
