"""Values to store: one gathering's small day, with every core fact in it.

Stored journals of releases hold these: a new fact is added at the end of TOLD, other new things to `more`, and nothing
else here changes.
"""

from datetime import UTC, date, datetime, timedelta

from bot.core import facts
from bot.core.effects import Letter
from bot.core.facts import Answer
from bot.core.people.identity import Identity
from bot.core.session.session import Entry
from bot.storage.contract import Batch, LoggedLine, RecordRow, SessionRow, Undelivered

START = datetime(2027, 10, 19, 13, 0, 4, 25_000, tzinfo=UTC)
ROOM = "irc/#nova"
SESSION = "irc/#nova@2027-10-19T13:00:04Z"
AMARU = Identity("irc", "amaru", "amaru", "amaru")
LIN = Identity("matrix", "林 Lin [m]", "@lin_wei:example.org", "@lin_wei:example.org")
OKOYE = Identity("irc", "Okoye[m]", "okoye{m}")

TOLD: tuple[object, ...] = (
    facts.SessionOpened(
        SESSION,
        "nova",
        "Nova day 1",
        (ROOM, "matrix/!nova:example.org"),
        date(2027, 10, 19),
        START + timedelta(hours=1),
        by_moderator=True,
        topics_before=((ROOM, "Nova | no session"),),
    ),
    facts.SessionRenamed("Nova, day 1"),
    facts.HeadlineSet("please sign in"),
    facts.ChairsAdded((LIN, OKOYE)),
    facts.ChairsRemoved((OKOYE,)),
    facts.PersonSeen(LIN, "Lin Wei"),
    facts.PersonRenamed(OKOYE, AMARU),
    facts.PersonLeft(OKOYE),
    facts.Regretted(("sato", "rosa")),
    facts.TopicOpened("Welcome"),
    facts.SubtopicOpened("Who is who"),
    facts.TeamNamed("Placement"),
    facts.TeamNamed(None),
    facts.Recorded(1, "info", facts.Content('quoted "text", a tab\tand 🎉')),
    facts.Recorded(
        2,
        "action",
        facts.Content(
            "lin to write the spec by 2027-11-02",
            (facts.Owner("lin", LIN), facts.Owner("somebody")),
            date(2027, 11, 2),
        ),
    ),
    facts.Recorded(3, "link", facts.Content("https://example.org/x", url="https://example.org/x", title="x")),
    facts.Revised(1, facts.Content("mended")),
    facts.TopicRetitled("c10", "Welcome!"),
    facts.Withdrawn(3),
    facts.Moved(2, None, "Placement"),
    facts.Voided("c14"),
    facts.GapNoted(ROOM, START, START + timedelta(minutes=2, microseconds=7)),
    facts.SessionPaused(),
    facts.SessionResumed(),
    facts.SessionClosed("command"),
    facts.SessionReopened(),
    facts.SessionClosed("timeout"),
    facts.TopicOpened("Cells", 15, "a3"),
    facts.TopicTimed("c10", 20),
    facts.SubtopicClosed(),
    facts.TopicClosed(),
    facts.SessionExtended(START + timedelta(hours=2)),
    facts.RecordDone(2),
    facts.SubtopicRetitled("c10", None, "Who is who", "Who is here"),
    facts.MessageEdited("$m2", ("$m2", "", "$m2~1/2")),
    facts.MessageRedacted("$m2"),
    facts.TextRemoved("HeadlineSet"),
    facts.IdentityClaimed(facts.Account("oftc", "okoye"), facts.Account("matrix", "@Ada:hs.example")),
    facts.IdentityDisclaimed(facts.Account("matrix", "@Ada:hs.example"), facts.Account("oftc", "okoye")),
    facts.BreakBegan(START + timedelta(minutes=40)),
    facts.BreakEnded(),
    facts.SessionOpened(
        SESSION,
        "nova",
        "Nova day 2",
        (ROOM,),
        date(2027, 10, 20),
        START + timedelta(hours=25),
        gathering="2027-10",
        gathering_name="October 2027 PTG",
    ),
    facts.Revised(2, facts.Content("lin to write the spec by Epoxy-2", when="Epoxy-2")),
    facts.RecordAnswered(1, "so it is"),
    facts.RecordSupported(1, LIN, stands=False),
    facts.RecordKept(
        SESSION,
        "2027-10",
        "October 2027 PTG",
        date(2027, 10, 19),
        2,
        "action",
        facts.Content("lin to write the spec", (facts.Owner("lin", LIN),), date(2027, 11, 2)),
        AMARU,
        START + timedelta(seconds=15),
        team="Placement",
        revised_at=START + timedelta(seconds=20),
        done=True,
        done_at=START + timedelta(days=1),
        answer=Answer("so it is", OKOYE, START + timedelta(hours=3)),
        supporters=(LIN, OKOYE),
    ),
    facts.RecordLetGo(SESSION, 2),
    facts.SightLost("irc"),
    facts.PersonWatched(OKOYE, "~okoye@host.example"),
    facts.ConfirmationAsked(OKOYE),
    facts.AccountGone(facts.Account("oftc", "okoye")),
    facts.PresenceWithdrawn((AMARU,)),
    facts.RegretsWithdrawn(("sato",)),
    facts.TrackAdded("2027-10", "oslo", "Oslo"),
    facts.TrackTakenAway("2027-10", "oslo"),
    facts.SlotAdded(
        "2027-10",
        facts.SlotData(
            "MonAM", "", "Missouri", START, START + timedelta(hours=2), "https://call.example.org"
        ),
    ),
    facts.SlotTakenAway("2027-10", "Missouri-MonAM"),
    facts.SlotBooked("2027-10", "Missouri-MonAM", "nova"),
    facts.SlotFreed("2027-10", "Missouri-MonAM"),
    facts.NowSaid("2027-10", "microversions"),
    facts.NextSaid("2027-10", "cells"),
    facts.BoardCleaned("2027-10"),
    facts.EtherpadSet("2027-10", "https://etherpad.example.org/p/nova"),
    facts.SubscriptionBroughtAlong("2027-10", "oftc", "okoye", "#nova.*cells"),
    facts.TalkRedacted("$m9"),
    facts.Recorded(4, "info", facts.Content("we should drop it"), facts.Origin(OKOYE, START, "$m8")),
)

