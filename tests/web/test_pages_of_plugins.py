"""What a plugin declares is a page: its template, the view it is made from, and what readers wish."""

import logging

import pytest

from bot.api import Plugin
from bot.core.plugin.pages import address_of
from bot.core.plugin.registration import PluginClashError, register
from bot.core.state.setup import Setup
from bot.storage.contract import LoggedLine
from tests.web.garden import beds_of
from tests.web.garden import plugin as garden
from tests.web.reader import Reader


def main_of(html: str) -> str:
    return html.partition('<main id="main">')[2].partition("</main>")[0]


def test_a_page_shows_what_its_template_makes_of_it() -> None:
    stage = beds_of()
    stage.say("amaru", "#startmeeting Day 1")
    assert main_of(Reader(stage).get("/")) == (
        '\n<p id="bed-nova"><a href="/tracks/nova">Nova</a> sunny somebody digs</p>'
        '<p id="bed-kata"><a href="/tracks/kata">&lt;b&gt;Kata&lt;/b&gt;</a> sunny</p>'
        '<time datetime="2027-10-19T13:00:00Z">13:00 UTC</time> Tuesday 19 October '
        '<a href="https://example.org/?a&amp;b" class="button" rel="noopener noreferrer">call</a> '
        "call (javascript:alert(1))\n"
    )


def test_the_menu_has_the_pages_that_want_to_be_there() -> None:
    menu = Reader(beds_of()).get("/").partition("<nav")[2].partition("</nav>")[0]
    assert [line for line in menu.splitlines() if "<li>" in line] == [
        '<li><a href="/" aria-current="page">Beds</a></li>',
        '<li><a href="/broken">Broken</a></li>',
    ]


def test_panels_of_all_plugins_are_on_the_page_of_a_track_and_of_a_session() -> None:
    stage = beds_of()
    stage.say("amaru", "#startmeeting Day 1")
    stage.say("amaru", "#info <script>")
    (session,) = stage.state.sessions()
    assert "<ul><li>spade of Nova</li></ul>" in Reader(stage).get("/tracks/NOVA")
    assert f'<a href="/sessions/{address_of(session)}">Day 1</a>' in Reader(stage).get("/tracks/nova/")
    html = Reader(stage).get(f"/jobs/{address_of(session)}?day=2")
    assert main_of(html).split("\n") == [
        "",
        "<h1>Day 1</h1>",
        "<p>day 2</p>",
        '<section id="tools"><ul><li>&lt;script&gt;</li></ul></section>',
    ]


def test_a_log_is_read_where_a_page_asks_for_it() -> None:
    stage = beds_of()
    stage.say("amaru", "#startmeeting Day 1")
    (session,) = stage.state.sessions()
    lines = [
        LoggedLine(session.id, "irc/#nova", stage.at, stage.who("jbell"), text) for text in ("<i>", "", "x")
    ]
    html = Reader(stage, lines=lines).get(f"/jobs/{address_of(session)}/log")
    assert [line for line in html.splitlines() if line.startswith("<p id=")] == [
        '<p id="l1">jbell: &lt;i&gt;</p>',
        '<p id="l3">jbell: x</p>',
    ]


def test_the_address_of_a_session_says_when_it_began() -> None:
    assert address_of("oftc/#nova@2027-10-19T13:00:05Z") == "2027-10-19-1300-52eeb2d2"
    assert address_of("oftc/#nova@2027-10-19T13:00:05Z+2") != address_of("oftc/#nova@2027-10-19T13:00:05Z")
    assert address_of("../\ud800") == address_of("../\ud800")


def test_what_a_reader_wishes_is_kept_in_the_links() -> None:
    html = main_of(Reader(beds_of()).get("/?show=KATA,,kata&tz=Europe/Berlin&other=1"))
    assert '<a href="/tracks/kata?tz=Europe%2FBerlin&amp;show=kata">' in html
    assert '<time datetime="2027-10-19T13:00:00Z">15:00 CEST</time>' in html
    assert "Nova" not in html


@pytest.mark.parametrize(
    ("query", "note"),
    [
        ("tz=../../etc", "&#34;../../etc&#34;; times are in UTC"),
        ("tz=Europe", "&#34;Europe&#34;"),
        ("tz=/etc/passwd", "&#34;/etc/passwd&#34;"),
        ("tz=Europe/Nowhere", "a zone is written like Europe/Berlin"),
        (f"tz={'x' * 900}", f"&#34;{'x' * 63}…&#34;"),
        ("tz=%00", "no time zone is called &#34;&#34;"),
        ("show=<script>", "no track is called &#34;&lt;script&gt;&#34;; all tracks are shown"),
        ("show=nova,none", "no track is called &#34;none&#34;</p>"),
        ("&".join(f"a{n}=1" for n in range(150)), "too long"),
    ],
)  # fmt: skip
def test_a_wish_that_cannot_be_had_is_told(query: str, note: str) -> None:
    html = Reader(beds_of()).get(f"/?{query}")
    assert note in html.partition('<p class="note">')[2].partition("\n")[0]
    assert "Nova" in html


def test_what_does_not_exist_has_a_page_that_says_so() -> None:
    for path in (
        "/none",
        "/sold",
        "/tracks/none",
        "/sessions/none",
        "/none.json",
        "/tracks/a/b",
        "/\0",
        "/%2e%2e/x",
    ):
        made = Reader(beds_of()).ask(path)
        assert (made.status, main_of(made.body.decode())) == (
            404,
            '\n<h1>No such page</h1>\n<p>There is nothing at this address.</p>\n<p><a href="/">To the first page</a></p>\n',
        )


def test_a_page_that_fails_costs_itself_only(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        made = Reader(beds_of()).ask("/broken")
    (record,) = caplog.records
    number = record.getMessage().split()[1].rstrip(":")
    assert made.status == 500
    assert f"Tell the organizers its number, {number}." in made.body.decode()
    assert record.exc_info is not None
    assert "nobody_gave_this" not in made.body.decode()


def test_documents_and_old_addresses() -> None:
    reader = Reader(beds_of())
    assert reader.get("/beds.txt") == "Nova\n<b>Kata</b>"
    assert reader.ask("/", html=False).body == b"Nova\n<b>Kata</b>"
    assert reader.get("/NOVA.json") == '{"bed": "Nova", "sessions": []}'
    assert (reader.ask("/beds.html", html=True).status, reader.ask("/beds.html?show=nova").to) == (
        301,
        "/?show=nova",
    )


def test_a_document_that_takes_long_is_made_beside_the_loop() -> None:
    assert Reader(beds_of()).get("/harvest.txt") == "Nova, <b>Kata</b> of another thread"


def test_two_plugins_cannot_have_the_same_address() -> None:
    other = Plugin("other")
    other.web.moved("/beds.txt", "/")
    with pytest.raises(PluginClashError, match=r"^/beds\.txt is claimed by garden and other$"):
        register([garden, other], Setup())


def test_nothing_of_a_private_track_is_on_any_page() -> None:
    stage = beds_of()
    stage.say("amaru", "#startmeeting Vaultword meeting", room="irc/#vault")
    (session,) = stage.state.sessions()
    reader = Reader(stage)
    for path in ("/", "/beds.txt", "/nova.json", "/tracks/nova"):
        assert "vault" not in reader.get(path).lower()
    for path in ("/tracks/vault", "/vault.json", f"/jobs/{address_of(session)}"):
        assert reader.ask(path).status == 404
