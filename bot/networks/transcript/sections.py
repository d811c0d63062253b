"""Cuts files into sections: lines with one room and one first day.

Rules of this file: missing or impossible values are found here, before anything is played.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date, tzinfo
from io import BytesIO
from itertools import islice
from typing import NamedTuple

from msgspec import Struct

from bot.core.words.text import clean
from bot.networks.transcript.clock import HALF_A_DAY, MINUTE, ClockError, read_day
from bot.networks.transcript.contents import Contents, contents_of, text_of
from bot.networks.transcript.element import is_text_export, read_text
from bot.networks.transcript.line_events import Joined
from bot.networks.transcript.line_reader import DAY_LINE, LineReader
from bot.networks.transcript.log_entry import Options, TranscriptError
from bot.networks.transcript.stamps import Stamps, month_first
from bot.networks.transcript.wordings import Reading

CHANNEL_MARKS = "#&+!"
HEADER = re.compile(rb"^=== (channel|query)\b.*$", re.MULTILINE)
HEADER_FORM = re.compile(r"=== (channel|query) (?:([\w.-]+)/)?(\S+) date (\S+)\s*")
OUR_STAMP = re.compile(rb"^[0-9]{2}:[0-9]{2}(?::[0-9]{2})? ", re.MULTILINE)
OTHER_STAMP = re.compile(rb"^(?:\[[0-9]{2}:[0-9]{2}|[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:)", re.MULTILINE)
NAMED_DAY = re.compile(r"(?<!\d)(\d{4})-?(\d\d)-?(\d\d)(?!\d)")
NAMED_CHANNEL = re.compile(r"#[^\s,;:()\[\]\"']+")
TALKING_IN = re.compile(r"(?:Session Ident: |Now talking (?:in|on) |(?=#\S+$))")
ENDINGS = re.compile(r"(?:\.(?:log|txt|irc|weechatlog|x?html?|json|md|markdown|gz))+$")
LOOKED_AT = 2000  # lines in which the channel's name is sought
QUOTED = 120
SIMPLEST = "the simplest form that works is: 13:00 <nick> words"


class Section(Struct, frozen=True):
    """Lines of one room.

    first:         number of the first line in its file, of the header if there is one
    names_network: whether the log names its network
    day:           the first day; None if its lines tell it
    assumed:       the day is that of the options, since neither the log nor its name tells it
    read:          reads a line
    back:          by how many seconds the machine's clock may have been corrected
    matrix:        it is of a Matrix room, whatever the network
    whole:         lines without a stamp are further lines of a message; else a line was wrapped
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
    assumed: bool
    zone: tzinfo
    read: Callable[[str], Reading]
    back: int
    matrix: bool = False
    whole: bool = False

    def lines(self) -> Iterator[tuple[int, str]]:
        """The lines after the header, with their numbers."""
        for number, line in enumerate(BytesIO(self.content), start=self.first + bool(self.header)):
            yield number, text_of(line.rstrip(b"\n"))


class Form(NamedTuple):
    """What holds for all lines of a file."""

    file: str
    contents: Contents
    options: Options
    reader: LineReader
    back: int
    exported: bool


def cut(file: str, data: bytes, options: Options) -> list[Section]:
    """The sections of one file, in its order. Raises TranscriptError."""
    contents = contents_of(file, data)
    content = contents.lines
    headers = list(HEADER.finditer(content))
    form = _form(file, contents, options, headed=bool(headers))
    if not headers and not any(_stamps(form)):
        raise not_understood(file, content)
    sections = []
    starts = [*(header.start() for header in headers), len(content)]
    if content[: starts[0]].strip():
        sections.append(_nameless(form, content[: starts[0]]))
    line, counted = 1, 0
    for header, end in zip(headers, starts[1:], strict=True):
        line += content.count(b"\n", counted, header.start())
        counted = header.start()
        body = content[header.end() + 1 : end]
        sections.append(_headed(form, line, text_of(header[0]), body))
    return sections


def not_understood(file: str, content: bytes) -> TranscriptError:
    """The refusal of a log in which no message was understood."""
    lines = enumerate(content.splitlines(), 1)
    number, line = next(((n, line) for n, line in lines if line.strip()), (1, b""))
    return TranscriptError(
        f"{file}:{number}: no message was understood; the line is {quoted(text_of(line))}; {SIMPLEST}"
    )


