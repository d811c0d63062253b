"""The blocks for records, with heading, form and order from the declaration of their kind."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import groupby

from bot.api import Content, Form, Kind, Session, Track
from bot.api.facts import Answer
from bot.api.recap import AnyBlock, Bullets, Labeled, Link, Paragraph, Part, Placed, SeeAlso, TopicPosition
from bot.api.records import backing
from bot.api.words import above_points
from plugins.recap.layout import words
from plugins.recap.layout.pens import host_of

UNDECLARED = 99


def record_blocks(part: Part) -> Iterator[AnyBlock]:
    """Yield the records of a part as blocks, except the links of the front."""
    in_front = {id(placed) for placed in part.opening_links}
    placed = [record for record in part.records if id(record) not in in_front]
    kinds = {word: _kind(part, word) for word in {record.item.kind for record in placed}}
    placed.sort(key=lambda record: (_place(record.place), kinds[record.item.kind].order, record.item.kind))
    for (_, word), group in groupby(placed, key=lambda record: (record.place, record.item.kind)):
        yield from _of_kind(part, kinds[word], list(group))


def link_of(content: Content) -> Link:
    """Return the link of a record; without a URL, its text is the title."""
    return Link(content.title or "", content.url) if content.url else Link(content.text, "")


def numbered_link(part: Part, placed: Placed) -> Link:
    """Return the link of a record, with its number if this copy shows numbers."""
    link = link_of(placed.item.content)
    return Link(part.numbered_text(link.title or host_of(link.url), placed.item.n), link.url)


def heading_of(kind: Kind, track: Track) -> str:
    """Return the heading or label for records of a kind, without a colon."""
    heading = kind.heading or words.heading_of_word(kind.word)
    if "{release" in heading:
        named = {"{release_done}": track.release_done, "{release_next}": track.release_next}
        lacking = any(mark in heading and not release for mark, release in named.items())
        heading = (kind.heading_without_release or heading) if lacking else heading
        for mark, release in named.items():
            heading = heading.replace(mark, release)
    return " ".join(heading.split()).removesuffix(":").rstrip()


def _kind(part: Part, word: str) -> Kind:
    """Return a kind's declaration; records of a removed plugin come last, under their word."""
    known = part.kinds.get(word)
    return known or Kind(word, usage="", says="", example="", order=UNDECLARED)


def _place(place: TopicPosition) -> tuple[int, str, str, str]:
    return (place.topic or 0, place.opening, place.team or "", place.subtopic or "")


def _of_kind(part: Part, kind: Kind, placed: Sequence[Placed]) -> Iterable[AnyBlock]:
    place, order = placed[0].place, kind.order
    heading = heading_of(kind, part.track)
    texts = [_text(part, kind, record) for record in placed]
    match kind.form:
        case Form.PARAGRAPH:
            return [Paragraph(text=text, place=place, order=order) for text in texts]
        case Form.BULLETS:
            return _bullets(part, heading, list(zip(placed, texts, strict=True)), place, order)
        case Form.LABELED:
            return [
                Labeled(
                    label=_label(part, kind, heading, record.item.content),
                    text=text,
                    place=place,
                    order=order,
                )
                for record, text in zip(placed, texts, strict=True)
            ]
        case Form.LINKS:
            links = tuple(numbered_link(part, record) for record in placed)
            return [SeeAlso(label=f"{heading}:", links=links, place=place, order=order)]


def _bullets(
    part: Part, heading: str, records: Sequence[tuple[Placed, str]], place: TopicPosition, order: int
) -> Iterator[Bullets]:
    """Yield a list of the open records and a list of the answered ones with their answers."""
    still_open = tuple(text for record, text in records if _answer(part, record) is None)
    answered = tuple(
        above_points(text, partial(words.answered, who=part.roll.name_of(answer.by), answer=answer.text))
        for record, text in records
        if (answer := _answer(part, record)) is not None
    )
    for title, items in ((f"{heading}:", still_open), (words.ANSWERED, answered)):
        if items:
            yield Bullets(heading=title, items=items, place=place, order=order)


def _answer(part: Part, placed: Placed) -> Answer | None:
    """Return the answer given before the end of the part."""
    answer = placed.item.answer
    return answer if answer is not None and answer.at <= part.until else None


def _text(part: Part, kind: Kind, placed: Placed) -> str:
    """Return the text of a record with its remark, and its number if this copy shows numbers."""
    return above_points(
        placed.item.text,
        lambda said: part.numbered_text(_remarked(part, kind, placed, said), placed.item.n),
    )


def _remarked(part: Part, kind: Kind, placed: Placed, said: str) -> str:
    """Return what a record says with a remark: an edited decision, the supporters of a question, or `done`."""
    item = placed.item
    if kind.result is not None:
        return _with_result(part, kind.result, placed, said)
    if kind.decision and item.revised:
        return words.edited(said)
    if item.supporters:
        session = next((session for session in part.sessions if session.id == placed.session), None)
        return words.wanted(said, backing(part.persons, item.by, item.supporters, session))
    return words.done(said) if item.done_by(part.until) else said


def _with_result(part: Part, result: Callable[[Session, int], str], placed: Placed, said: str) -> str:
    session = next(session for session in part.sessions if session.id == placed.session)
    return " ".join(filter(None, (result(session, placed.item.n), said)))


def _label(part: Part, kind: Kind, heading: str, content: Content) -> str:
    """Return the label of a record; it names the owners of an action whose text does not (`me to ...`)."""
    if kind.word == "action" and not content.owners:
        return words.unowned(heading)
    said = content.text.casefold()
    unnamed = [owner for owner in content.owners if owner.name.casefold() not in said]
    return (
        words.owned(heading, [part.roll.name_of_owner(owner) for owner in unnamed])
        if unnamed
        else f"{heading}:"
    )
