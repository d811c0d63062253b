"""Days that nobody planned: sessions made of a number, cheap enough for a thousand of them."""

from datetime import UTC, date, datetime, timedelta
from random import Random

from bot.core import facts
from bot.core.people.identity import Identity, casefold
from bot.core.plugin.kind import Kind
from bot.core.plugin.registration import register
from bot.core.recap.part import Part, part_of
from bot.core.recap.part_plan import planned_of
from bot.core.session.fold import fold
from bot.core.session.session import Entry, Session
from bot.core.state.setup import Gathering, Setup, Team, Track
from plugins.recap.settings import RecapSettings, RecapTrack
from tests.plugins.recap.scene import PLUGINS

START = datetime(2027, 10, 19, 13, tzinfo=UTC)
KINDS: dict[str, Kind] = register(PLUGINS, Setup()).kinds
GATHERING = Gathering("2027-10", "October 2027 PTG", "PTG (PTG)", date(2027, 10, 18), date(2027, 10, 22))
PEOPLE = [Identity("irc", nick, casefold(nick)) for nick in ("amaru", "jbell", "rosa[m]", "okoye_", "Ştefan")]
TITLES = (
    "Agent",
    "IPv6 & co",
    "{{ 7 * 7 }}",
    "<b>bold</b>",
    "Wiping machines",
    "日本語" * 11,
    "Agent",
    "# CI",
)
TEAMS = (None, "Agent", "API", "Docs & more", "*bold*")
URLS = (
    "https://etherpad.example.org/p/x",
    "https://review.example.org/c/nova/+/" + "9" * 80,
    "https://docs.example.org/ü?a=1&b=<2>",
)
SAID = """
quota reviews the of slow x y [1] [2] `code` *stars* _under_ <script> &amp; {{ part }} {% raw %} # > - 1. +1 @rosa None N/A
https://example.org/a_b_(c) مرحبا 日本語のとても長い文章が続きます émigré 👩\u200d👩\u200d👧 [EDITOR: ** __ \\ | ~~~ === ---
"""
WORDS = SAID.split()


def day_of(seed: int, style: str = "by-team") -> Part:
    """A day of one or two sessions; the same number gives the same day."""
    random = Random(seed)
    sessions = [_session(random, 1)]
    if random.random() < 0.4:
        sessions.append(_session(random, 2))
    track = Track(
        slug="nova",
        name="Nova",
        venues=(("irc/#nova",),),
        days=(date(2027, 10, 19), date(2027, 10, 20))[: random.choice((1, 2))],
        list=random.choice(("", "nova@lists.example.org")),
        release_done=random.choice(("", "3.0")),
        teams=(Team("Agent", about="The Agent team is small."),),
        models={RecapTrack: RecapTrack(subject_tags=["nova"], about="Nova runs machines.")},
    )
    models: dict[type, object] = {RecapSettings: RecapSettings.model_validate({"style": style})}
    setup = Setup(gathering=GATHERING, tracks=(track,), models=models)
    plan = planned_of(setup, track, "day", sessions[0])
    return part_of(setup, track, plan, sessions, KINDS, now=START)


def _session(random: Random, number: int) -> Session:
    name, at = f"irc/#nova/{number}", START + timedelta(hours=number)
    opened = facts.SessionOpened(name, "nova", f"Day {number}", ("irc/#nova",), date(2027, 10, 19), at)
    entries = [Entry(name, "open", at, PEOPLE[0], opened)]
    for n, person in enumerate(random.sample(PEOPLE, random.randrange(5))):
        entries.append(Entry(name, f"seen{n}", at, None, facts.PersonSeen(person)))
    recorded: list[int] = []
    for n in range(random.randrange(16)):
        fact = _fact(random, recorded, number * 100 + n)
        entries.append(Entry(name, f"m{n}", at + timedelta(seconds=20 * n), random.choice(PEOPLE), fact))
    closed = facts.SessionClosed("command")
    return fold([*entries, Entry(name, "close", at + timedelta(hours=1), PEOPLE[0], closed)])


def _fact(random: Random, recorded: list[int], n: int) -> object:
    what = random.random()
    if what < 0.26:
        title, team = random.choice(TITLES), random.choice(TEAMS)
        opened: tuple[object, ...] = (
            facts.TopicOpened(title),
            facts.SubtopicOpened(title),
            facts.TeamNamed(team),
        )
        return random.choice(opened)
    if what < 0.5 and recorded:
        known = random.choice(recorded)
        revised = facts.Revised(known, _content(random, "info", n))
        return random.choice((facts.Withdrawn(known), revised, facts.Voided(f"m{random.randrange(16)}")))
    recorded.append(n)
    kind = random.choice(sorted(KINDS))
    return facts.Recorded(n, kind, _content(random, kind, n))


def _content(random: Random, kind: str, n: int) -> facts.Content:
    said = " ".join(random.choices(WORDS, k=random.randrange(1, 18)))
    text = f"said {said} end{n}x{random.randrange(10**6)}"  # so that no text is part of another one
    if kind == "link":
        url = random.choice(URLS)
        return facts.Content(f"{url} {text}", url=url, title=random.choice((None, text)))
    if kind == "action":
        owners = tuple(facts.Owner(one.name, one) for one in random.sample(PEOPLE, random.randrange(3)))
        names = ", ".join(owner.name for owner in owners)
        return facts.Content(f"{names} to {text}" if owners else text, owners)
    return facts.Content(text)
