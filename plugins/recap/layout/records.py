"""The blocks for records, with heading, form and order from the declaration of their kind."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain, groupby

from msgspec.structs import replace

from bot.api import Content, Form, Kind, Session, Track
from bot.api.facts import Answer
from bot.api.recap import (
    AnyBlock,
    Bullets,
    Labeled,
    Link,
    Paragraph,
    Part,
    Placed,
    Section,
    SeeAlso,
    TopicPosition,
    name_of_decision,
)
from bot.api.records import backing
from bot.api.words import above_points, paragraphs_of, points_of, sentence_of, with_points
from plugins.recap.layout import words
from plugins.recap.layout.address_titles import title_of_address
from plugins.recap.layout.letter_edits import means_the_same
from plugins.recap.layout.pens import WEB
from plugins.recap.settings import RecapSettings, RecapTrack

UNDECLARED = 99
BY_TOPIC = "by-topic"
FIRST = 10**6  # more than any order: in a recap by topic, what was said stands before the blocks of plugins
LINK, NOTE = "link", "info"


def record_blocks(part: Part) -> Iterator[AnyBlock]:
    """Yield the records of a part as blocks, except the links of the front."""
    in_front = {id(placed) for placed in part.opening_links}
    placed = [record for record in part.records if id(record) not in in_front]
    kinds = {word: _kind(part, word) for word in {_word(record) for record in placed}}
    placed.sort(key=lambda record: (_place(record.place), kinds[_word(record)].order, _word(record)))
    write = _as_said if style_of(part) == BY_TOPIC else _by_kind
    for _, section in groupby(placed, key=lambda record: record.place):
        yield from write(part, kinds, list(section))


def _by_kind(part: Part, kinds: Mapping[str, Kind], section: Sequence[Placed]) -> Iterator[AnyBlock]:
    """Yield the blocks of a section, kind by kind."""
    for word, group in groupby(section, key=_word):
        yield from _of_kind(part, kinds[word], list(group), section)


def _as_said(part: Part, kinds: Mapping[str, Kind], section: Sequence[Placed]) -> Iterator[AnyBlock]:
    """Yield the blocks of a section in the order in which it was said, its paragraphs first and its links last."""
    by_form = {form: [r for r in section if kinds[_word(r)].form is form] for form in Form}
    yield from _by_kind(part, kinds, by_form[Form.LINKS])
    for paragraph in _by_kind(part, kinds, by_form[Form.PARAGRAPH]):
        yield replace(paragraph, order=paragraph.order - FIRST)
    said = sorted((*by_form[Form.BULLETS], *by_form[Form.LABELED]), key=lambda r: (r.item.at, r.item.n))
    at = next((at for at, r in enumerate(said) if kinds[_word(r)].leads), 0)
    said[: at + 1] = [*said[at : at + 1], *said[:at]]
    runs = (_of_kind(part, kinds[word], list(run), section) for word, run in groupby(said, key=_word))
    for n, block in enumerate(chain.from_iterable(runs)):
        yield replace(block, order=n - FIRST // 2)


def following_records(part: Part, blocks: Iterable[AnyBlock], given: Iterable[AnyBlock]) -> list[AnyBlock]:
    """Return the blocks of plugins; in a recap by topic, those about a record follow it."""
    orders = {b.record: b.order for b in blocks if b.record} if style_of(part) == BY_TOPIC else {}
    return [
        replace(b, order=orders[b.record]) if b.slot is Section.TOPIC and b.record in orders else b
        for b in given
    ]


def _word(placed: Placed) -> str:
    """Return the kind under which a record stands: an address within a sentence is a note, and keeps its words."""
    return NOTE if placed.item.kind == LINK and placed.item.content.is_sentence else placed.item.kind


def link_of(content: Content) -> Link:
    """Return the link of a record; without a title, its address gives one; without a URL, its text is the title."""
    if not content.url:
        return Link(content.text, "")
    return Link(content.title or title_of_address(content.url), content.url)


def links_once(part: Part, placed: Iterable[Placed], added: Iterable[Link] = ()) -> tuple[Link, ...]:
    """Return the links of records and those that were added, each address once with all its titles.

    The titles have the numbers of their records if this copy shows numbers.
    """
    titles: dict[str, dict[str, str]] = {}
    numbers: dict[str, list[int]] = {}
    for record in placed:
        content = record.item.content
        key = content.url or content.text
        numbers.setdefault(key, []).append(record.item.n)
        _add(titles.setdefault(key, {}), content.title or ("" if content.url else content.text))
    for link in added:
        _add(titles.setdefault(link.url, {}), link.title)
    urls = {record.item.content.url for record in placed} | {link.url for link in added}
    return tuple(
        Link(
            part.numbered_text(" / ".join(own.values()) or title_of_address(key), *numbers.get(key, ())),
            key if key in urls else "",
        )
        for key, own in titles.items()
    )


def _add(titles: dict[str, str], title: str) -> None:
    if title:
        titles.setdefault(title.casefold(), title)


def style_of(part: Part) -> str:
    """Return whether the records of a section stand kind by kind ("by-team") or as they were said ("by-topic")."""
    return part.track.of(RecapTrack).style or part.setup.of(RecapSettings).style


def heading_of(kind: Kind, track: Track, style: str = "") -> str:
    """Return the heading or label for records of a kind in a recap of a style, without a colon."""
    heading = kind.heading or words.heading_of_word(kind.word)
    if style == BY_TOPIC and kind.heading_by_topic:
        heading = kind.heading_by_topic
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


def _of_kind(
    part: Part, kind: Kind, placed: Sequence[Placed], section: Sequence[Placed]
) -> Iterable[AnyBlock]:
    """Return the blocks of the records of a kind; `section` has all records of their place."""
    place, order = placed[0].place, kind.order
    heading = heading_of(kind, part.track, style_of(part))
    texts = [_text(part, kind, record) for record in placed]
    match kind.form:
        case Form.PARAGRAPH:
            paragraphs = (paragraph for text in texts for paragraph in paragraphs_of(text))
            return [Paragraph(text=paragraph, place=place, order=order) for paragraph in paragraphs]
        case Form.BULLETS:
            return _bullets(part, heading, list(zip(placed, texts, strict=True)), place, order)
        case Form.LABELED:
            return [
                Labeled(
                    label=_label(part, kind, heading, record.item.content),
                    text=text,
                    anchor=anchor_of(part, record) if kind.decision else "",
                    place=place,
                    order=order,
                    record=record.item.n,
                )
                for record, text in zip(placed, texts, strict=True)
            ]
        case Form.LINKS:
            return _links(part, heading, _not_in_words(placed, section))


def _links(part: Part, heading: str, records: Sequence[Placed]) -> Iterator[SeeAlso]:
    """Yield the links with the titles that people gave, and those of which only the address is known."""
    titled = {record.item.content.url for record in records if record.item.content.title}
    bare = [r for r in records if r.item.content.url and r.item.content.url not in titled]
    named = [record for record in records if record not in bare]
    for label, group in ((f"{heading}:", named), (words.ALSO_MENTIONED, bare)):
        if group:
            place, order = group[0].place, part.kinds[LINK].order
            yield SeeAlso(label=label, links=links_once(part, group), place=place, order=order)


def _not_in_words(placed: Sequence[Placed], section: Sequence[Placed]) -> list[Placed]:
    """Return the links without those that have no title and whose address stands in the words of the section."""
    words = (record.item.text for record in section if _word(record) != LINK)
    said = {found[0] for text in words for found in WEB.finditer(text)}
    titled = {record.item.content.url for record in placed if record.item.content.title}
    return [r for r in placed if r.item.content.url in titled or r.item.content.url not in said]


def _bullets(
    part: Part, heading: str, records: Sequence[tuple[Placed, str]], place: TopicPosition, order: int
) -> Iterator[Bullets]:
    """Yield a list of the open records and a list of the answered ones with their answers."""
    still_open = tuple(text for record, text in records if _answer(part, record) is None)
    answered = tuple(
        with_points(
            words.answered(sentence_of(text), part.roll.name_of(answer.by), answer.text), points_of(text)
        )
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
    text = _with_result(part, kind.result, placed, said) if kind.result is not None else said
    if kind.decision:
        named = words.called_by(text, anchor_of(part, placed))
        return words.edited(named) if _is_changed(part, placed) else named
    if item.supporters:
        session = next((session for session in part.sessions if session.id == placed.session), None)
        return words.wanted(said, backing(part.persons, item.by, item.supporters, session))
    return words.done(said) if item.done_by(part.until) else said


def anchor_of(part: Part, placed: Placed) -> str:
    """Return the name of a decision, which readers can object to: `tidepool-2027-10-d7`."""
    gathering = part.setup.gathering
    return name_of_decision(part.track.slug, gathering.slug if gathering.name else "", placed.item.n)


def _is_changed(part: Part, placed: Placed) -> bool:
    """Whether a decision may mean something else than in the first mail with it; before that, nobody relied on it."""
    sent = part.first_sent.get(placed.item.n)
    return sent is not None and not means_the_same(sent, placed.item.text)


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
