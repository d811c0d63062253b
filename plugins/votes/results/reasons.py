"""The reasons that people gave with their votes, in recaps and in the export."""

from collections.abc import Iterator

from bot.api.recap import Paragraph, Part
from plugins.votes.declaration import plugin
from plugins.votes.polls import Poll, polls_of
from plugins.votes.results import phrases

AFTER_RESULTS = 125


def reasons_of(poll: Poll) -> list[tuple[str, str, str]]:
    """Return name, option and reason of everybody who gave one; none of a redacted vote."""
    rows = zip(poll.options, poll.names, poll.counted, strict=False)
    votes = (
        (name, option, cause)
        for option, names, causes in rows
        for name, cause in zip(names, causes, strict=False)
    )
    return [(name, option, poll.reasons[cause]) for name, option, cause in votes if cause in poll.reasons]


@plugin.recap.blocks
def blocks(part: Part) -> Iterator[Paragraph]:
    """Yield the reasons after the results of the same topic."""
    polls = {(session.id, poll.n): poll for session in part.sessions for poll in polls_of(session).all}
    for placed in part.records:
        poll = polls.get((placed.session, placed.item.n))
        reasons = reasons_of(poll) if poll is not None else []
        if poll is not None and reasons:
            said = "; ".join(
                phrases.REASON(name=name, option=option, reason=reason.rstrip("."))
                for name, option, reason in reasons
            )
            yield Paragraph(
                text=phrases.REASONS(text=poll.question, reasons=said),
                place=placed.place,
                order=AFTER_RESULTS,
                record=placed.item.n,
            )
