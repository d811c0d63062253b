"""How a letter's text is laid out and encoded, so that it arrives as it was written.

Quoted-printable passes every mail server, also one without 8BITMIME, and its lines are whole again when decoded;
plain ASCII that nothing on the way can harm is sent as it is, so that it can be read raw.
"""

import re
from email.quoprimime import body_encode

WIDTH = 72  # columns, as the mailing lists' etiquette asks
LINE_ENDS = re.compile(r"\r\n|\r")
CONTROLS = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f]"
)  # all but tab and line feed: a terminal would obey them
SURROGATES = re.compile("[\ud800-\udfff]")
# A line's quotation marks, and the bullet, number or note mark that its continuation is indented under.
MARGIN = re.compile(r"(?P<quote>(?:> ?)*)(?P<mark> *(?:(?:[-*•]|\d+[.)]|\[\d+\]) +)?)")
# mbox files turn "From " into ">From ", SMTP doubles a dot, either only at the start of a line
HARMED = re.compile(r"^(?:From |\.)|[ \t]$", re.MULTILINE)


def clean(text: str) -> str:
    """`text` with line feeds as line ends, without controls, and one line feed at its end (none when empty)."""
    whole = SURROGATES.sub("\ufffd", CONTROLS.sub("", LINE_ENDS.sub("\n", text)))
    return whole if not whole or whole.endswith("\n") else whole + "\n"


def laid_out(text: str) -> str:
    """`text` with no line over 72 columns, but where a single word (a URL) is longer; short lines stay as they are."""
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
    """Whether `text` passes every mail server as it is."""
    return text.isascii() and not HARMED.search(text) and all(len(line) < 998 for line in text.split("\n"))


def quoted_printable(text: str) -> str:
    """`text` in UTF-8 and quoted-printable, lines of at most 76 characters, none of which a mail server touches."""
    encoded = body_encode(
        text.encode().decode("latin-1"), maxlinelen=74
    )  # room for one character written as three
    return re.sub(
        r"^(From |\.)", lambda start: f"={ord(start[0][0]):02X}{start[0][1:]}", encoded, flags=re.MULTILINE
    )
