"""Makes text lines of a file's bytes: expands, decodes, and turns pages and exports into lines of a log.

Rules of this file: bytes in, text out. A line that is not UTF-8 is read as Latin-1; every line end counts, a byte order
mark does not.
"""

import codecs
import re
import zlib

from msgspec import Struct

from bot.networks.transcript.element import export_of, is_export
from bot.networks.transcript.log_entry import TranscriptError
from bot.networks.transcript.pages import Page

GZIP = b"\x1f\x8b"
EXPANDED = 64 * 2**20
AS_GZIP = 16 + zlib.MAX_WBITS
MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
PAGE = re.compile(rb"\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype\s+html|html)\b", re.IGNORECASE)
PART_OF_A_PAGE = re.compile(
    rb"^<(?:span|p|tr|div|li|font|tt)\b[^>\n]{0,80}>[^\n<]{0,12}[0-9]{1,2}:[0-9]{2}", re.MULTILINE
)
OURS = re.compile(rb"^=== (?:channel|query)\b", re.MULTILINE)  # our own form keeps every byte that was said
COLORS = re.compile(rb"\x1b\[[0-9;:]*[A-Za-z]")  # of a terminal


class Contents(Struct, frozen=True):
    """The lines of a file.

    title:    of a page
    room:     the alias or id that an export of a Matrix room names
    exported: an export of a Matrix room
    """

    lines: bytes
    title: str = ""
    room: str = ""
    exported: bool = False


def contents_of(file: str, data: bytes) -> Contents:
    """The lines of a file. Raises TranscriptError."""
    content = _decoded(file, _expanded(file, data))
    if not content.strip():
        raise TranscriptError(f"{file}: the file is empty")
    if PAGE.match(content) or PART_OF_A_PAGE.search(content):
        try:
            page = Page(text_of(content))
        except AssertionError as fault:  # html.parser's way to say that it can't go on
            raise TranscriptError(f"{file}: this page is damaged: {fault}") from fault
        return Contents("\n".join(page.lines).encode(errors="replace"), page.title)
    if is_export(content):
        text, room = export_of(file, content)
        return Contents(text.encode(errors="replace"), room=room, exported=True)
    return Contents(content)


def text_of(line: bytes) -> str:
    """A line as text; one that is not UTF-8 is Latin-1, which every byte is."""
    try:
        return line.decode()
    except UnicodeDecodeError:
        return line.decode("latin-1")


def _expanded(file: str, data: bytes) -> bytes:
    if not data.startswith(GZIP):
        return data
    expander = zlib.decompressobj(AS_GZIP)
    try:
        content = expander.decompress(data, EXPANDED)
        while expander.eof and expander.unused_data.startswith(GZIP) and len(content) <= EXPANDED:
            data, expander = expander.unused_data, zlib.decompressobj(AS_GZIP)
            content += expander.decompress(data, EXPANDED)
    except zlib.error as fault:
        raise TranscriptError(f"{file}: the compressed file is damaged; {fault}") from fault
    if not expander.eof or len(content) > EXPANDED:
        if expander.unconsumed_tail or len(content) >= EXPANDED:
            raise TranscriptError(f"{file}: expanded, the file is larger than 64 MB; cut it into days")
        raise TranscriptError(f"{file}: the compressed file ends too early; copy it again")
    return content


def _decoded(file: str, data: bytes) -> bytes:
    """UTF-8 (or what comes as such) with line feeds only, without the colors of a terminal."""
    for mark, encoding in MARKS:
        if data.startswith(mark):
            try:
                data = data.decode(encoding).encode()
            except UnicodeError as fault:
                raise TranscriptError(
                    f"{file}: the file is not {encoding.upper()}, as its mark says"
                ) from fault
            break
    data = data.removeprefix(codecs.BOM_UTF8).replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return data if b"\x1b[" not in data or OURS.search(data) is not None else COLORS.sub(b"", data)
