"""Tries an organizer's templates on a made-up day, so that their faults are known before the first recap."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from bot.api import Content, Entry, Identity, Kind, Session, Setup, Track
from bot.api.facts import Recorded, SessionClosed, SessionOpened, TopicOpened
from bot.api.recap import Bullets, Part, Planned, fold, part_of
from plugins.recap.declaration import plugin
from plugins.recap.layout import words
from plugins.recap.settings import RecapSettings

NOON = datetime(2027, 10, 19, 12, tzinfo=UTC)
KINDS = {
    "info": Kind("info", usage="", says="", example=""),
    "agreed": Kind("agreed", usage="", says="", example="", decision=True),
}
LINES = ("Hardware moves", "Half of it is there")


@plugin.check
def remarks(setup: Setup) -> Iterator[str]:
    """Yield the faults of each template, by file and line; the bundled ones stand in for those."""
    if not setup.of(RecapSettings).templates:
        return
    # imported here, because the layout modules load slowly
    from plugins.recap.layout.sheet import Notice, Recap, correction_of, recap  # noqa: PLC0415

    changes = [Bullets(heading="Changed:", items=LINES)]
    notices = (None, Notice(), Notice(for_maintainers=True, until="noon", address="list", number=2))
    tried: list[Recap] = []
    for track in setup.tracks:
        for part in (_part(setup, track, said=True), _part(setup, track, said=False)):
            for notice in notices:
                tried += [recap(part, (), notice=notice, changed=changes, unrecorded=changes)]
                tried += [correction_of(part, changes, notice)]
            tried += [recap(part, (), form) for form in ("markdown", "html", "excerpt")]
    faults = {fault.file: fault for one in tried for fault in one.faults}
    for file, fault in sorted(faults.items()):
        yield words.template_fault(file, fault.line, fault.why)


def _part(setup: Setup, track: Track, *, said: bool) -> Part:
    """Return a day of a track in which something was said, or nothing."""
    day = track.days[0] if track.days else NOON.date()
    plan = Planned("sample", "day", (day, day + timedelta(days=1)), 1, 2)
    return part_of(setup, track, plan, [_session(track, said=said)], KINDS, now=NOON)


def _session(track: Track, *, said: bool) -> Session:
    somebody = Identity("irc", "somebody", "somebody")
    rooms = tuple(room for venue in track.venues for room in venue)[:1]
    opened = SessionOpened("sample", track.slug, "Sample", rooms, NOON.date(), NOON)
    told = [
        TopicOpened("Sample"),
        Recorded(1, "info", Content(LINES[0])),
        Recorded(2, "agreed", Content(LINES[1])),
    ]
    facts = [opened, *(told if said else ()), SessionClosed("command")]
    return fold([Entry("sample", f"{n}", NOON, somebody, fact) for n, fact in enumerate(facts)])
