"""`#summary` in a session: what stands first in its topic. A topic, or a team in it, has one; a later one takes its place."""

from collections.abc import Sequence

from bot.api import Acknowledge, Ask, Effect, Reply, Role, Write
from bot.api.facts import Moved, Recorded, Withdrawn
from bot.api.people import is_author, plain_name
from bot.api.records import recorded_by
from plugins.recap.declaration import SUMMARY, plugin
from plugins.recap.summaries import phrases


@plugin.command(
    SUMMARY.word,
    usage=SUMMARY.usage,
    says=SUMMARY.says,
    example=SUMMARY.example,
    takes_record_prefix=True,
    afterwards=True,
)
def summarize(ask: Ask) -> Sequence[Effect]:
    """Record the summary of the current topic, even within a subtopic, and withdraw the one before it."""
    orders = recorded_by(ask, SUMMARY)
    fact = next((order.fact for order in orders if isinstance(order, Write)), None)
    if not isinstance(fact, Recorded):
        return orders
    session = ask.running
    here = (session.topic_id, session.team)
    known = [
        record
        for record in session.records
        if record.kind == SUMMARY.word and (record.topic, record.team) == here
    ]
    for record in known:
        if ask.role < Role.CHAIR and not is_author(session, record, ask.speaker, ask.state.persons):
            author = plain_name(record.by.name)
            chairs = [chair.name for chair in session.chairs if chair.name != author]
            return [Reply(phrases.OF_SOMEBODY(n=record.n, author=author, chairs=chairs))]
    withdrawn = [Write(Withdrawn(record.n), stream=session.id) for record in known]
    moved = [Write(Moved(fact.n, *here), stream=session.id)] if session.subtopic is not None else []
    replaced = [Reply(phrases.REPLACED(n=fact.n, before=known[-1].n))] if known else []
    recorded = [order for order in orders if not (replaced and isinstance(order, Reply | Acknowledge))]
    return [*withdrawn, *recorded, *moved, *replaced]
