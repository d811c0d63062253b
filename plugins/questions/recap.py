"""Earlier questions in the recap: those answered since the previous part."""

from collections.abc import Iterator

from bot.api.recap import Groups, Part, Section, day_of
from bot.api.records import origin
from plugins.questions.declaration import plugin

HEADING = "Questions from before"


@plugin.recap.blocks
def blocks(part: Part) -> Iterator[Groups]:
    """Yield the questions of earlier parts that were answered since, with their answers."""
    until, since = part.until, part.since
    word = "part" if part.plan.by == "day" else "day"
    by_origin: dict[str, list[str]] = {}
    for question in part.earlier:
        answer = question.answer
        if question.kind != "question" or answer is None or answer.at > until:
            continue
        if since is None or answer.at > since:
            where = (
                origin(part.setup, part.track, question, day_of(part.setup, until), day=word)
                or "earlier today"
            )
            said = f"{question.content.text} Answer by {part.roll.name_of(answer.by)}: {answer.text}"
            by_origin.setdefault(f"From {where}, answered since", []).append(
                part.numbered_text(said, question.n)
            )
    if by_origin:
        groups = tuple((name, tuple(items)) for name, items in by_origin.items())
        yield Groups(slot=Section.AFTER, order=60, heading=HEADING, groups=groups)