ENTRIES = [
    Entry(SESSION, f"c{place}", START + timedelta(seconds=place), (AMARU, LIN, None)[place % 3], fact)
    for place, fact in enumerate(TOLD, 1)
]
LINES = [
    LoggedLine(SESSION, ROOM, START, AMARU, "#startmeeting Nova day 1", "m1"),
    LoggedLine(
        SESSION,
        "matrix/!nova:example.org",
        START + timedelta(seconds=9),
        LIN,
        "hello 👋\nand good day",
        "$m2",
    ),
    LoggedLine(SESSION, ROOM, START + timedelta(seconds=11, milliseconds=1), AMARU, " blanks stay "),
]
SESSIONS = [
    SessionRow(
        SESSION, "nova", (ROOM, "matrix/!nova:example.org"), date(2027, 10, 19), START, None, live=True
    ),
    SessionRow(
        "older",
        "kata",
        ("irc/#kata",),
        date(2027, 10, 18),
        START - timedelta(days=1),
        START - timedelta(hours=23),
        live=False,
    ),
]
RECORDS = [RecordRow("nova", 1, SESSION), RecordRow("nova", 2, SESSION), RecordRow("kata", 7, "older")]
LETTER = Letter(
    id="part1@example.org",
    to=("discuss@lists.example.org", "lin@example.org"),
    subject="[nova][ptg] Nova, day 1",
    body="Hello all,\n\nthis is what was said.\n",
    stream="track/nova",
    references=("part0@example.org",),
    name="recap/nova/1",
    html="<p>Hello all</p>",
    headers=(("X-Part", "1"),),
)


MATRIX_ROOM = "matrix/!nova:example.org"
EDITS = [  # of the second line above
    LoggedLine(SESSION, MATRIX_ROOM, START + timedelta(seconds=20), LIN, "hello all", "$e1", "$m2"),
    LoggedLine(SESSION, MATRIX_ROOM, START + timedelta(seconds=20), LIN, "and good day", "$e1", "$m2", 1),
    LoggedLine(SESSION, MATRIX_ROOM, START + timedelta(seconds=30), LIN, "hello everybody", "$e2", "$m2"),
]
SAYINGS = [
    Undelivered(
        "k1", "matrix", "say", '#1 "for" lin\nand more 🎉', START, MATRIX_ROOM, None, "$thread", "", "$m2"
    ),
    Undelivered("k2", "matrix", "tell", "only for you", START + timedelta(milliseconds=1), to=LIN),
    Undelivered("k3", "matrix", "react", "✅", START, MATRIX_ROOM, target="$m2", answers="$m2"),
]


def more() -> Batch:
    """What the second schema holds beside."""
    return Batch(lines=list(EDITS), undelivered=list(SAYINGS), handled=["$e1", "$e2"])


def everything() -> Batch:
    """A batch with something of each."""
    return Batch(
        lines=list(LINES),
        entries=list(ENTRIES),
        sessions=list(SESSIONS),
        records=list(RECORDS),
        letters=[LETTER],
        handled=["$m2", "due/nova/1"],
        cursors={"matrix": "s72594_4483_1934", "irc": ""},
    )
