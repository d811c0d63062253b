"""Dialogues: what was said and what the bot did."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import count
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.events import Message
from bot.networks.transcript.dialogue import (
    Action,
    Dialogue,
    Mailed,
    Reacted,
    SaidInPrivate,
    SaidInRoom,
    TopicSet,
)
from bot.networks.transcript.log_entry import UTC_ZONE, LogEntry, Options
from bot.networks.transcript.reader import Transcript

HEADER = "=== channel #x date 2027-10-19\n"


def read(*logs: str, zone: ZoneInfo = UTC_ZONE) -> list[LogEntry]:
    return list(Transcript([(f"{n}.txt", log.encode()) for n, log in enumerate(logs)], Options(zone=zone)))


def at(clock: str, day: int = 19) -> datetime:
    return datetime.fromisoformat(f"2027-10-{day}T{clock}").replace(tzinfo=UTC)


def test_lines_stand_as_they_came() -> None:
    log = (
        f"{HEADER}13:00:00 -!- a [~a@h] has joined #x\n13:00 <a>  two  blanks \n\nnonsense\n"
        "13:01:00 {e1} <a> one\n         | two\n13:50\n=== query a date 2027-10-20\n09:00 <a> hi\n"
    )
    dialogue = Dialogue()
    for line in read(log):
        dialogue.add_entry(line)
    assert dialogue.text() == log


def test_what_the_bot_did_stands_under_the_line() -> None:
    dialogue = Dialogue()
    header, line = read(f"{HEADER}13:00:00 <a> #startmeeting\n")
    dialogue.add_entry(header)
    dialogue.add_entry(line)
    for action in (
        SaidInRoom("irc/#x", "opened\nand logged"),
        SaidInPrivate("a", "you are chair"),
        Reacted("✅"),
        TopicSet("irc/#x", "Welcome"),
        TopicSet("irc/#other", "Wel\ncome"),
        Mailed("list@example.org", "DRAFT: [x]\r\nBcc: all"),
        SaidInRoom("irc/#other", "elsewhere"),
    ):
        dialogue.add_action(action)
    assert dialogue.text() == (
        f"{HEADER}13:00:00 <a> #startmeeting\n"
        "> opened\n> and logged\n>a you are chair\n>+ ✅\n># Welcome\n>#[irc/#other] Wel come\n"
        ">@ mail to list@example.org: DRAFT: [x] Bcc: all\n>[irc/#other] elsewhere\n"
    )


def test_timers_stand_under_a_stamp_of_their_own() -> None:
    dialogue = Dialogue()
    for line in read(f"{HEADER}13:00:00 <a> x\n"):
        dialogue.add_entry(line)
    dialogue.add_timer(at("13:10:00"), [])
    dialogue.add_timer(at("13:50:00"), [SaidInRoom("irc/#x", "10 minutes left")])
    dialogue.add_timer(at("13:50:00"), [SaidInRoom("irc/#y", "10 minutes left")])
    dialogue.add_timer(at("14:00:00"), [SaidInRoom("irc/#x", "over")])
    assert dialogue.text() == (
        f"{HEADER}13:00:00 <a> x\n13:50:00\n> 10 minutes left\n>[irc/#y] 10 minutes left\n14:00:00\n> over\n"
    )


@pytest.mark.parametrize("timer_first", [True, False])
def test_a_stamp_in_the_log_is_the_timers_own(*, timer_first: bool) -> None:
    dialogue = Dialogue()
    header, said, stamp = read(f"{HEADER}13:00:00 <a> x\n13:50\n")
    dialogue.add_entry(header)
    dialogue.add_entry(said)
    if timer_first:
        dialogue.add_timer(at("13:50:00"), [SaidInRoom("irc/#x", "10 minutes left")])
    dialogue.add_entry(stamp)
    if not timer_first:
        dialogue.add_timer(at("13:50:00"), [SaidInRoom("irc/#x", "10 minutes left")])
    assert dialogue.text() == (
        f"{HEADER}13:00:00 <a> x\n{'13:50:00' if timer_first else '13:50'}\n> 10 minutes left\n"
    )


def test_a_timer_days_later_says_which_day_it_is() -> None:
    dialogue = Dialogue()
    for line in read(f"{HEADER}13:00:00 <a> x\n"):
        dialogue.add_entry(line)
    dialogue.add_timer(at("12:00:00", 20), [SaidInRoom("irc/#x", "within a day")])
    dialogue.add_timer(at("13:00:00", 21), [Mailed("l@h", "after more than a day")])
    assert dialogue.text() == (
        f"{HEADER}13:00:00 <a> x\n12:00:00\n> within a day\n"
        "=== channel #x date 2027-10-21\n13:00:00\n>@ mail to l@h: after more than a day\n"
    )


def test_another_room_gets_a_header_of_its_own() -> None:
    dialogue = Dialogue()
    for line in read(
        f"{HEADER}13:00:00 <a> 1\n13:02:00 <a> 3\n", f"{HEADER.replace('#x', '#y')}13:01:00 <a> 2\n"
    ):
        dialogue.add_entry(line)
    assert dialogue.text() == (
        f"{HEADER}13:00:00 <a> 1\n=== channel #y date 2027-10-19\n13:01:00 <a> 2\n{HEADER}13:02:00 <a> 3\n"
    )


def test_other_networks_and_private_rooms_are_named_in_headers() -> None:
    dialogue = Dialogue(network="oftc")
    for line in read(
        f"{HEADER}13:00 <a> 1\n13:02 <a> 2\n", "=== query m/a date 2027-10-19\n13:01 <a> 1\n13:03 <a> 2\n"
    ):
        dialogue.add_entry(line)
    assert dialogue.text() == (
        f"{HEADER}13:00 <a> 1\n=== query m/a date 2027-10-19\n13:01 <a> 1\n"
        "=== channel irc/#x date 2027-10-19\n13:02 <a> 2\n=== query m/a date 2027-10-19\n13:03 <a> 2\n"
    )


def test_a_log_without_a_header_gets_one() -> None:
    dialogue = Dialogue()
    for line in Transcript([("#x/2027-10-19.log", b"gibberish\n[12:57:12] <a> x\n")]):
        dialogue.add_entry(line)
    assert dialogue.text() == f"{HEADER}12:57:12\ngibberish\n[12:57:12] <a> x\n"


class Echo:
    """A bot that answers and sets timers by what it is told, and by nothing else."""

    def __init__(self) -> None:
        self.due: list[tuple[datetime, int, Action]] = []
        self.order = count()

    def hear(self, message: Message) -> list[Action]:
        word, _, rest = message.text.partition(" ")
        if word == "in":
            seconds, room, text = rest.split(" ", 2)
            due = message.at + timedelta(seconds=float(seconds))
            self.due.append((due, next(self.order), SaidInRoom(room, text)))
        return [SaidInRoom(message.room.id, rest)] if word == "say" else []

    def until(self, moment: datetime) -> list[tuple[datetime, Action]]:
        past = sorted(due for due in self.due if due[0] <= moment)
        self.due = [due for due in self.due if due[0] > moment]
        return [(due, action) for due, _, action in past]


def dialogue_of(heard: list[LogEntry], zone: ZoneInfo) -> str:
    bot, dialogue = Echo(), Dialogue(zone)
    for line in heard:
        for moment, action in bot.until(line.at):
            dialogue.add_timer(moment, [action])
        dialogue.add_entry(line)
        for event in line.events:
            if isinstance(event, Message):
                for action in bot.hear(event):
                    dialogue.add_action(action)
    for moment, action in bot.until(datetime.max.replace(tzinfo=UTC)):
        dialogue.add_timer(moment, [action])
    return dialogue.text()


def again(text: str, zone: ZoneInfo) -> str:
    heard = list(Transcript([("again.txt", text.encode())], Options(zone=zone)))
    # what timers did at the end of the first pass is under stamps now, so nothing is left to do at the second's
    return dialogue_of(heard, zone)


ROOMS = st.sampled_from(["irc/#x", "irc/#y"])
TALK = st.one_of(
    st.sampled_from(["hello", "say hi", "say two\nlines", "say > quoted", "say "]),
    st.builds(
        lambda seconds, room: f"in {seconds} {room} late",
        st.sampled_from([0, 0.5, 1, 30, 60, 3600, 86400, 90000, 200000]),
        ROOMS,
    ),
)
LINES = st.tuples(st.sampled_from([0, 0, 1, 30, 60, 3600, 80000]), st.sampled_from("lmsgb"), TALK)


def ours(lines: list[tuple[int, str, str]], start: datetime, room: str) -> str:
    now, written = start, [f"=== channel {room} date {start:%Y-%m-%d}"]
    for pause, form, talk in lines:
        now += timedelta(seconds=pause)
        text = talk.replace("\n", " ")
        stamp = f"{now:%H:%M}" if form == "m" else f"{now:%H:%M:%S}"
        written.append({"s": stamp, "g": "garbage", "b": ""}.get(form, f"{stamp} <a> {text}"))
    return "\n".join(written)


def znc(lines: list[tuple[int, str, str]], start: datetime) -> str:
    now, written = start, []
    for pause, form, talk in lines:
        now += timedelta(seconds=pause % 3600)
        text = talk.replace("\n", " ")
        written.append("" if form == "b" else f"[{now:%H:%M:%S}] <a> {text}")
    return "\n".join([f"[{start:%H:%M:%S}] *** Joins: a (~a@h)", *written])


def weechat(lines: list[tuple[int, str, str]], start: datetime) -> str:
    now, written = start, []
    for pause, form, talk in lines:
        now += timedelta(seconds=pause)
        text = talk.replace("\n", " ")
        written.append("garbage" if form == "g" else f"{now:%Y-%m-%d %H:%M:%S}\ta\t{text}")
    return "\n".join([f"{start:%Y-%m-%d %H:%M:%S}\t-->\ta (~a@h) has joined #x", *written])


def irssi(lines: list[tuple[int, str, str]], start: datetime) -> str:
    now, written = start, [f"--- Log opened {start:%a %b %d %H:%M:%S %Y}"]
    for pause, form, talk in lines:
        day, now = now.date(), now + timedelta(seconds=pause)
        if now.date() != day:
            written.append(f"--- Day changed {now:%a %b %d %Y}")
        text = talk.replace("\n", " ")
        written.append(f"{now:%H:%M} -!- gibberish" if form == "g" else f"{now:%H:%M} < a> {text}")
    return "\n".join(written)


START = datetime(2027, 10, 19, 22, 30)  # noqa: DTZ001 - a wall clock's time


@given(
    st.lists(LINES, max_size=12),
    st.lists(LINES, max_size=12),
    st.sampled_from([0, 1, 3600]),
    st.sampled_from([ZoneInfo("UTC"), ZoneInfo("Europe/Berlin")]),
)
def test_a_dialogue_read_again_is_the_same_dialogue(
    one: list[tuple[int, str, str]], two: list[tuple[int, str, str]], apart: int, zone: ZoneInfo
) -> None:
    logs = [ours(one, START, "#x"), ours(two, START + timedelta(seconds=apart), "#y")]
    first = dialogue_of(read(*logs, zone=zone), zone)
    assert again(first, zone) == first


@given(st.lists(LINES, max_size=12), st.sampled_from([znc, weechat, irssi]))
def test_so_is_one_of_another_programs_log(
    lines: list[tuple[int, str, str]], form: Callable[[list[tuple[int, str, str]], datetime], str]
) -> None:
    log = form(lines, START.replace(hour=1))
    heard = list(Transcript([("#x/2027-10-19.log", log.encode())]))
    first = dialogue_of(heard, UTC_ZONE)
    assert again(first, UTC_ZONE) == first
