"""The page of a session: minutes while they are written, what stands beside them, and the log."""

import re
from datetime import UTC, datetime

from bot.bundled import bundled_plugins
from bot.core.events import Redacted, Room
from bot.core.plugin.pages import address_of
from bot.core.plugin.registration import register
from bot.core.session.session import Session
from bot.core.state.setup import Gathering, Setup, Slot, Track
from bot.storage.contract import LoggedLine
from bot.web.made import Made
from bot.web.site import Site
from tests.play import ROOM, Stage
from tests.web.markup import element, words
from tests.web.reader import Reader, shelf_of

NOVA = Track("nova", "Nova", venues=((ROOM,),))
SETUP = Setup(tracks=(NOVA,), gathering=Gathering("2027-10", "October 2027 PTG"))
BUNDLED = register(bundled_plugins(), SETUP)


def stage_of(setup: Setup = SETUP) -> Stage:
    stage = Stage(BUNDLED, setup)
    stage.ops = {"amaru"}
    stage.say("amaru", "#startmeeting Day 1")
    return stage


def session_of(stage: Stage) -> Session:
    (session,) = stage.state.sessions()
    return session


def made(stage: Stage, rest: str = "", lines: list[LoggedLine] | None = None) -> Made:
    return Reader(stage, lines=lines or ()).ask(f"/sessions/{address_of(session_of(stage))}{rest}")


def page(stage: Stage, rest: str = "") -> str:
    found = made(stage, rest)
    assert found.status == 200
    return found.body.decode()


def test_a_record_is_a_line_with_an_anchor() -> None:
    stage = stage_of()
    stage.say("amaru", "#topic Cells")
    stage.say("lin_wei", "#info See https://example.org/a?b&c (and <b>that</b>).")
    assert element(page(stage), "r1") == (
        '<li class="record record-info" id="r1"><div dir="auto"><a class="n" href="#r1">#1</a>'
        '<span class="kind">Info</span>See '
        '<a href="https://example.org/a?b&amp;c" rel="noopener noreferrer">https://example.org/a?b&amp;c</a>'
        " (and &lt;b&gt;that&lt;/b&gt;).</div>"
        '<div class="by"><bdi>lin_wei</bdi>, <time datetime="2027-10-19T13:00:00Z">13:00 UTC</time></div></li>'
    )


def test_what_else_is_known_of_a_record_stands_beside_it() -> None:
    stage = stage_of()
    stage.say("okoye", "hello")
    stage.say("lin_wei", "#action okoye to write the spec by 12 October 2027")
    stage.say("lin_wei", "#question Who runs CI?")
    stage.say("okoye", "question 2++")
    stage.say("amaru", "#answer 2 The infra team")
    stage.say("lin_wei", "#link irc://example.org/nova Chat")
    stage.say("lin_wei", "#info Options:", lines=("#info Options:", "- <i>one</i>", "- two"))
    stage.say("lin_wei", "s/Options/Ways/")
    html = page(stage)
    assert [words(element(html, f"r{n}")).rpartition(" lin_wei ,")[0] for n in (1, 2, 3)] == [
        "#1 Action okoye to write the spec by 12 October 2027 · for okoye · overdue since Tuesday 12 October",
        "#2 Question Who runs CI? · 2 people want to know Answer by amaru : The infra team",
        "#3 Link irc://example.org/nova Chat",
    ]
    assert element(html, "r4").partition("</span>")[2] == (
        'Ways:</div><ul><li dir="auto">&lt;i&gt;one&lt;/i&gt;</li><li dir="auto">two</li></ul>'
        '<div class="by"><bdi>lin_wei</bdi>, <time datetime="2027-10-19T13:00:00Z">13:00 UTC</time>, edited</div></li>'
    )


def test_topics_are_headings_with_their_time_and_what_was_moved_stands_where_it_belongs() -> None:
    stage = stage_of()
    stage.say("lin_wei", "#info early")
    stage.say("amaru", "#topic Cells")
    stage.say("amaru", "#subtopic Names")
    stage.say("lin_wei", "#info within")
    stage.later(minutes=5)
    stage.say("amaru", "#topic <i>CI</i>")
    html = page(stage)
    headings = re.findall(r"<h[34][^>]*>.*?</h[34]>", html)
    assert headings == [
        '<h3 class="topic" id="t0">Before the first topic</h3>',
        '<h3 class="topic" id="t1" dir="auto">1. Cells</h3>',
        '<h4 dir="auto">Names</h4>',
        '<h3 class="topic" id="t2" dir="auto" data-tell="Topic: &lt;i&gt;CI&lt;/i&gt;">2. &lt;i&gt;CI&lt;/i&gt;</h3>',
    ]
    assert re.findall(r'<p class="muted">(.*?)</p>', html) == [
        "Chair: <bdi>amaru</bdi>. Room: <bdi>#nova</bdi>",
        '<time datetime="2027-10-19T13:00:00Z">13:00 UTC</time>, 5 minutes',
        '<strong>On now</strong>, <span class="since">since <time datetime="2027-10-19T13:05:00Z">13:05 UTC</time></span>',
        "2 people",
    ]


