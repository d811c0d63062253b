"""The sentence before the result of a vote in a recap."""

from bot.api import Session
from plugins.votes.polls import polls_of
from plugins.votes.results import phrases
from plugins.votes.tally import Tally


def sentence(session: Session, n: int) -> str:
    """Return the outcome of the vote whose result is record `n`; empty if its options were redacted."""
    poll = next((poll for poll in polls_of(session).all if poll.n == n), None)
    if poll is None or len(poll.names) != len(poll.options) or not all(poll.options):
        return ""
    return phrases.outcome(Tally(poll, poll.names, ()).leaders)
