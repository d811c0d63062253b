"""A gathering as it may be on a bad day: 60 tracks with long names, sessions that run, votes, queues, and hostile letters.

stage = busy()      # what people say is played through the real plugins
stage = quiet()     # the same gathering before anybody said a word
"""

from pathlib import Path

from bot.bundled import choose
from bot.config import loads
from bot.config.values import Config
from tests.play import START, Stage

_NAMES = """
Nova Cinder Neutron Keystone Swift Glance Ironic Octavia Designate Manila Barbican Heat Horizon Magnum Kolla
Kuryr Masakari Mistral Tacker Cyborg Blazar Watcher Vitrage Zaqar Freezer Trove Sahara Senlin Solum Storlets
Venus Skyline Adjutant Cloudkitty Monasca Murano Placement Oslo Requirements Airship StarlingX Kata Zuul
Infrastructure Telemetry i18n Release-Management Technical-Committee Quality-Assurance First-Contact
Public-Cloud Large-Scale Multi-Arch Scientific Security-Group Bare-Metal Self-Healing
Documentation-and-Internationalization-Together Interoperability-Working-Group-and-Certification
Donaudampfschifffahrtselektrizitaetenhauptbetriebswerk
"""
NAMES = _NAMES.split()
LONG = (
    "Nested resource providers, consumer types, and the migration that was not finished two cycles ago because nobody "
    "had hardware to test it on"
)
UNBROKEN = "https://etherpad.example.org/p/" + "a-very-long-name-without-any-blank-" * 4
HOSTILE = "<script>alert(1)</script> \"quoted\" 'and' {{ 7 * 7 }} &amp;"
PUBLIC_ROOM = "irc/#tidewater"
COLORS = ("#b33939", "teal", "#fc0", "#474787", "rebeccapurple", "#34ace0", "white", "#111")


def configuration() -> Config:
    """Its configuration, as organizers write it."""
    return loads("\n".join(_tables()), choose, {}, folder=Path("/nowhere"), connecting=False)


def _tables() -> list[str]:
    head = f"""
[gathering]
slug = "2027-10"
name = "October 2027 Gathering"
starts = 2027-10-18
ends = 2027-10-22
timezone = "Europe/Berlin"
url = "https://example.org/gathering"
rooms = ["{PUBLIC_ROOM}"]
etherpads = "https://etherpad.example.org/p"
links = [{{ title = "Code of conduct", url = "https://example.org/conduct" }}, {{ title = "{LONG}", url = "{UNBROKEN}" }}]
[[network]]
name = "irc"
kind = "irc"
host = "irc.example.org"
[bot]
admins = ["irc/amaru"]
"""
    tracks = [
        f"""
[[track]]
slug = "{name.lower()}"
name = "{name.replace("-", " ")}"
rooms = ["irc/#{name.lower()}"]
days = [2027-10-19, 2027-10-20]
list = "{name.lower()}@lists.example.org"
{f'color = "{COLORS[n % len(COLORS)]}"' if n % 3 else ""}
"""
        for n, name in enumerate(NAMES)
    ]
    slots = [
        f"""
[[slot]]
{f'track = "{NAMES[(day * 7 + hour * 4 + place) % len(NAMES)].lower()}"' if place < 4 else ""}
name = "{("Mon", "Tue", "Wed", "Thu", "Fri")[day]}{hour}"
place = "{("Bexar", "Ballroom A", "Room with a view", "Trinity-B", LONG[:60])[place]}"
starts = 2027-10-{18 + day}T{hour}:00:00Z
ends = 2027-10-{18 + day}T{hour + 1}:00:00Z
"""
        for day in range(5)
        for hour in range(12, 18)
        for place in range(5)
    ]
    return [head, *tracks, *slots]


def quiet() -> Stage:
    """Before anybody said a word."""
    config = configuration()
    return Stage(config.register, config.setup)


def busy() -> Stage:
    """At a quarter to two: nine sessions run or ran, and people said on the board what is on."""
    stage = quiet()
    stage.accounts |= {"amaru": "amaru"}
    stage.ops.add("amaru")
    for n, name in enumerate(NAMES[:9]):
        _session(stage, n, f"irc/#{name.lower()}")
    _board(stage)
    stage.at = START
    stage.later(minutes=45)
    return stage


def _session(stage: Stage, n: int, room: str) -> None:
    said = [
        (0, "amaru", f"#startmeeting {(LONG[:110], 'Cells and quotas', HOSTILE)[n % 3]}"),
        (1, "amaru", f"#agenda add 10m {('Cells', LONG, HOSTILE)[n % 3]}"),
        (1, "amaru", f"#agenda add 20m {(LONG, 'Limits of quotas', UNBROKEN)[n % 3]}"),
        (1, "amaru", "#agenda add What is next"),
        (2, "amaru", "#next"),
        (3, "rosa", f"#info {(HOSTILE, LONG, 'short')[n % 3]}"),
        (4, "lin_wei", f"#link {UNBROKEN} the notes"),
        (5, "amaru", f"#agreed {LONG}"),
        (6, "amaru", "#action okoye to write the spec by 29 October"),
        (7, "okoye", "#question Who tests it?"),
        (8, "amaru", "#cta We need testers with unusual boards"),
        (9, "rosa", "q+ to ask about the old agent"),
        (9, "a_very_long_nick_that_nobody_should_have_taken", "q+"),
    ]
    said += (
        [(10, "amaru", "#startvote Shall we drop the old agent? Yes, No, Abstain"), (11, "rosa", "#vote yes")]
        if n % 2
        else []
    )
    said += [(20, "amaru", "#next")] if n % 3 == 0 else []
    said += [(40, "amaru", "#endmeeting")] if n in {4, 8} else []
    for minutes, nick, text in said:
        stage.at = START
        stage.later(minutes=minutes, seconds=n)
        stage.say(nick, text, room)


def _board(stage: Stage) -> None:
    stage.later(minutes=1)
    for text in (
        "~motd add info Welcome! Coffee is at 10:30.",
        f"~motd add warning {LONG}",
        f"~motd add danger {HOSTILE}",
        "#octavia now Load balancers without a name",
        f"#kuryr now {UNBROKEN}",
        f"#kata now {HOSTILE}",
        f"#kata next {LONG}",
        "#zuul next Speculative merging",
        "#zuul next Nodes",
        "#heat location Room with a view, level 2, behind the stairs",
        "#heat now Convergence",
        "#heat url https://meet.example.org/heat",
        "#nova url https://meet.example.org/nova",
        "+in #nova",
    ):
        stage.say("amaru", text, PUBLIC_ROOM)
    for nick in (
        "rosa",
        "lin_wei",
        "okoye",
        "tomek",
        "priya_s",
        "jbell",
        "a_very_long_nick_that_nobody_should_have",
    ):
        stage.say(nick, "+in #nova", PUBLIC_ROOM)