def test_what_was_taken_back_is_not_there() -> None:
    stage = stage_of()
    for text in ("Redacted", "Dropped", "Undone"):
        stage.say("lin_wei", f"#info {text}")
    record = session_of(stage).record(1)
    assert record is not None
    stage.say("amaru", "#undo")
    stage.say("lin_wei", "#drop 2")
    room = Room(ROOM, "irc", members=stage.members)
    stage.event(Redacted(room, stage.who("lin_wei"), record.cause, stage.at))
    html = page(stage)
    assert [text for text in ("Undone", "Dropped", "Redacted") if text in html] == []
    assert "Nothing is recorded yet." in html


def test_a_record_changes_its_group_and_nothing_else() -> None:
    stage = stage_of()
    stage.say("amaru", "#topic Cells")
    for n in range(27):
        stage.say("lin_wei", f"#info note {n}")
    before = made(stage).cut
    stage.say("lin_wei", "#edit 2 other words")
    edited = made(stage).cut
    stage.say("lin_wei", "#info one more")
    after = made(stage).cut
    assert before is not None
    assert edited is not None
    assert after is not None
    assert edited.changes_since(before).keys() == {"t1-1"}
    assert after.changes_since(edited).keys() == {"head", "t1-26"}


def test_while_it_runs_one_button_leads_to_the_call_and_afterwards_links_to_what_is_left() -> None:
    starts, ends = datetime(2027, 10, 19, 13, tzinfo=UTC), datetime(2027, 10, 19, 15, tzinfo=UTC)
    slot = Slot("TueAM", "nova", "Room 3", starts, ends, link="https://meet.example.org/nova")
    gathering = Gathering("2027-10", "October 2027 PTG", etherpads="https://pads.example.org/p")
    stage = stage_of(Setup(tracks=(NOVA,), gathering=gathering, slots=(slot,)))
    stage.say("lin_wei", "#link https://youtu.be/xyz Recording")
    pad = '<a href="https://pads.example.org/p/2027-10-nova" rel="noopener noreferrer">Etherpad</a>'
    button = '<a href="https://meet.example.org/nova" class="button" rel="noopener noreferrer">Join</a>'
    address = address_of(session_of(stage))
    log = f'<a href="/sessions/{address}/log">Log of the session</a>'
    html = page(stage)
    assert (html.count(button), html.count(pad), html.count(log), "preview" in html) == (1, 1, 0, False)
    stage.say("amaru", "#nova url https://meet.example.org/elsewhere", private=True)
    assert re.findall(r'<a href="([^"]*)" class="button"', page(stage)) == [
        "https://meet.example.org/elsewhere"
    ]
    stage.say("amaru", "#endmeeting")
    html = page(stage)
    assert ("Join" in html, html.count(pad), html.count(log)) == (False, 1, 1)
    assert words(element(html, "panel-recap")) == (
        "Notes and recap Recording Recap : preview will be made Tuesday 19 October, 15:05 UTC"
    )


def test_a_long_log_comes_in_sheets() -> None:
    stage = stage_of()
    session = session_of(stage)
    lines = [
        LoggedLine(session.id, ROOM, stage.at, stage.who("jbell"), f"line {n}", edits="x" if n == 2 else "")
        for n in range(1, 1002)
    ]
    lines[0] = LoggedLine(session.id, ROOM, stage.at, stage.who("jbell"), "<script>alert(1)</script>")
    first = made(stage, "/log", lines).body.decode()
    assert element(first, "l1") == (
        '<li id="l1"><a href="#l1"><time datetime="2027-10-19T13:00:00Z">13:00 UTC</time></a> '
        '<b><bdi>jbell</bdi></b> <span dir="auto">&lt;script&gt;alert(1)&lt;/script&gt;</span></li>'
    )
    assert words(element(first, "l2")) == "13:00 UTC jbell edited to line 2"
    path = f"/sessions/{address_of(session)}/log"
    assert (
        f'<a rel="next" href="{path}?sheet=2&amp;tz=Europe%2FBerlin">'
        in made(stage, "/log?tz=Europe/Berlin", lines).body.decode()
    )
    last = made(stage, "/log?sheet=3", lines).body.decode()
    assert (last.count("<li id="), 'rel="next"' in last) == (1, False)
    assert [made(stage, f"/log?sheet={n}", lines).status for n in ("4", "0", "x", "-1")] == [404] * 4


def test_a_line_of_the_log_changes_its_group_only() -> None:
    stage = stage_of()
    session = session_of(stage)
    lines = [LoggedLine(session.id, ROOM, stage.at, stage.who("jbell"), f"line {n}") for n in range(60)]
    before, after = (made(stage, "/log", lines[:count]).cut for count in (59, 60))
    assert before is not None
    assert after is not None
    assert after.changes_since(before).keys() == {"from-51"}


async def test_what_was_made_of_a_record_is_kept_until_words_are_removed() -> None:
    stage = stage_of()
    stage.say("lin_wei", "#info Redacted")
    path = f"/sessions/{address_of(session_of(stage))}"
    async with shelf_of(stage) as shelf:
        site = Site(stage.state, stage.register, shelf, clock=lambda: stage.at)
        await site.answer(path)
        (made_once,) = site.templates.pieces_kept.values()
        stage.later(minutes=2)
        await site.answer(path)
        (kept,) = site.templates.pieces_kept.values()
        assert kept is made_once
        site.note({}, [], redacted=True)
        assert not site.templates.pieces_kept
