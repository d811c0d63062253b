"""Whatever people record, the recap keeps to what a maintainer asks of it."""

from datetime import UTC, date, datetime, timedelta
from html.parser import HTMLParser

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.core import facts
from bot.core.people.identity import Identity, casefold
from bot.core.plugin.kind import Kind
from bot.core.plugin.registration import register
from bot.core.recap.blocks import AnyBlock
from bot.core.recap.part import Part, part_of
from bot.core.recap.part_plan import planned_of
from bot.core.session.fold import fold
from bot.core.session.session import Entry, Session
from bot.core.state.setup import Gathering, Setup, Team, Track
from plugins.recap.layout.columns import wrapped
from plugins.recap.layout.pens import written
from plugins.recap.layout.sheet import Notice, recap
from plugins.recap.renderings import as_mail
from plugins.recap.settings import RecapTrack
from tests.plugins.recap.scene import PLUGINS
from tests.rubric import QUESTIONS
from tests.rubric.seen import Seen

START = datetime(2027, 10, 19, 13, tzinfo=UTC)
PEOPLE = [Identity("irc", nick, casefold(nick)) for nick in ("amaru", "jbell", "rosa[m]", "okoye_", "Ştefan")]
HOSTILE = st.sampled_from(
    [
        "x" * 10_000,
        "https://example.org/" + "y" * 300,
        "https://example.org/a_b_(c)",
        "javascript:alert(1)",
        "{{ part.setup }}",
        "{% include 'recap.j2' %}",
        "{#",
        "<script>alert('x')</script>",
        "&amp;",
        "From",
        ".",
        ">",
        "[1]",
        "[EDITOR:",
        "* item",
        "\x0304,12red\x0f",
        "\x02",
        "\x0c",
        "\x0b",
        "\x1f",
        "a\u202ed",
        "\u2028",
        "\u200b",
        "日本語のとても長い文章が続きますので折り返しが必要です" * 4,
        "e\u0301" * 90,
        "👩\u200d👩\u200d👧" * 30,
        "None",
        "N/A",
        "\ud800",
        "مرحبا",
        "-",
        "# heading",
        "`code`",
        "to",
        "amaru",
        "%s{0}",
    ]
)
WORDS = st.one_of(HOSTILE, st.text(st.characters(), min_size=1, max_size=14))
SAID = st.lists(WORDS, min_size=1, max_size=12).map(lambda words: "said " + " ".join(words))
SHORT = st.sampled_from(
    ["Agent", "API", "Docs", "IPv6 & co", "{{ 7 * 7 }}", "<b>bold</b>", "Wiping machines", "日本語" * 30]
)
URLS = st.sampled_from(
    ["https://etherpad.example.org/p/x", "https://example.org/r/" + "z" * 200, "https://docs.example.org/ü"]
)
KINDS: dict[str, Kind] = register(PLUGINS, Setup()).kinds
OWNERS = st.lists(
    st.one_of(
        st.sampled_from(PEOPLE).map(lambda one: facts.Owner(one.name, one)),
        st.sampled_from(["lin_wei", "Ada Okoye", "rosa", "bob & co"]).map(facts.Owner),
    ),
    max_size=3,
    unique_by=lambda owner: owner.name,
)


@st.composite
def contents(draw: st.DrawFn, kind: str) -> facts.Content:
    text = draw(SAID)
    if kind == "link":
        url, title = draw(URLS), draw(st.one_of(st.just(""), SHORT, SAID))
        return facts.Content(f"{url} {title}", url=url, title=title or None)
    if kind == "action":
        owners = tuple(draw(OWNERS))
        names = ", ".join(owner.name for owner in owners)
        return facts.Content(f"{names} to {text}" if owners else text, owners)
    return facts.Content(text)


