"""The recaps of loaded sessions, as parts and as text for the command line."""

from collections.abc import Iterable, Mapping

from msgspec.structs import replace

from bot.api import Session
from bot.api.recap import Numbered, Part, Planned, Sources, days_of, following, part_of
from plugins.recap.archive.state import url_of
from plugins.recap.layout.sheet import Notice, Recap, TextForm, in_one, recap
from plugins.recap.lifecycle.changes import as_sent
from plugins.recap.lifecycle.content_changes import weight
from plugins.recap.lifecycle.plans import plan_of
from plugins.recap.lifecycle.state import RecapState, recap_states
from plugins.recap.lifecycle.versions import Version
from plugins.recap.pads import with_pad
from plugins.recap.unrecorded_talk.lines import statements
from plugins.recap.unrecorded_talk.lists import listed_by_topic


def parts(sources: Sources) -> list[Part]:
    """Return the parts of the loaded sessions, in order."""
    plans: dict[str, Planned] = {}
    by_key: dict[str, list[Session]] = {}
    for session in sources.sessions:
        plan = plan_of(sources.setup, sources.track, session, sources.sessions, sources.entries)
        plans[plan.key] = plan
        by_key.setdefault(plan.key, []).append(session)
    recap_state = recap_states(sources.entries, days_of(sources.setup, sources.track))
    numbers = {plan.n for plan in plans.values()} | sent_numbers(recap_state)
    return [part(sources, plan, by_key[plan.key], numbers) for plan in plans.values()]


def part(sources: Sources, plan: Planned, sessions: Iterable[Session], numbers: Iterable[int]) -> Part:
    """Return a part with its sessions; `numbers` are the numbers of all parts with a recap."""
    loaded = list(sessions)
    ended = max((session.ended for session in loaded if session.ended is not None), default=None)
    known = recap_states(sources.entries)
    recap_state = known.get(plan.key, RecapState(plan.key))
    covered = _covered_sessions(sources, known)
    return part_of(
        sources.setup,
        with_pad(sources.track, sources.entries, sources.setup),
        plan,
        loaded,
        sources.kinds,
        now=sources.now,
        numbered=Numbered(
            tuple(sorted(n for n in set(numbers) if 0 < n < plan.n)),
            following(sources.setup, sources.track, plan, ended),
            _addresses(sources),
            url_of(sources.entries, recap_state),
        ),
        intro=recap_state.intro,
        links=recap_state.links,
        said=sources.said,
        proven=sources.persons,
        carried_over=sources.carried_over,
        others=[other for other in sources.others if other[0] in covered],
        mailed=recap_state.mailed(sources.track),
    )


def _addresses(sources: Sources) -> dict[int, str]:
    """Return where the recaps of the track's parts can be read, by number, as far as that is known."""
    known = recap_states(sources.entries, days_of(sources.setup, sources.track)).values()
    found = {each.made.plan.n: url_of(sources.entries, each) for each in known if each.made is not None}
    return {n: url for n, url in found.items() if n and url}


def part_as_sent(sources: Sources, plan: Planned, version: Version) -> Part:
    """Return a part as a version of its recap has it, without what was redacted since."""
    covered = version.covered
    sessions = [
        as_sent(each, covered[each.id], redacted=True) for each in sources.sessions if each.id in covered
    ]
    numbers = sent_numbers(recap_states(sources.entries, days_of(sources.setup, sources.track)))
    sent = part(replace(sources, sessions=tuple(sessions)), plan, sessions, numbers)
    return replace(sent, intro=version.intro, links=version.links)


def _covered_sessions(sources: Sources, known: Mapping[str, RecapState]) -> set[str]:
    """Return the sessions covered by a recap; changes since the last of them are news."""
    made = (recap.made for recap in known.values() if recap.made is not None and recap.made.records)
    covered = {session for recap in made for session, _ in recap.covered}
    return covered | {session.id for session in sources.sessions if session.records}


def sent_numbers(recap_state: Mapping[str, RecapState]) -> set[int]:
    """Return the numbers of the parts that were sent or are still to be sent, where a reply to them is possible."""
    return {
        part.made.plan.n
        for part in recap_state.values()
        if part.made is not None and (part.sent or part.is_in_line)
        if part.posted is None or part.posted.message_id
    }


def render(
    sources: Sources,
    key: str | None = None,
    form: TextForm = "mail",
    *,
    approved: bool = False,
    with_talk: bool = False,
) -> str:
    """Return the recap of the loaded sessions as text.

    key:      the key or number of a part; None for all parts, one after another
    approved: whether to write it as approved rather than as a draft
    with_talk: whether it ends with what was said and not recorded, of the lines that the sources heard

    Raises LookupError if there is no such part.
    """
    known = parts(sources)
    wanted = [found for found in known if key is None or key in {found.key, str(found.plan.n or "")}]
    if not wanted:
        raise LookupError(f"{sources.track.slug} has no part {key}" if key else "no session was recorded")
    states = recap_states(sources.entries, days_of(sources.setup, sources.track))
    several = len(wanted) > 1 and form != "mail"
    written = []
    for n, found in enumerate(wanted, 1):
        is_final = approved or _is_approved(found, states.get(found.key, RecapState(found.key)))
        notice, prefix = None if is_final else Notice(), f"part-{n}-" if several else ""
        blocks = list(sources.blocks(found))
        said = listed_by_topic(found, statements(found, sources.heard)) if with_talk else []
        drops = is_final and not approved
        written.append(
            recap(found, blocks, form, notice=notice, drop_marks=drops, unrecorded=said, prefix=prefix)
        )
    if several:
        return in_one(wanted, written, form)
    if form == "mail":
        return "\n\n".join(as_mail(found, text) for found, text in zip(wanted, written, strict=True))
    return written[0].body


def _is_approved(found: Part, recap_state: RecapState) -> bool:
    """Whether the list has the recap of a part as it is now, on somebody's word."""
    sent = recap_state.sent
    if sent is None or sent.draft or recap_state.unwritten_edit is not None:
        return False
    return all(recap_state.published.get(session.id) == weight(session) for session in found.sessions)


def as_mail(found: Part, written: Recap) -> str:
    """Return the recap as a mail: To, Subject, a blank line and the body."""
    to = f"To: {found.track.list}\n" if found.track.list else ""
    return f"{to}Subject: {written.subject}\n\n{written.body}"
