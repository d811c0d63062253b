"""Cuts files into sections: lines with one room, one first day and one format.

Rules of this file: bytes in, text out. A line that is not UTF-8 is read as Latin-1; every line end counts, a byte
order mark does not. Missing or impossible values are found here, before anything is played.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date, tzinfo
from io import BytesIO

from msgspec import Struct

from bot.networks.transcript import irssi, weechat, znc
from bot.networks.transcript.clock import ClockError, read_day
from bot.networks.transcript.log_entry import Options, TranscriptError
from bot.networks.transcript.wordings import Reading

BOM = b"\xef\xbb\xbf"
CHANNEL_MARKS = "#&+!"
HEADER = re.compile(rb"^=== (channel|query)\b.*$", re.MULTILINE)
HEADER_FORM = re.compile(r"=== (channel|query) (?:([\w.-]+)/)?(\S+) date (\S+)\s*")
FORMAT = re.compile(
    rb"^(?:(?P<znc>\[\d\d:\d\d(?::\d\d)?\] )"
    rb"|(?P<weechat>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\t)"
    rb"|(?P<ours>\d\d:\d\d(?::\d\d)? ))",
    re.MULTILINE,
)
IRSSI = re.compile(rb"^--- (?:Log opened|Log closed|Day changed) ", re.MULTILINE)
NAMED_DAY = re.compile(r"(?<!\d)(\d{4})-?(\d\d)-?(\d\d)(?!\d)")
ENDINGS = re.compile(r"(?:\.(?:log|txt|irc|weechatlog))+$")
READERS: dict[str, Callable[[str], Reading]] = {
    "znc": znc.read,
    "weechat": weechat.read,
    "irssi": irssi.read,
    "ours": irssi.read,
}


class Section(Struct, frozen=True):
    """Lines of one room.

    first:         number of the first line in its file, of the header if there is one
    names_network: whether the log names its network
    day:           the first day; None if its lines tell it
    steps_back:    its stamps are from a machine whose clock may have been corrected
    """

    file: str
    first: int
    content: bytes
    header: str
    network: str
    names_network: bool
    room: str
    private: bool
    day: date | None
    zone: tzinfo
    read: Callable[[str], Reading]
    steps_back: bool

    def lines(self) -> Iterator[tuple[int, str]]:
        """The lines after the header, with their numbers."""
        for number, line in enumerate(BytesIO(self.content), start=self.first + bool(self.header)):
            yield number, text_of(line.rstrip(b"\n"))


def text_of(line: bytes) -> str:
    """A line as text; one that is not UTF-8 is Latin-1, which every byte is."""
    try:
        return line.decode()
    except UnicodeDecodeError:
        return line.decode("latin-1")


def cut(file: str, data: bytes, options: Options) -> list[Section]:
    """The sections of one file, in its order. Raises TranscriptError."""
    content = data.removeprefix(BOM).replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    if not content.strip():
        raise TranscriptError(f"{file}: the file is empty")
    headers = list(HEADER.finditer(content))
    format_name = format_of(content)
    if not format_name and not headers:
        raise TranscriptError(f"{file}: this is not a log in a known format (Gatherbot, irssi, WeeChat, ZNC)")
    format_name = format_name or "ours"
    sections = []
    starts = [*(header.start() for header in headers), len(content)]
    if content[: starts[0]].strip():
        sections.append(_nameless(file, content[: starts[0]], format_name, options))
    line, counted = 1, 0
    for header, end in zip(headers, starts[1:], strict=True):
        line += content.count(b"\n", counted, header.start())
        counted = header.start()
        body = content[header.end() + 1 : end]
        sections.append(_headed(file, line, text_of(header[0]), body, format_name, options))
    return sections


def format_of(content: bytes) -> str:
    """The format of a log, by its first line that has one; empty if none has."""
    found = FORMAT.search(content)
    name = "" if found is None else str(found.lastgroup)
    return "irssi" if name in ("", "ours") and IRSSI.search(content) else name


def _headed(file: str, line: int, header: str, body: bytes, format_name: str, options: Options) -> Section:
    """The section after a header."""
    found = HEADER_FORM.fullmatch(header)
    if found is None or (found[1] == "channel" and found[3][0] not in CHANNEL_MARKS):
        raise TranscriptError(
            f"{file}:{line}: a header looks like '=== channel #name date YYYY-MM-DD' or '=== query nick date YYYY-MM-DD'"
        )
    kind, network_name, name, day = found.groups()
    try:
        begins = read_day(day)
    except ClockError as fault:
        raise TranscriptError(f"{file}:{line}: {fault}") from fault
    network = network_name or options.network
    return Section(
        file=file,
        first=line,
        content=body,
        header=header,
        network=network,
        names_network=network_name is not None,
        room=f"{network}/{name}",
        private=kind == "query",
        day=begins,
        zone=options.zone,
        read=READERS[format_name],
        steps_back=format_name != "ours",
    )


def _nameless(file: str, body: bytes, format_name: str, options: Options) -> Section:
    """The section before any header: the file's name or the options tell the room and the day."""
    channel = named_channel(file) or options.channel
    if not channel:
        raise TranscriptError(f"{file}: which channel is this? use --channel")
    if channel[0] not in CHANNEL_MARKS:
        channel = f"#{channel}"  # in a shell an unquoted "#" begins a comment, so people leave it out
    day = named_day(file) or options.day
    if day is None and format_name in ("ours", "znc"):
        raise TranscriptError(f"{file}: which day is this? use --date")
    return Section(
        file=file,
        first=1,
        content=body,
        header="",
        network=options.network,
        names_network=False,
        room=f"{options.network}/{channel}",
        private=False,
        day=day,
        zone=options.zone,
        read=READERS[format_name],
        steps_back=format_name != "ours",
    )


def _path(file: str) -> Sequence[str]:
    return file.replace("\\", "/").split("/")


def named_channel(file: str) -> str:
    """The channel in the name of a file or its folder; empty if there is none.

    ZNC: "#name/2027-10-19.log", "user_network_#name_20271019.log"; WeeChat: "irc.oftc.#name.weechatlog"; irssi:
    "oftc/#name.log".
    """
    parts = _path(file)
    for part in (ENDINGS.sub("", parts[-1]), *parts[-2:-1]):
        _, mark, name = part.partition("#")
        name = re.sub(r"[._-]?(?<!\d)\d{4}-?\d\d-?\d\d$", "", name)
        if mark and name.strip("#") and not re.search(r"\s", name):
            return f"#{name}"
    return ""


def named_day(file: str) -> date | None:
    """The day in a file's name, or None. Raises TranscriptError if it is not in the calendar."""
    found = NAMED_DAY.search(_path(file)[-1])
    if found is None:
        return None
    try:
        return read_day("-".join(found.groups()))
    except ClockError as fault:
        raise TranscriptError(f"{file}: {fault}") from fault