@st.composite
def happenings(draw: st.DrawFn) -> object:
    what = draw(st.sampled_from(["record"] * 6 + ["topic", "subtopic", "team", "revise", "withdraw", "void"]))
    if what == "record":
        kind = draw(st.sampled_from(sorted(KINDS)))
        return kind, draw(contents(kind))
    if what == "topic":
        return facts.TopicOpened(draw(SHORT))
    if what == "subtopic":
        return facts.SubtopicOpened(draw(SHORT))
    if what == "team":
        return facts.TeamNamed(draw(st.one_of(st.none(), SHORT)))
    return what, draw(SAID)


@st.composite
def sessions(draw: st.DrawFn, number: int = 1, first: int = 1) -> Session:
    name = f"irc/#nova/{number}"
    opened = facts.SessionOpened(name, "nova", f"Day {number}", ("irc/#nova",), date(2027, 10, 19), START)
    at = START + timedelta(hours=number)
    entries = [Entry(name, "open", at, PEOPLE[0], opened)]
    seen = draw(st.lists(st.sampled_from(PEOPLE), max_size=5, unique=True))
    entries += [Entry(name, f"seen{i}", at, None, facts.PersonSeen(one)) for i, one in enumerate(seen)]
    causes: list[str] = []
    links: dict[int, str] = {}
    n = first - 1
    for i, happened in enumerate(draw(st.lists(happenings(), max_size=14))):
        fact, n = _fact(happened, n, first, causes, links)
        if fact is not None:
            causes.append(f"m{number}-{i}")
            by = draw(st.sampled_from(PEOPLE))
            entries.append(Entry(name, causes[-1], at + timedelta(minutes=i), by, fact))
    entries.append(
        Entry(name, "close", at + timedelta(minutes=30), PEOPLE[0], facts.SessionClosed("command"))
    )
    return fold(entries)


def _fact(
    happened: object, n: int, first: int, causes: list[str], links: dict[int, str]
) -> tuple[object | None, int]:
    match happened:
        case ("revise", str(text)):
            url = links.get(n)  # a link that is mended still is one
            content = facts.Content(f"{url} {text}", url=url, title=text) if url else facts.Content(text)
            return (facts.Revised(n, content) if n >= first else None), n
        case ("withdraw", _):
            return (facts.Withdrawn(n) if n >= first else None), n
        case ("void", _):
            return (facts.Voided(causes[-1]) if causes else None), n
        case (str(kind), facts.Content() as content):
            if content.url:
                links[n + 1] = content.url
            return facts.Recorded(n + 1, kind, content), n + 1
        case _:
            return happened, n


TRACK = Track(
    slug="nova",
    name="Nova",
    venues=(("irc/#nova",),),
    days=(date(2027, 10, 19), date(2027, 10, 20)),
    list="nova@lists.example.org",
    release_done="3.0",
    release_next="4.0",
    teams=(Team("Agent", about="The Agent team is small."),),
    models={
        RecapTrack: RecapTrack(
            subject_tags=["nova", "ptg"], meetings="https://m.example.org/nova", about="Nova runs machines."
        )
    },
)
SETUP = Setup(
    gathering=Gathering("2027-10", "October 2027 PTG", "PTG (PTG)", date(2027, 10, 18), date(2027, 10, 22)),
    tracks=(TRACK,),
)


def part(*told: Session) -> Part:
    plan = planned_of(SETUP, TRACK, "day", told[0])
    return part_of(SETUP, TRACK, plan, told, KINDS, now=START)


def blocks(one: Part) -> list[AnyBlock]:
    return [block for plugin in PLUGINS for give in plugin.recap.blocks for block in give(one)]


ANYHOW = settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=150)
ALWAYS = (1, 2, 4, 5, 9, 10, 11, 13, 14, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 30, 31, 32, 33)


@ANYHOW
@given(sessions(1), sessions(2, first=100))
def test_the_questions_hold_for_whatever_was_recorded(one: Session, other: Session) -> None:
    whole = part(one, other)
    text = as_mail(whole, recap(whole, blocks(whole), notice=Notice()))
    seen = Seen(text, whole)
    assert [number for number in ALWAYS if not QUESTIONS[number](seen)] == []


