"""The list of a session's records with their numbers, the newest last, in all or under one topic."""

from collections.abc import Sequence

from bot.api import Ask, Effect, Needs, RecordedItem, Reply, Session, Topic, listing, titled
from bot.api.records import last_ended
from plugins.records import phrases
from plugins.records.declaration import plugin


@plugin.command(
    "records",
    usage="#records [TOPIC]",
    says="lists the records with their numbers, the newest last, or those of a topic (number or title); a long list comes in private",
    example="#records",
    before=("#info Reviews take about nine days",),
    needs=Needs.ROOM,
)
def list_records(ask: Ask) -> Sequence[Effect]:
    """List the records of the running session, or of the last one here."""
    session = ask.session or last_ended(ask.state, ask.room.id)
    if session is None:
        return [Reply(phrases.NO_SESSION)]
    typed = titled(ask.rest)
    if not typed:
        return _listed(ask, session.records, phrases.OF_SESSION(name=session.name))
    found = _topics_called(session, typed)
    if len(found) == 1:
        named = phrases.OF_TOPIC(number=session.topics.index(found[0]) + 1, title=found[0].title)
        return _listed(ask, [record for record in session.records if record.topic == found[0].id], named)
    if found:
        titles = [topic.title for topic in found]
        return [Reply(phrases.SEVERAL_TOPICS(typed=typed, titles=titles))]
    return [Reply(phrases.NO_SUCH_TOPIC(typed=typed))]


def _topics_called(session: Session, typed: str) -> Sequence[Topic]:
    """Return the topic with this number or title, else all whose title begins with it, else all that have it."""
    number = typed.removeprefix("#")
    if number.isascii() and number.isdigit() and len(number) < 5:
        return session.topics[int(number) - 1 : int(number)] if int(number) else ()
    wanted = typed.casefold()
    titles = [(topic, topic.title.casefold()) for topic in session.topics]
    exact = [topic for topic, title in titles if title == wanted]
    begin = [topic for topic, title in titles if title.startswith(wanted)]
    return exact or begin or [topic for topic, title in titles if wanted in title]


def _listed(ask: Ask, records: Sequence[RecordedItem], of: str) -> Sequence[Effect]:
    if not records:
        return [Reply(phrases.NOTHING_OF(of=of))]

    def told(record: RecordedItem) -> str:
        return phrases.LISTED(n=record.n, kind=record.kind, text=record.text, done=record.done)

    head = phrases.RECORDS(n=len(records), of=of)
    return listing(
        ask, head, tuple(records), told, lambda rest: phrases.EARLIER(number=rest), newest_last=True
    )
