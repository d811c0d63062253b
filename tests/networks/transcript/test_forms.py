"""The same chat in the forms of many programs is heard as the same chat."""

import gzip
from datetime import UTC, date, datetime

import pytest

from bot.core.events import Departed, Message, NickChanged
from bot.networks.transcript.log_entry import LogEntry, Options, TranscriptError
from bot.networks.transcript.reader import Transcript
from tests.networks.transcript.forms import FORMS

START = datetime(2027, 10, 19, 13, tzinfo=UTC)


def read(name: str, data: bytes, options: Options | None = None) -> list[LogEntry]:
    transcript = Transcript([(name, data)], options)
    heard = list(transcript)
    assert transcript.unread == []
    return heard


def said(heard: list[LogEntry]) -> list[tuple[str, str, bool]]:
    return [(e.speaker.name, e.text, e.off_record) for h in heard for e in h.events if isinstance(e, Message)]


@pytest.mark.parametrize("program", FORMS)
def test_what_was_said_is_the_same_in_every_form(program: str) -> None:
    name, text = FORMS[program]
    heard = read(name, text.encode())
    assert {h.room.id for h in heard} == {"irc/#ptg"}
    waves = [("rosa", "waves", True)] if "waves" in text else []
    assert said(heard) == [
        ("amaru", "#startmeeting Nova", False),
        *waves,
        ("rosa_uni", "hello", False),
    ]
    opened = next(
        e for h in heard for e in h.events if isinstance(e, Message) and e.text.startswith("#start")
    )
    assert opened.at.replace(second=0) == START
    assert opened.at.second == (0 if ":05" not in text else 5)


@pytest.mark.parametrize("program", FORMS)
def test_who_came_and_went_is_the_same_in_every_form(program: str) -> None:
    name, text = FORMS[program]
    events = [e for h in read(name, text.encode()) for e in h.events]
    renamed = [(e.old.name, e.new.name) for e in events if isinstance(e, NickChanged)]
    tells = any(words in text for words in ("now known as", "changed nick to", "rosa → rosa_uni"))
    assert renamed == ([("rosa", "rosa_uni")] if tells else [])
    gone = [e.who.name for e in events if isinstance(e, Departed)]
    assert gone == (["rosa_uni"] if "bye" in text else [])


LOG = "13:00:05 <amaru> #startmeeting Növa\n13:00:30 <rosa_uni> hello\n"


@pytest.mark.parametrize(
    "data",
    [
        LOG.encode("utf-16"),
        b"\xfe\xff" + LOG.encode("utf-16-be"),
        gzip.compress(LOG.encode(), mtime=0),
        gzip.compress(LOG[:36].encode(), mtime=0) + gzip.compress(LOG[36:].encode(), mtime=0),
    ],
)
def test_other_encodings_and_compressed_files(data: bytes) -> None:
    assert said(read("#ptg/2027-10-19.log.gz", data)) == [
        ("amaru", "#startmeeting Növa", False),
        ("rosa_uni", "hello", False),
    ]


