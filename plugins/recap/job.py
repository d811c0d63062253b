"""The job that writes a recap for its recipients."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from msgspec.structs import replace

from bot.api.recap import AnyBlock, Bullets, Part, Planned, Sources, days_of
from plugins.recap import renderings
from plugins.recap.layout import front, words
from plugins.recap.layout.sheet import Notice, Recap, recap
from plugins.recap.lifecycle import changes, destination, moments
from plugins.recap.lifecycle.content_changes import weight
from plugins.recap.lifecycle.facts import Goes
from plugins.recap.lifecycle.orders import Order, Written
from plugins.recap.lifecycle.state import RecapState, recap_states
from plugins.recap.lifecycle.versions import Version
from plugins.recap.unrecorded_talk.lines import statements
from plugins.recap.unrecorded_talk.lists import listed_by_topic

MOST_CHANGES = 12  # in the head of a draft, which has them all in place
CORRECTIONS = {"correct", "propose", "remind", "amend"}
TO_MAINTAINERS = {"make", "again", "propose", "remind"}


def write(sources: Sources, order: Order) -> Written:
    """Write the ordered recap."""
    known, mine = _states(sources, order.plan)
    part = renderings.part(sources, order.plan, sources.sessions, renderings.sent_numbers(known))
    said = statements(part, sources.heard) if order.purpose in {"make", "again"} else []
    goes = _goes(sources, order, part, known, has_talk=bool(said))
    until = (
        destination.until(sources.setup, sources.track, mine, order.now) if goes == "maintainers" else None
    )
    notice = _notice(part, order, mine, goes, until)
    said = said if notice.for_maintainers else []
    part = replace(part, shows_numbers=order.purpose in TO_MAINTAINERS and notice.for_maintainers)
    given = list(sources.blocks(part))
    marks = front.marks(part, given)
    corrections: tuple[tuple[str, str], ...] = ()
    proposal = ("", "")
    if order.purpose in CORRECTIONS:
        written = _correction(part, given, order, mine)
        marks = written.marks
    elif order.purpose == "again" and mine.sent is not None:
        written = _as_sent(sources, order, mine.history[0], is_draft=mine.sent.draft)
        corrections = tuple(_text(each) for each in changes.earlier_corrections(part, mine))
        proposal = _text(_correction(part, given, order, mine))
    else:
        written = recap(
            part,
            given,
            notice=None if order.purpose == "approve" else notice,
            drop_marks=order.without_marks,
            changed=_since_the_last_draft(part, order, mine, notice),
            unrecorded=listed_by_topic(part, said),
        )
    return Written(
        order=order,
        subject=written.subject,
        body=written.body,
        marks=marks,
        records=len(part.records),
        started=min((session.started for session in part.sessions), default=order.now),
        covered=tuple((session.id, weight(session)) for session in part.sessions),
        rooms=part.rooms,
        goes=goes,
        until=until,
        edits=mine.edits,
        corrections=corrections,
        proposal=proposal,
        unrecorded=tuple((one.label, one.session, one.n) for one in said),
        remarks=tuple(words.template_fault(fault.file, fault.line, fault.why) for fault in written.faults),
    )


def traced_draft(
    sources: Sources, plan: Planned, probe: str, version: Version | None = None
) -> tuple[Part, str]:
    """Write a draft for the maintainers, with the numbers of records, in the pieces of a `TracedPen`.

    probe:   stands for the introduction if there is none
    version: an earlier draft; None for the recap as it is now
    """
    known, mine = _states(sources, plan)
    if version is not None:
        part = renderings.part_as_sent(sources, plan, version)
    else:
        part = renderings.part(sources, plan, sources.sessions, renderings.sent_numbers(known))
    order = Order("again", plan, sources.now)
    notice = _notice(part, order, mine, "maintainers", mine.made.until if mine.made is not None else None)
    changed = _since_the_last_draft(part, order, mine, notice) if version is None else []
    # only now, because the probe is no change
    part = replace(part, shows_numbers=True, intro=part.intro or probe)
    written = recap(
        part,
        list(sources.blocks(part)),
        "traced",
        notice=notice,
        changed=changed,
        unrecorded=listed_by_topic(part, statements(part, sources.heard)),
    )
    return part, written.body


def _states(sources: Sources, plan: Planned) -> tuple[Mapping[str, RecapState], RecapState]:
    """Return the states of the track's recaps by part, and that of the planned one."""
    known = recap_states(sources.entries, days_of(sources.setup, sources.track))
    return known, known.get(plan.key, RecapState(plan.key))


def _goes(
    sources: Sources, order: Order, part: Part, known: Mapping[str, RecapState], *, has_talk: bool
) -> Goes:
    """Return where the recap goes; who asks for what was only said gets it, and so does whoever got the draft before."""
    goes = destination.goes(sources.setup, sources.track, part.sessions, part.key, known, has_talk=has_talk)
    made = known.get(part.key, RecapState(part.key)).made
    has_it = made is not None and made.goes == "talk"
    return "talk" if goes == "nothing" and has_talk and (order.asked or has_it) else goes


def _correction(part: Part, given: Sequence[AnyBlock], order: Order, recap_state: RecapState) -> Recap:
    """Write the changes since the list got the recap, for the list or for the maintainers."""
    notice: Notice | None = None
    if order.purpose == "correct":
        notice = Notice()
    elif order.purpose != "amend":
        reminder = recap_state.reminded or order.purpose == "remind"
        notice = Notice(for_maintainers=True, address=part.track.list, reminder=reminder)
    return changes.correction(part, given, recap_state, notice=notice, drop_marks=order.without_marks)


def _as_sent(sources: Sources, order: Order, version: Version, *, is_draft: bool) -> Recap:
    """Write a sent recap again: without redacted text, and without what was added since."""
    part = renderings.part_as_sent(sources, order.plan, version)
    notice = Notice() if is_draft else None
    return recap(part, list(sources.blocks(part)), notice=notice, drop_marks=not is_draft)


def _text(written: Recap) -> tuple[str, str]:
    return written.subject, written.body


def _since_the_last_draft(part: Part, order: Order, recap_state: RecapState, notice: Notice) -> list[Bullets]:
    """List what changed since the draft that the maintainers got before this one."""
    if notice.number <= 1:
        return []
    before = recap_state.drafts if order.purpose == "make" else recap_state.drafts[:-1]
    return changes.shortened_to(changes.since(part, before, redacted=True), MOST_CHANGES)


def _notice(part: Part, order: Order, recap_state: RecapState, goes: Goes, until: datetime | None) -> Notice:
    """Return the notice for a draft; the maintainers' copy explains their options.

    A draft for the maintainers has a number, which one that is only written again keeps.
    """
    if order.purpose == "list" or goes == "list" or not part.track.maintainers:
        return Notice()
    when = moments.moment(until, part.setup.gathering.zone) if until is not None else ""
    number = 0
    if order.purpose in {"make", "again"}:
        number = max(1, len(recap_state.drafts) + (order.purpose == "make"))
    return Notice(for_maintainers=True, until=when, address=part.track.list, number=number)