EVIL = st.sampled_from(
    [
        "<script>alert('x')</script>",
        '"><img src=x onerror=alert(1)>',
        "{{ 7 * 7 }}",
        "a & b",
        "https://x.example/?a=1&b=<i>",
    ]
)


@ANYHOW
@given(st.lists(EVIL, min_size=1, max_size=4), EVIL)
def test_a_page_holds_only_its_own_tags_and_links_of_the_web(texts: list[str], title: str) -> None:
    entries = [
        Entry(
            "s",
            "open",
            START,
            PEOPLE[0],
            facts.SessionOpened("s", "nova", title, ("irc/#nova",), date(2027, 10, 19), START),
        ),
        Entry("s", "topic", START, PEOPLE[0], facts.TopicOpened(title)),
        Entry("s", "team", START, PEOPLE[0], facts.TeamNamed(title)),
    ]
    links = [
        "javascript:alert(1)",
        "data:text/html,x",
        'https://x.example/"onclick="x',
        "https://ok.example/a_b",
    ]
    said = [("info", facts.Content(text)) for text in texts] + [
        ("link", facts.Content(f"{url} {title}", url=url, title=title)) for url in links
    ]
    for n, (kind, content) in enumerate(said, 1):
        entries.append(Entry("s", f"m{n}", START, PEOPLE[0], facts.Recorded(n, kind, content)))
    whole = part(fold(entries))
    page = Page()
    page.feed(recap(whole, blocks(whole), "html", notice=Notice()).body)
    assert page.tags <= {
        "html", "head", "meta", "title", "body", "main", "h1", "h2", "h3", "p", "br", "ul", "ol", "li", "strong", "a", "hr",
    }  # fmt: skip
    assert page.attributes <= {"lang", "charset", "name", "content", "value", "href", "id", "dir"}
    outside = [link for link in page.links if not link.startswith("#")]
    assert outside
    assert all(link.startswith("https://") for link in outside)
    assert {link.removeprefix("#") for link in page.links if link.startswith("#")} <= set(page.ids)
    assert len(page.ids) == len(set(page.ids))
    assert all(" ".join(text.split()) in page.words for text in (*texts, title))


class Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.links: list[str] = []
        self.ids: list[str] = []
        self.words = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.links += [value or "" for name, value in attrs if name == "href"]
        self.ids += [value or "" for name, value in attrs if name == "id"]

    def handle_data(self, data: str) -> None:
        self.words += data


def test_a_label_with_a_sign_of_markup_stays_as_it_is() -> None:
    assert wrapped(written("a & b"), first="R&D: ") == "R&D: a & b"


def test_chinese_is_broken_between_its_letters_and_latin_words_are_not() -> None:
    text = "\u6211\u4eec\u8ba8\u8bba\u4e86\u4f7f\u7528Kubernetes\u548cOpenStack\u90e8\u7f72\u8fb9\u7f18\u4e91\uff0c\u5e76\u4e14\u51b3\u5b9a\u652f\u6301"
    assert wrapped(text, first="* ", then="  ", width=24) == (
        "* \u6211\u4eec\u8ba8\u8bba\u4e86\u4f7f\u7528\n  Kubernetes\u548cOpenStack\n  \u90e8\u7f72\u8fb9\u7f18\u4e91\uff0c\u5e76\u4e14\u51b3\u5b9a\u652f\n  \u6301"
    )


def test_no_closing_sign_begins_a_line_and_no_opening_one_ends_it() -> None:
    assert (
        wrapped("\u6211\u4eec\u8ba8\uff0c\u8bba\u4e86\uff08\u4e91\uff09", width=6)
        == "\u6211\u4eec\n\u8ba8\uff0c\u8bba\n\u4e86\n\uff08\u4e91\uff09"
    )