@pytest.mark.parametrize(
    ("data", "complaint"),
    [
        (gzip.compress(b"13:00 <a> x\n" * 6_000_000, 1, mtime=0), "x.gz: expanded, the file is larger than 64 MB; cut it into days"),
        (gzip.compress(LOG.encode(), mtime=0)[:-20], "x.gz: the compressed file ends too early; copy it again"),
        (b"<amaru> hello\n", 'x.gz:1: no message was understood; the line is "<amaru> hello"; the simplest form that works is: 13:00 <nick> words'),
        (b"10/11/2027, 13:00:05 - Rosa: x\n", "x.gz: which number in 10/11/2027 is the month? name the first day with --date"),
        (b"[2027-10-19 13:00:05 CEST] <a> x\n", "x.gz:1: the stamps say CEST; name that time zone with --zone, such as --zone Europe/Berlin"),
        (b"Oct 19 13:00:05 <a>\tx\n", "x.gz:1: which year is this? name the first day with --date"),
        (b'{"messages": [}', "x.gz: this export of Element is damaged: JSON is malformed: invalid character (byte 14)"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_said(data: bytes, complaint: str) -> None:
    with pytest.raises(TranscriptError) as refusal:
        list(Transcript([("x.gz", data)], Options(channel="#x")))
    assert str(refusal.value) == complaint


@pytest.mark.parametrize(
    ("lines", "texts", "unread"),
    [
        ("13:00 <a> #info one\n  and its end\n13:01 <b> two\n", ["#info one and its end", "two"], []),
        (
            "13:00 <a> #info one\nand\nits end\n\nfooter\n13:01 <b> two\n",
            ["#info one and its end", "two"],
            [5],
        ),
        ("13:00 <a> one\n10:30 works for me\n13:01 <b> two\n", ["one", "two"], [2]),
        ("13:00 <a> one\n<b> two\nthree\n", ["one", "two three"], []),
        ("13:00 * a waves\nat all\n", ["waves at all"], []),
        ("13:00 -!- a did odd things\nat all\n13:01 <b> two\n", ["two"], [1, 2]),
    ],
)
def test_a_line_without_a_stamp_belongs_to_the_message_before(
    lines: str, texts: list[str], unread: list[int]
) -> None:
    transcript = Transcript([("#x-2027-10-19.log", lines.encode())])
    heard = list(transcript)
    assert [text for _, text, _ in said(heard)] == texts
    assert [line.line for line in transcript.unread] == unread
    assert {h.at.date() for h in heard} == {date(2027, 10, 19)}


def test_one_date_is_not_that_of_two_days() -> None:
    one, two = ("one.log", b"13:00 <a> x\n14:00 <a> y\n"), ("two.log", b"13:00 <a> z\n")
    with pytest.raises(TranscriptError) as refusal:
        Transcript([one, two], Options(channel="#x", day=date(2027, 10, 19)))
    assert str(refusal.value) == (
        "two.log: --date names one day, but one.log ends at 14:00 and this begins at 13:00;"
        " put the days into the files' names, such as 2027-10-19.log"
    )
    later = ("later.log", b"15:00 <a> z\n")
    assert len(list(Transcript([one, later], Options(channel="#x", day=date(2027, 10, 19))))) == 3


@pytest.mark.parametrize(
    ("line", "topic"),
    [
        ("--- amaru (~a@host.example) changed topic: Day 1", "Day 1"),
        ("*** amaru changes topic to: Day 1", "Day 1"),
        ("*** amaru changes topic to 'Day 1'", "Day 1"),
        ("-!- amaru changed the topic of #x to: 'Day 1'", "'Day 1'"),
        ('* amaru has changed the topic to: "Day 1"', '"Day 1"'),
        ('*** amaru has changed topic for #x to: "Day 1"', "Day 1"),
        ("* Topic is 'Day 1'", "Day 1"),
        ("* amaru waves", None),
    ],
)
def test_the_topic_of_the_room_in_every_wording(line: str, topic: str | None) -> None:
    heard = read("#x-2027-10-19.log", f"13:00 {line}\n".encode())
    assert heard[-1].room.topic == topic


@pytest.mark.parametrize(
    ("line", "modes"),
    [
        ("-!- mode/#x [+o rosa[m]] by amaru", "MODERATOR"),
        ("*** amaru sets mode: +o rosa[m]", "MODERATOR"),
        ("--- ChanServ (ChanServ@services.) changed mode: +o rosa[m] ", "MODERATOR"),
        ("*** Mode #x +v rosa[m] by amaru", "VOICE"),
        ("* amaru gives channel operator status to jb rosa[m]", "MODERATOR"),
        ("* amaru gives voice to rosa[m]", "VOICE"),
        ("* amaru gives rosa[m] a cake", "NONE"),
    ],
)
def test_the_power_of_people_in_every_wording(line: str, modes: str) -> None:
    heard = read("#x-2027-10-19.log", f"13:00 {line}\n13:01 <rosa[m]> hello\n".encode())
    (said,) = [e for e in heard[-1].events if isinstance(e, Message)]
    assert said.power.name == modes
