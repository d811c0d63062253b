"""The recaps of loaded sessions: as parts, and as text for the command line."""

from collections.abc import Iterable, Mapping

from bot.api import Session
from bot.api.recap import Numbered, Part, Planned, Sources, days_of, following, part_of
from plugins.recap.layout.sheet import Notice, Recap, TextForm, recap
from plugins.recap.lifecycle.state import Standing, plan_of, standings


def parts(sources: Sources) -> list[Part]:
    """The parts that the loaded sessions make, in order."""
    plans: dict[str, Planned] = {}
    by_key: dict[str, list[Session]] = {}
    for session in sources.sessions:
        plan = plan_of(sources.setup, sources.track, session, sources.sessions, sources.entries)
        plans[plan.key] = plan
        by_key.setdefault(plan.key, []).append(session)
    standing = standings(sources.entries, days_of(sources.setup, sources.track))
    numbers = {plan.n for plan in plans.values()} | sent_numbers(standing)
    return [part(sources, plan, by_key[plan.key], numbers) for plan in plans.values()]


def part(sources: Sources, plan: Planned, sessions: Iterable[Session], numbers: Iterable[int]) -> Part:
    """One part; `numbers` are those of all parts with a recap."""
    told = list(sessions)
    ended = max((session.ended for session in told if session.ended is not None), default=None)
    known = standings(sources.entries)
    standing = known.get(plan.key, Standing(plan.key))
    told_of = _told_of(sources, known)
    return part_of(
        sources.setup,
        sources.track,
        plan,
        told,
        sources.kinds,
        now=sources.now,
        numbered=Numbered(
            tuple(sorted(n for n in set(numbers) if 0 < n < plan.n)),
            following(sources.setup, sources.track, plan, ended),
        ),
        intro=standing.intro,
        links=standing.links,
        said=sources.said,
        proven=sources.persons,
        carried_over=sources.carried_over,
        others=[other for other in sources.others if other[0] in told_of],
    )


def _told_of(sources: Sources, known: Mapping[str, Standing]) -> set[str]:
    """The sessions that stand in a recap: what happened since the last one of them is news."""
    made = (one.made for one in known.values() if one.made is not None and one.made.records)
    covered = {session for one in made for session, _ in one.covered}
    return covered | {session.id for session in sources.sessions if session.records}


def sent_numbers(standing: Mapping[str, Standing]) -> set[int]:
    """The numbers of the parts that were sent, or wait to be."""
    return {
        one.made.plan.n for one in standing.values() if one.made is not None and (one.sent or one.is_pending)
    }


def render(
    sources: Sources, key: str | None = None, form: TextForm = "mail", *, approved: bool = False
) -> str:
    """The recap of the loaded sessions as text.

    key:      of a part, or its number; None: all parts that they make, one after another
    approved: as it reads once somebody approved it; else as a draft

    Raises LookupError where there is no such part.
    """
    known = parts(sources)
    wanted = [one for one in known if key is None or key in {one.key, str(one.plan.n or "")}]
    if not wanted:
        raise LookupError(f"{sources.track.slug} has no part {key}" if key else "no session was recorded")
    return "\n\n".join(_text(one, sources, form, approved=approved) for one in wanted)


def _text(one: Part, sources: Sources, form: TextForm, *, approved: bool) -> str:
    written = recap(one, list(sources.blocks(one)), form, notice=None if approved else Notice())
    return as_mail(one, written) if form == "mail" else written.body


def as_mail(one: Part, written: Recap) -> str:
    """The recap as a mail reads: To and Subject, a blank line, the text."""
    to = f"To: {one.track.list}\n" if one.track.list else ""
    return f"{to}Subject: {written.subject}\n\n{written.body}"
