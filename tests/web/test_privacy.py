"""Nothing that is served has a word of a private track: every page, document, feed, stream of changes, file.

The list comes from what the bundled plugins declare, so what is added later is looked at as well.
"""

from collections.abc import Iterator
from datetime import timedelta
from functools import cache

import pytest

from bot.bundled import bundled_plugins
from bot.core.plugin.pages import address_of
from bot.core.plugin.registration import register
from bot.core.state.setup import Gathering, Maintainer, Setup, Slot, Team, Track
from bot.storage.contract import LoggedLine
from bot.web.routes import HOLE, Routes
from tests.play import START, Stage
from tests.web.served import served

WORD = "umbra"  # stands in everything that is private, and nowhere else
SEEN = "lumen"  # the same in public
GATHERING_ROOM = "irc/#gathering"


def track(word: str, *, public: bool) -> Track:
    return Track(
        word,
        f"{word.capitalize()} name",
        venues=((f"irc/#{word}",),),
        days=(START.date(),),
        list=f"{word}@lists.example.org",
        public=public,
        moderators=frozenset({f"irc/{word}-moderator"}),
        maintainers=(Maintainer(f"{word}@example.org", frozenset({f"irc/{word}-maintainer"})),),
        teams=(Team(f"{word} team", f"about {word}"),),
    )


def slot(word: str, hour: int) -> Slot:
    starts = START + timedelta(hours=hour)
    ends = starts + timedelta(hours=1)
    return Slot(
        f"{word}-slot", word, f"{word} room", starts, ends, (f"{word} topic",), f"https://{word}.example.org/"
    )


def setup_of(*, public: bool) -> Setup:
    return Setup(
        gathering=Gathering(
            "ptg", "PTG", starts=START.date(), ends=START.date() + timedelta(days=3), rooms=(GATHERING_ROOM,)
        ),
        tracks=(track(SEEN, public=True), track(WORD, public=public)),
        slots=(slot(SEEN, 0), slot(WORD, 0), slot(SEEN, 5), slot(WORD, 5)),
        admins=frozenset({f"irc/{WORD}-admin"}),
    )


SESSION = (
    "#agenda add {word} item 10m",
    "#agenda+ {word} proposal",
    "#startmeeting {word} session",
    "hello, {word} talk",
    "#topic {word} topic 20m",
    "#subtopic {word} subtopic",
    "#about {word} team",
    "#info {word} information",
    "#agreed {word} decision",
    "#action {word}nick to write {word} by tomorrow",
    "#question {word} question?",
    "#cta {word} call",
    "#link https://{word}.example.org/ {word} page",
    "#etherpad https://pad.example.org/{word}",
    "#undo",
    "#queue",
    "q+ to say {word}",
    "#vote {word} motion?",
    "+1 for {word}",
    "#here {word} person",
    "#next",
    "#headline {word} headline",
)
ABOUT = (
    "now {word} now",
    "next {word} next",
    "etherpad https://pad.example.org/{word}",
    "url https://{word}.example.org/",
    "location {word} hall",
    "color #ff0000",
)


@cache
def stage(*, public: bool = False) -> Stage:
    """Two tracks where the same is said: in each one session ended, and one runs."""
    setup = setup_of(public=public)
    made = Stage(register(bundled_plugins(), setup), setup)
    for word in (SEEN, WORD):
        for day in (0, 1):
            made.at = START + timedelta(days=day)
            for line in SESSION:
                made.later(minutes=1)
                made.ops.add(f"{word}nick")
                made.say(f"{word}nick", line.format(word=word), f"irc/#{word}")
            for line in ABOUT:
                made.say(f"{word}nick", f"#{word} {line.format(word=word)}", f"irc/#{word}")
            made.say(f"{word}nick", f"#in #{word}", f"irc/#{word}")
            if not day:
                made.say(f"{word}nick", "#endmeeting", f"irc/#{word}")
    return made


def lines(made: Stage) -> list[LoggedLine]:
    return [
        LoggedLine(session.id, session.rooms[0], session.started, session.owner, f"{session.track} said so")
        for session in made.state.sessions()
    ]


def addresses(made: Stage) -> Iterator[tuple[str, str]]:
    """What is declared, and each address that it can mean."""
    for declared in Routes(made.register).declared:
        values: dict[str, list[str]] = {"session": [address_of(one) for one in made.state.sessions()]}
        found = [declared.path]
        for name in HOLE.findall(declared.path):
            fill = values.get(name, [SEEN, WORD, "ALL", WORD.upper()])
            found = [path.replace(f"{{{name}}}", value) for path in found for value in fill]
        yield from ((declared.path, path) for path in found)


PATHS = sorted({path for path, _ in addresses(stage())})


@pytest.mark.parametrize("path", PATHS)
async def test_no_word_of_a_private_track_is_served(path: str) -> None:
    made = stage()
    async with served(made, lines(made)) as reader:
        for declared, address in addresses(made):
            if declared == path:
                for html in (True, False):
                    answer = await reader.site.answer(address, html=html)
                    assert answer.status in {200, 301, 404}, address
                    assert WORD not in f"{answer.body.decode()} {answer.to}".lower(), address


async def test_the_same_words_are_found_where_they_are_public() -> None:
    """What is said here does reach pages, so the test above looks at something."""
    made = stage(public=True)
    found = set()
    async with served(made, lines(made)) as reader:
        for path, address in addresses(made):
            if WORD in (await reader.site.answer(address)).body.decode().lower():
                found.add(path)
    assert len(found) >= len(PATHS) * 2 // 3, set(PATHS) - found


async def test_changes_and_files_say_nothing_either() -> None:
    made = stage()
    async with served(made, lines(made)) as site:
        for _, address in addresses(made):
            status, body, headers = await site.get(f"/live?of={address}", method="HEAD")
            assert WORD not in f"{status} {body!r} {headers}".lower()
        for address in ("/healthz", "/style.css", "/gatherbot.js", "/none"):
            assert WORD not in (await site.get(address))[1].decode().lower()
