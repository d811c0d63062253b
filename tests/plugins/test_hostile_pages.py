"""Whatever people type is text on the pages: no markup, no script, no style, no link of another scheme."""

import re
from urllib.parse import urlsplit

import pytest

from bot.bundled import bundled_plugins
from bot.core.plugin.pages import address_of
from bot.core.plugin.registration import register
from bot.core.state.setup import Gathering, Setup, Track
from bot.storage.contract import LoggedLine
from tests.play import Stage
from tests.web.markup import elements
from tests.web.reader import Reader

ROOM = "irc/#x<b>"
SETUP = Setup(
    tracks=(Track("nova", 'N"><img src=x>', venues=((ROOM,),), list='"><s>@example.org'),),
    gathering=Gathering("2027-10", "<u>PTG</u>"),
)
BUNDLED = register(bundled_plugins(), SETUP)
HOSTILE = (
    '<script>alert(1)</script>"><img src=x onerror=alert(1)>',
    "javascript:alert(1) data:text/html,x vbscript:x https://user@evil.example.org/'onmouseover='x",
    "{{ 7*7 }} {% raw %} <!--live r1--> <!--/live--> </main>",
    "\u202eright to left\u2066 and so on",
    "x" * 300,
    "👩‍👩‍👧‍👦" * 20,
    "</li></ol><style>*{display:none}</style>",
)
OURS = {
    "a", "b", "bdi", "body", "br", "caption", "code", "dd", "div", "dl", "dt", "h1", "h2", "h3", "h4", "head", "html", "li",
    "link", "main", "meta", "nav", "ol", "p", "pre", "rect", "script", "section", "span", "strong", "svg", "table", "tbody", "td",
    "th", "thead", "time", "title", "tr", "ul", "header", "footer", "form", "input", "label", "button", "select", "option",
    "fieldset", "legend", "noscript", "template", "details", "summary", "small",
}  # fmt: skip


def stage_with(text: str) -> Stage:
    stage = Stage(BUNDLED, SETUP)
    stage.ops = {"amaru"}
    for line in (
        f"agenda+ 10m {text} [{text[:20]}]",
        f"#startmeeting {text[:100]}",
        f"#meetingtopic {text}",
        "#topic 1",
        f"#subtopic {text}",
        f"#team {text[:60]}",
        f"#info {text}",
        f"#question {text}",
        f"#action {text[:30]} to {text}",
        f"#cta {text}",
        f"#agreed {text}",
        f"#link javascript://alert {text}",
        f"#link https://example.org/ {text}",
        f"#answer 2 {text}",
        f"q+ to {text}",
        f"#startvote {text[:100]}? {text[:40].replace(',', '')}, b",
        "#vote 1",
        f"#here {text[:60]}",
        f"#regrets {text[:30]}",
    ):
        stage.later(minutes=1)
        stage.say("amaru", line, ROOM)
    return stage


@pytest.mark.parametrize("text", HOSTILE)
def test_what_people_type_stays_text(text: str) -> None:
    stage = stage_with(text)
    (session,) = stage.state.sessions()
    address = address_of(session)
    lines = [LoggedLine(session.id, ROOM, stage.at, stage.who(text[:30]), text)]
    reader = Reader(stage, lines=lines)
    for path in (
        f"/sessions/{address}", f"/sessions/{address}/log", "/actions", "/questions", "/calls", "/decisions", "/recaps",
        "/recaps/nova/2027-10-19",
    ):  # fmt: skip
        html = reader.get(path)
        assert html.count("</main>") == html.count("</html>") == 1, path
        assert not re.search("[\u202a-\u202e\u2066-\u2069]", html), path
        for tag, attributes in elements(html):
            assert tag in OURS, path
            assert not any(name.startswith("on") or name in {"style", "srcdoc"} for name in attributes), path
            href = urlsplit(attributes.get("href", ""))
            assert href.scheme in {"", "http", "https"}, path
            assert tag != "script" or href.netloc == "", path
        main = html.partition("<main")[2]
        assert "<script" not in main, path


def test_the_test_would_see_markup() -> None:
    found = elements("<main><img src=x onerror=alert(1)></main>")
    assert found == [("main", {}), ("img", {"src": "x", "onerror": "alert(1)"})]