def quoted(line: str) -> str:
    """A line of a log in quotation marks, on one line and not too long."""
    shown = " ".join(clean(line).split())
    return f'"{shown[:QUOTED]}..."' if len(shown) > QUOTED else f'"{shown}"'


def _form(file: str, contents: Contents, options: Options, *, headed: bool) -> Form:
    content = contents.lines
    exported = contents.exported or (not headed and is_text_export(content))
    try:
        stamps = Stamps(options.zone, month_first=None if headed else month_first(content, options.day))
    except ClockError as fault:
        raise TranscriptError(f"{file}: {fault}") from fault
    told = read_text if exported and not contents.exported else None
    reader = LineReader(stamps, told, colored=not headed)
    ours, other = OUR_STAMP.search(content), OTHER_STAMP.search(content)
    is_ours = ours is not None and (other is None or ours.start() < other.start())
    back = 0 if headed else MINUTE
    if not is_ours or DAY_LINE.search(content) is not None:
        back = HALF_A_DAY
    return Form(file, contents, options, reader, back, exported)


def _stamps(form: Form) -> Iterator[str]:
    """The stamps of the log."""
    for line in BytesIO(form.contents.lines):
        try:
            reading = form.reader.read(text_of(line.rstrip(b"\n")))
        except ClockError:  # said when it is played
            yield "0000-00-00 00:00"
        else:
            if reading is not None and reading[0]:
                yield reading[0]


def _headed(form: Form, line: int, header: str, body: bytes) -> Section:
    """The section after a header."""
    found = HEADER_FORM.fullmatch(header)
    if found is None or (found[1] == "channel" and found[3][0] not in CHANNEL_MARKS):
        raise TranscriptError(
            f"{form.file}:{line}: a header looks like '=== channel #name date YYYY-MM-DD' or '=== query nick date YYYY-MM-DD'"
        )
    kind, network_name, name, day = found.groups()
    try:
        begins = read_day(day)
    except ClockError as fault:
        raise TranscriptError(f"{form.file}:{line}: {fault}") from fault
    network = network_name or form.options.network
    return Section(
        file=form.file,
        first=line,
        content=body,
        header=header,
        network=network,
        names_network=network_name is not None,
        room=f"{network}/{name}",
        private=kind == "query",
        day=begins,
        assumed=False,
        zone=form.options.zone,
        read=form.reader.read,
        back=form.back,
    )


def _nameless(form: Form, body: bytes) -> Section:
    """The section before any header: the file's name, the options, or its lines tell the room and the day."""
    options, title = form.options, form.contents.title
    channel = named_channel(form.file) or options.channel or _told_channel(form)
    if not channel:
        raise TranscriptError(f"{form.file}: which channel is this? use --channel")
    if channel[0] not in CHANNEL_MARKS:
        channel = f"#{channel}"  # in a shell an unquoted "#" begins a comment, so people leave it out
    named = named_day(form.file) or (named_day(title.replace("/", "-")) if title else None)
    day = named or options.day
    if day is None and DAY_LINE.search(body) is None and len(next(_stamps(form), "")) <= len("HH:MM:SS"):
        raise TranscriptError(f"{form.file}: which day is this? use --date")
    network = _matrix_network(options) if form.exported else options.network
    return Section(
        file=form.file,
        first=1,
        content=body,
        header="",
        network=network,
        names_network=form.exported,
        room=f"{network}/{channel}",
        private=False,
        day=day,
        assumed=named is None and day is not None and DAY_LINE.search(body) is None,
        zone=options.zone,
        read=form.reader.read,
        back=form.back,
        matrix=form.exported,
        whole=form.exported,
    )


def _matrix_network(options: Options) -> str:
    """The network of an export of a Matrix room."""
    if options.network in options.matrix or not options.matrix:
        return options.network if options.matrix else "matrix"
    return min(options.matrix)


def _told_channel(form: Form) -> str:
    """The channel that a page's title, an export, or a log's lines name; empty if they name none."""
    titled = NAMED_CHANNEL.search(form.contents.title)
    if titled is not None or form.contents.room:
        return titled[0] if titled is not None else form.contents.room
    for line in islice(BytesIO(form.contents.lines), LOOKED_AT):
        text = text_of(line.rstrip(b"\n"))
        try:
            reading = form.reader.read(text)
        except ClockError:
            continue
        if (reading is not None and isinstance(reading[1], Joined)) or TALKING_IN.search(
            text[:60]
        ) is not None:
            found = NAMED_CHANNEL.search(text)
            if found is not None:
                return found[0]
    return ""


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
