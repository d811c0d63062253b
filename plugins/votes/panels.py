"""The open poll on a session's page, with the votes that `#showvote` shows as well."""

from collections.abc import Iterator

from msgspec import Struct

from bot.api import Session, StateView
from bot.api.web import Panel, View
from plugins.votes.declaration import plugin
from plugins.votes.polls import Poll, polls_of
from plugins.votes.tally import not_yet, tally


class OptionShown(Struct, frozen=True):
    """An option with its voters, each with what they said with the vote."""

    option: str
    voters: tuple[str, ...]


class PollShown(Struct, frozen=True):
    """An open vote or motion.

    total:   the number of votes
    absent:  the configured voters who have not voted
    lacking: how many votes the quorum lacks
    """

    question: str
    is_motion: bool
    options: tuple[OptionShown, ...]
    total: int
    absent: tuple[str, ...] = ()
    lacking: int = 0


@plugin.web.session_panel
def poll_panel(view: View, session: Session) -> Iterator[Panel]:
    """Yield the open poll of a session."""
    poll = polls_of(session).open
    if poll is not None and session.ended is None:
        title = "Motion" if poll.is_motion else "Vote"
        context = {"poll": poll_shown(view.state, session, poll)}
        yield Panel("vote", title, "votes/open.html", context, order=5)


def poll_shown(state: StateView, session: Session, poll: Poll) -> PollShown:
    """Return an open poll as it stands."""
    counted = tally(state, session, poll)
    return PollShown(
        question=poll.question,
        is_motion=poll.is_motion,
        options=tuple(OptionShown(option, tuple(voters)) for option, voters in counted.with_reasons),
        total=counted.total,
        absent=tuple(not_yet(state, session, counted)),
        lacking=max(counted.quorum - counted.total, 0),
    )
