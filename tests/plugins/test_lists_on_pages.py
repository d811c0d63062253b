"""Open actions, questions, calls and decisions of all tracks on their pages, and on the page of a track."""

import re
from datetime import date

from bot.bundled import bundled_plugins
from bot.core.plugin.pages import Loads, Panel, address_of
from bot.core.plugin.registration import register
from bot.core.state.setup import Gathering, Setup, Team, Track
from plugins.records.panels import chosen, decided
from tests.play import Stage
from tests.web.markup import element, words
from tests.web.reader import Reader

TRACKS = (
    Track(
        "nova",
        "Nova",
        venues=(("irc/#nova",),),
        list="nova@lists.example.org",
        teams=(Team("API", "", "Tuesdays"),),
    ),
    Track("kata", "Kata", venues=(("irc/#kata",),)),
    Track("vault", "Vaultword", venues=(("irc/#vault",),), public=False),
)
SETUP = Setup(
    tracks=TRACKS,
    gathering=Gathering("2027-10", "October 2027 PTG", "", date(2027, 10, 18), date(2027, 10, 22)),
)
BUNDLED = register(bundled_plugins(), SETUP)
RECORDS = (
    "#team API",
    "#action amaru to find a room by 18 October 2027",
    "#action amaru to write it up by 29 October",
    "#question Who runs CI?",
    "#question Who pays?",
    "#cta Reviewers wanted",
    "#agreed Yes",
    "#rejected No",
    "#inconclusive Perhaps",
)


def played(*tracks: str) -> Stage:
    stage = Stage(BUNDLED, SETUP)
    stage.ops = {"amaru"}
    for track in tracks:
        stage.say("amaru", f"#startmeeting Day of {track}", f"irc/#{track}")
        stage.say("amaru", f"#topic Topic of {track}", f"irc/#{track}")
        for text in RECORDS:
            stage.later(minutes=1)
            stage.say("amaru", text, f"irc/#{track}")
    return stage


def listed(html: str) -> list[str]:
    """The records on a page, without who said them and when."""
    return [
        words(found).partition(" amaru ,")[0]
        for found in re.findall(r'(<li class="record.*?)</li>', html, re.DOTALL)
    ]


def test_actions_stand_by_track_and_due_day_with_what_is_overdue() -> None:
    stage = played("nova", "kata")
    html = Reader(stage).get("/actions")
    assert listed(html) == [
        "#1 Action find a room by 18 October 2027 · for amaru · overdue since Monday 18 October",
        "#2 Action write it up by 29 October · for amaru · due Friday 29 October",
    ] * 2  # fmt: skip
    assert "4 actions, 2 overdue" in html
    session = stage.state.of_track("nova")[0]
    assert f'<a class="n" href="/sessions/{address_of(session)}#r1">#1</a>' in element(html, "nova-r1")
    stage.say("amaru", "#did 1", "irc/#nova")
    assert "3 actions, 1 overdue" in Reader(stage).get("/actions")
    assert "track-kata" not in Reader(stage).get("/actions?show=nova").partition("<main")[2]


def test_questions_that_many_ask_come_first_and_answered_ones_last() -> None:
    stage = played("nova")
    stage.say("rosa", "question 4++", "irc/#nova")
    assert listed(Reader(stage).get("/questions")) == [
        "#4 Question Who pays? · 2 people want to know",
        "#3 Question Who runs CI?",
    ]
    stage.say("amaru", "#answer 4 The sponsors", "irc/#nova")
    html = Reader(stage).get("/questions")
    assert "1 open, 1 answered" in html
    assert listed(html)[1] == "#4 Question Who pays? · 2 people want to know Answer by amaru : The sponsors"


def test_a_call_says_who_calls_and_how_to_join() -> None:
    html = Reader(played("nova")).get("/calls")
    assert words(element(html, "nova-r5")) == (
        "#5 Help wanted Reviewers wanted amaru , Tuesday 19 October, 13:06 UTC . Nova API meets Tuesdays writes to nova@lists.example.org"
    )


