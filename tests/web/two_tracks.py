"""A stage with two tracks where people do everything that pages show: the same in both, but for the words."""

from collections.abc import Iterator
from datetime import timedelta

from bot.bundled import bundled_plugins
from bot.core.plugin.pages import address_of
from bot.core.plugin.registration import register
from bot.core.state.setup import Gathering, Maintainer, Setup, Slot, Team, Track
from bot.storage.contract import LoggedLine
from bot.web.routes import HOLE, Routes
from tests.play import START, Stage

GATHERING_ROOM = "irc/#gathering"
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
    "#link https://{slug}.example.org/ {word} page",
    "#link javascript:alert(1) {word} page",
    "#etherpad https://pad.example.org/{slug}",
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
    "etherpad https://pad.example.org/{slug}",
    "url https://{slug}.example.org/",
    "location {word} hall",
    "color #ff0000",
)


def track(slug: str, word: str, *, public: bool) -> Track:
    return Track(
        slug,
        f"{word} name",
        venues=((f"irc/#{slug}",),),
        days=(START.date(),),
        list=f"{slug}@lists.example.org",
        public=public,
        moderators=frozenset({f"irc/{slug}-moderator"}),
        maintainers=(Maintainer(f"{slug}@example.org", frozenset({f"irc/{slug}-maintainer"})),),
        teams=(Team(f"{word} team", f"about {word}"),),
    )


def slot(slug: str, word: str, hour: int) -> Slot:
    starts = START + timedelta(hours=hour)
    ends, link = starts + timedelta(hours=1), f"https://{slug}.example.org/"
    return Slot(f"{word}-slot", slug, f"{word} room", starts, ends, (f"{word} topic",), link)


def stage_of(words: dict[str, str], private: frozenset[str] = frozenset()) -> Stage:
    """Two tracks, by slug with a word of theirs: in each one session ended, and one runs."""
    days = START.date(), START.date() + timedelta(days=3)
    slots = [slot(slug, word, hour) for slug, word in words.items() for hour in (0, 5)]
    setup = Setup(
        gathering=Gathering("ptg", "PTG", starts=days[0], ends=days[1], rooms=(GATHERING_ROOM,)),
        tracks=tuple(track(slug, word, public=slug not in private) for slug, word in words.items()),
        slots=tuple(slots),
        admins=frozenset(f"irc/{slug}-admin" for slug in words),
    )
    made = Stage(register(bundled_plugins(), setup), setup)
    for slug, word in words.items():
        _speak(made, slug, word)
    return made


def _speak(made: Stage, slug: str, word: str) -> None:
    nick, room = f"{word}nick", f"irc/#{slug}"
    made.ops.add(nick)
    for day in (0, 1):
        made.at = START + timedelta(days=day)
        for line in SESSION:
            made.later(minutes=1)
            made.say(nick, line.format(word=word, slug=slug), room)
        for line in ABOUT:
            made.say(nick, f"#{slug} {line.format(word=word, slug=slug)}", room)
        made.say(nick, f"#in #{slug}", room)
        if not day:
            made.say(nick, "#endmeeting", room)


def lines_of(made: Stage, word: str) -> list[LoggedLine]:
    """A line in the log of each session."""
    return [
        LoggedLine(one.id, one.rooms[0], one.started, one.owner, f"{word} was said in {one.track}")
        for one in made.state.sessions()
    ]


def addresses(made: Stage) -> Iterator[tuple[str, str]]:
    """What is declared, and each address that it can mean."""
    slugs = [one.slug for one in made.state.setup.tracks]
    fill = {"session": [address_of(one) for one in made.state.sessions()]}
    for declared in Routes(made.register).declared:
        found = [declared.path]
        for name in HOLE.findall(declared.path):
            values = fill.get(name, [*slugs, *map(str.upper, slugs), "1", "ALL"])
            found = [path.replace(f"{{{name}}}", value) for path in found for value in values]
        yield from ((declared.path, path) for path in found)
