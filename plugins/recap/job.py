"""The job that writes a recap for its recipients."""

from collections.abc import Sequence
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
from plugins.recap.unrecorded_talk.lines import Statement, statements
from plugins.recap.unrecorded_talk.lists import listed_by_topic

MOST_CHANGES = 12  # in the head of a draft, which has them all in place
CORRECTIONS = {"correct", "propose", "remind", "amend"}
TO_MAINTAINERS = {"make", "again", "propose", "remind"}


def write(sources: Sources, order: Order) -> Written:
    """Write the ordered recap."""
    recap_state = recap_states(sources.entries, days_of(sources.setup, sources.track))
    mine = recap_state.get(order.plan.key, RecapState(order.plan.key))
    part = renderings.part(sources, order.plan, sources.sessions, renderings.sent_numbers(recap_state))
    said = statements(part, sources.heard) if order.purpose in {"make", "again"} else []
    goes = destination.goes(
        sources.setup, sources.track, part.sessions, part.key, recap_state, has_talk=bool(said)
    )
    has_it = (
        mine.made is not None and mine.made.goes == "talk"
    )  # whoever got the draft gets the next one, too
    if goes == "nothing" and said and (order.asked or has_it):
        goes = "talk"
    until = (
        destination.until(sources.setup, sources.track, mine, order.now) if goes == "maintainers" else None
    )
    notice = _with_number(_notice(part, order, goes, until), order, mine)
    part = replace(part, shows_numbers=order.purpose in TO_MAINTAINERS and notice.for_maintainers)
    given = list(sources.blocks(part))
    marks = front.marks(part, given)
    corrections: tuple[tuple[str, str], ...] = ()
    proposal = ("", "")
    said = said if part.shows_numbers else []
    if order.purpose in CORRECTIONS:
        written = _correction(part, given, order, mine)
        marks = written.marks
    elif order.purpose == "again" and mine.sent is not None:
        written = _as_sent(sources, order, mine.history[0], is_draft=mine.sent.draft)
        corrections = tuple(_text(each) for each in changes.earlier_corrections(part, mine))
        proposal = _text(_correction(part, given, order, mine))
    else:
        written = _draft(part, given, order, mine, notice, said)
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


def _draft(
    part: Part,
    given: Sequence[AnyBlock],
    order: Order,
    recap_state: RecapState,
    notice: Notice,
    said: Sequence[Statement],
) -> Recap:
    """Write a recap that was not sent yet, for the maintainers or for the list."""
    return recap(
        part,
        given,
        notice=None if order.purpose == "approve" else notice,
        drop_marks=order.without_marks,
        changed=_since_the_last_draft(part, order, recap_state) if notice.number > 1 else [],
        unrecorded=listed_by_topic(part, said),
    )


def traced_draft(
    sources: Sources, plan: Planned, probe: str, version: Version | None = None
) -> tuple[Part, str]:
    """Write a draft for the maintainers, with the numbers of records, in the pieces of a `TracedPen`.

    probe:   stands for the introduction if there is none
    version: an earlier draft; None for the recap as it is now
    """
    recap_state = recap_states(sources.entries, days_of(sources.setup, sources.track))
    mine = recap_state.get(plan.key, RecapState(plan.key))
    if version is not None:
        part = renderings.part_as_sent(sources, plan, version)
    else:
        part = renderings.part(sources, plan, sources.sessions, renderings.sent_numbers(recap_state))
    order = Order("again", plan, sources.now)
    until = mine.made.until if mine.made is not None else None
    notice = _with_number(_notice(part, order, "maintainers", until), order, mine)
    changed = _since_the_last_draft(part, order, mine) if notice.number > 1 and version is None else []
    part = replace(part, shows_numbers=True, intro=part.intro or probe)
    unrecorded = listed_by_topic(part, statements(part, sources.heard))
    given = list(sources.blocks(part))
    written = recap(part, given, "traced", notice=notice, changed=changed, unrecorded=unrecorded)
    return part, written.body


def _correction(part: Part, given: Sequence[AnyBlock], order: Order, recap_state: RecapState) -> Recap:
    """Write the changes since the list got the recap, for the list or for the maintainers."""
    notice: Notice | None = Notice(
        for_maintainers=True, address=part.track.list, reminder=recap_state.reminded
    )
    if order.purpose == "amend":
        notice = None
    elif order.purpose == "correct":
        notice = Notice()
    elif order.purpose == "remind":
        notice = Notice(for_maintainers=True, address=part.track.list, reminder=True)
    return changes.correction(part, given, recap_state, notice=notice, drop_marks=order.without_marks)


def _as_sent(sources: Sources, order: Order, version: Version, *, is_draft: bool) -> Recap:
    """Write a sent recap again: without redacted text, and without what was added since."""
    part = renderings.part_as_sent(sources, order.plan, version)
    notice = Notice() if is_draft else None
    return recap(part, list(sources.blocks(part)), notice=notice, drop_marks=not is_draft)


def _text(written: Recap) -> tuple[str, str]:
    return written.subject, written.body


def _with_number(notice: Notice, order: Order, recap_state: RecapState) -> Notice:
    """Add the number of a draft for the maintainers; one that is only written again keeps it."""
    if order.purpose not in {"make", "again"} or not notice.for_maintainers:
        return notice
    return replace(notice, number=max(1, len(recap_state.drafts) + (order.purpose == "make")))


def _since_the_last_draft(part: Part, order: Order, recap_state: RecapState) -> list[Bullets]:
    """List what changed since the draft that the maintainers got before this one."""
    before = recap_state.drafts if order.purpose == "make" else recap_state.drafts[:-1]
    return changes.shortened_to(changes.since(part, before, redacted=True), MOST_CHANGES)


def _notice(part: Part, order: Order, goes: Goes, until: datetime | None) -> Notice:
    """Return the notice for a draft; the maintainers' copy explains their options."""
    if order.purpose == "list" or goes == "list" or not part.track.maintainers:
        return Notice()
    when = moments.moment(until, part.setup.gathering.zone) if until is not None else ""
    return Notice(for_maintainers=True, until=when, address=part.track.list)