def test_decisions_are_of_all_sessions_the_newest_first() -> None:
    stage = played("nova", "kata")
    stage.say("amaru", "#motion Do it", "irc/#nova")
    stage.later(minutes=1)
    stage.say("rosa", "+1", "irc/#nova")
    stage.say("amaru", "#close", "irc/#nova")
    html = Reader(stage).get("/decisions")
    assert [text.split()[1] for text in listed(html)] == [
        "Agreed",
        "No",
        "Rejected",
        "Agreed",
        "No",
        "Rejected",
        "Agreed",
    ]
    assert words(element(html, "kata-r7")).endswith("Kata Topic of kata")


def test_a_sheet_of_decisions_needs_ten_sessions_however_many_there_were() -> None:
    stage = played()
    for n in range(23):
        stage.say("amaru", f"#startmeeting Day {n}", "irc/#nova")
        stage.say("amaru", f"#agreed decision {n}", "irc/#nova")
        stage.say("amaru", "#endmeeting", "irc/#nova")
        stage.later(minutes=1)
    pages = [Reader(stage).get(f"/decisions?sheet={n}&tz=Europe/Berlin") for n in (1, 2, 3)]
    assert [len(listed(page)) for page in pages] == [10, 10, 3]
    assert listed(pages[0])[0] == "#23 Agreed decision 22"
    assert 'href="/decisions?sheet=2&amp;tz=Europe%2FBerlin">After</a>' in pages[0]
    assert 'href="/actions?tz=Europe%2FBerlin"' in pages[0]
    assert Reader(stage).ask("/decisions?sheet=4").status == 404
    assert "Nothing was decided yet." in Reader(stage).get("/decisions?show=kata")
    view = Reader(stage).view("show=nova", loads=chosen)
    assert len(view.sessions) == 10


def test_a_track_has_its_own_on_its_page() -> None:
    stage = played("nova", "kata")
    stage.say("amaru", "agenda+ 10m Later", "irc/#nova")
    view = Reader(stage).view(loads=Loads.TRACK, arguments={"track": "nova"})
    panels: list[Panel] = view.register.track_panels(view, TRACKS[0])
    assert [panel.id for panel in panels if panel.template.partition("/")[0] not in {"board", "schedule"}] == [
        "sessions", "actions", "calls", "questions", "decisions", "recaps",
    ]  # fmt: skip
    stage.say("amaru", "#endmeeting", "irc/#nova")
    view = Reader(stage).view(loads=Loads.TRACK, arguments={"track": "nova"})
    assert "waiting" in [panel.id for panel in view.register.track_panels(view, TRACKS[0])]


def test_lists_without_anything_say_so() -> None:
    reader = Reader(Stage(BUNDLED, SETUP))
    said = [
        words(found)
        for path in ("/actions", "/questions", "/calls", "/decisions", "/recaps")
        for found in re.findall(r'<p class="empty">.*?</p>', reader.get(path))
    ]
    assert said == [
        "No action is open.",
        "Nobody asked anything yet.",
        "Nobody is looking for help now.",
        "Nothing was decided yet.",
        "No session was held yet, so there is no recap.",
    ]


def test_what_a_private_track_decided_is_on_no_list() -> None:
    stage = played("vault", "nova")
    reader = Reader(stage)
    for path in ("/actions", "/questions", "/calls", "/decisions", "/recaps", "/help"):
        assert "vault" not in reader.get(path).lower(), path
    session = stage.state.of_track("vault")[0]
    for path in (
        f"/sessions/{address_of(session)}",
        f"/sessions/{address_of(session)}/log",
        "/recaps/vault/2027-10-19",
    ):
        assert reader.ask(path).status == 404
    assert decided(stage.state.sessions(), BUNDLED.kinds, {}) == []
