"""How bridges write replies on IRC, and how they say that they cut a message."""

import pytest

from bot.core.events import Message, Room
from bot.core.people.identity import Identity
from bot.core.turn.commands import read_event
from bot.core.turn.dispatch import decide
from bot.core.words.cut_marks import truncation, uncut
from bot.core.words.grammar import is_off_the_record
from bot.core.words.quoted_replies import quoting_name, without_quotation, without_quotation_after
from bot.networks.relays import relay
from plugins import records, sessions
from tests.growth import MOST, growth
from tests.play import ROOM, Stage

URL = "https://matrix.example.org/_matrix/media/abc"


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ('<dan "the start..."> #info x', "#info x"),
        ('<dan[m] "a > b..."> #info x', "#info x"),
        ('<dan> "the start..." <- #info x', "#info x"),
        ('<dan> "" <- #info x', "#info x"),
        ('<dan "the start..."> yes', "yes"),
        ('<dan "the start...">', '<dan "the start...">'),
        ('<dan> said "so" #info x', '<dan> said "so" #info x'),
        ("<dan> #info x", "<dan> #info x"),
        ("dan: #info x", "dan: #info x"),
        ('#info <b "x"> y', '#info <b "x"> y'),
    ],
)
def test_the_answer_in_a_reply(text: str, answer: str) -> None:
    assert without_quotation(text) == answer


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("#info x (re @clara: what is it?)", "#info x"),
        ("#info x (re @clara: a (b) c)", "#info x"),
        ("#info x (see @clara: y)", "#info x (see @clara: y)"),
        ("#info x (re @clara: y) z", "#info x (re @clara: y) z"),
        ("(re @clara: y)", "(re @clara: y)"),
    ],
)
def test_the_answer_before_what_is_answered(text: str, answer: str) -> None:
    assert without_quotation_after(text) == answer


@pytest.mark.parametrize(
    ("line", "name", "said", "by_bot"),
    [
        ('<clara "quoted start..."> #info x', "clara", "#info x", False),
        ("<clara> #info x", "clara", "#info x", False),
        (f'<clara "{"long " * 20}..."> #info x', "clara", "#info x", False),
        (f"<{'long' * 20}> #info x", "bridge", f"<{'long' * 20}> #info x", True),
        ("... the rest", "bridge", "... the rest", True),
    ],
)
def test_for_whom_a_relay_speaks(line: str, name: str, said: str, by_bot: bool) -> None:  # noqa: FBT001 - a table
    speaker, text, is_bot = relay(Identity("irc", "bridge", "bridge"), line)
    assert (speaker.name, text, is_bot) == (name, said, by_bot)


def test_a_name_without_a_quotation_stays() -> None:
    assert quoting_name("Clara of Bonn") == "Clara of Bonn"


@pytest.mark.parametrize(
    ("text", "said", "mark", "url"),
    [
        (f"words... (full message at <{URL}>)", "words...", f"[cut by a bridge; full message: {URL}]", URL),
        (f"words... (full message at {URL})", "words...", f"[cut by a bridge; full message: {URL}]", URL),
        (f"words [cut by a bridge; full message: {URL}]", "words", f"[cut by a bridge; full message: {URL}]", URL),
        ("words [cut by a bridge]", "words", "[cut by a bridge]", ""),
        ("words <clipped message>", "words", "[cut by a bridge]", ""),
        ("words (full message at the desk)", "words (full message at the desk)", "", ""),
        (f"(full message at <{URL}>) words", f"(full message at <{URL}>) words", "", ""),
        ("words", "words", "", ""),
    ],
)  # fmt: skip
def test_what_a_bridge_cut(text: str, said: str, mark: str, url: str) -> None:
    assert uncut(text) == (said, mark, url)


@pytest.mark.parametrize(
    ("line", "url"),
    [
        (f"... long message truncated: {URL} (12 lines)", URL),
        ("... long message truncated", ""),
        ("...(truncated)", ""),
        ("... truncated", None),
        ("... long message truncated: by me", None),
        ("...", None),
    ],
)
def test_a_line_that_only_says_so(line: str, url: str | None) -> None:
    cut = truncation(line)
    assert (cut.url if cut is not None else None) == url


@pytest.mark.parametrize(
    "text", ["[off] x", "* [off] x", '<dan> "the start..." <- [off] x', '<dan "the start..."> [off] x']
)
def test_off_the_record_over_a_bridge(text: str) -> None:
    assert is_off_the_record(text)


def test_an_edit_in_part_is_compared_with_the_newest_records_only() -> None:
    def puppet(count: int) -> Stage:
        stage = Stage([sessions.plugin, records.plugin])
        stage.say("amaru", "#startmeeting Day 1")
        for _ in range(count):
            stage.say("clara[m]", f"#info {'mirrorb ' * 80}")
        return stage

    def edit(stage: Stage) -> None:
        event = Message(
            Room(ROOM, "irc"), stage.who("clara[m]"), f"* {'mirrorc ' * 30}empty", stage.at, number=0
        )
        decide(read_event(event, stage.register, ()), stage.state.fork(), stage.register, "m")

    assert growth(edit, puppet(25), puppet(100)) <= MOST
