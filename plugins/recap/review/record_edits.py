"""`#recap edit 21 text` gives a record of a session that is over another text."""

from collections.abc import Sequence

from msgspec.structs import replace

from bot.api import Ask, Content, Effect, Form, Kind, RecordedItem, Reply, Write
from bot.api.facts import Revised
from bot.api.people import plain_name
from bot.api.records import understood
from bot.api.words import paragraphs_of, points_of, sentence_of, with_points
from plugins.recap.lifecycle import phrases as of_recaps
from plugins.recap.lifecycle.additions import record_of, with_outlook
from plugins.recap.lifecycle.choice import RecapLine
from plugins.recap.review import phrases


def edit(ask: Ask, line: RecapLine) -> Sequence[Effect]:
    """Replace the text of a record; `me` and `by Friday` in it mean what they meant when it was recorded."""
    found = record_of(ask, line)
    if isinstance(found, str):
        return [Reply(found)]
    session, record = found
    kind = ask.register.kinds.get(record.kind)
    said = "\n".join((line.text.partition(" ")[2], *ask.below))
    text = text_of(said, kind)
    if not text:
        return [Reply(of_recaps.usage(line.word))]
    then = replace(ask, speaker=record.by, at=record.at, session=session, track=line.track)
    content = understood(then, kind, text) if kind is not None else replace(record.content, text=text)
    if isinstance(content, str):
        return [Reply(content)]
    if content == record.content:
        return [Reply(phrases.SAYS_THAT_ALREADY(n=record.n))]
    answer = with_outlook(ask, session, _edited(record, content))
    return [Write(Revised(record.n, content, whole=True), stream=session.id), Reply(answer)]


def text_of(said: str, kind: Kind | None) -> str:
    """Return the text of a record: paragraphs where its kind has some, else one sentence with the points of its list."""
    paragraphs = list(paragraphs_of(said))
    if kind is not None and kind.form is Form.PARAGRAPH:
        return "\n".join(paragraphs)
    sentence = " ".join(map(sentence_of, paragraphs))
    return with_points(sentence, [point for one in paragraphs for point in points_of(one)])


def _edited(record: RecordedItem, content: Content) -> str:
    text = phrases.quoted(content.text)
    if record.content.owners and not content.owners:
        return phrases.NOW_WITHOUT_OWNER(n=record.n, kind=record.kind, text=text)
    owners = [plain_name(owner.person.name if owner.person else owner.name) for owner in content.owners]
    return phrases.EDITED(n=record.n, kind=record.kind, text=text, owners=", ".join(owners))
