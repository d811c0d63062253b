"""The sections of a recap: topics, the teams within them, and subtopics, each in order."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from markupsafe import Markup
from msgspec import Struct, field

from bot.api.recap import (
    AnyBlock,
    Bullets,
    EditorMark,
    Groups,
    Labeled,
    Paragraph,
    Part,
    Section,
    SeeAlso,
    TopicPosition,
    Upcoming,
)
from bot.api.words import points_of, sentence_of, words_of
from plugins.recap.layout import words
from plugins.recap.layout.pens import Pen, ready_text, written


class _Under(Struct):
    """The blocks under a heading and the headings below it, in the order of their first records."""

    blocks: list[AnyBlock] = field(default_factory=list)
    below: dict[str, "_Under"] = field(default_factory=dict)

    def under(self, name: str) -> "_Under":
        return self.below.setdefault(name, _Under())


class _Topic(Struct):
    """A topic: blocks and subtopics without a team, and its teams."""

    own: _Under = field(default_factory=_Under)
    teams: dict[str, _Under] = field(default_factory=dict)

    def under(self, place: TopicPosition) -> _Under:
        level = self.own if place.team is None else self.teams.setdefault(place.team, _Under())
        return level if place.subtopic is None else level.under(place.subtopic)


def laid_out(part: Part, blocks: Iterable[AnyBlock], pen: Pen) -> Markup:
    """Write the topics with their blocks; headings without content are left out."""
    topics: dict[TopicPosition, _Topic] = {}
    for placed in part.records:  # teams and subtopics are in chronological order
        topics.setdefault(_heading_of(placed.place), _Topic()).under(placed.place)
    for block in blocks:
        if block.slot is Section.TOPIC:
            topics.setdefault(_heading_of(block.place), _Topic()).under(block.place).blocks.append(block)
    pieces: list[str] = []
    for place in sorted(topics, key=part.position):
        pieces += _topic(part, place, topics[place], pen)
    return written("".join(pieces))


def _heading_of(place: TopicPosition) -> TopicPosition:
    """Return the place of the topic, or of a session's records before its first topic."""
    return TopicPosition(place.topic, opening=place.opening)


def in_slot(blocks: Iterable[AnyBlock], slot: Section) -> list[AnyBlock]:
    """Return the blocks of a slot, in order."""
    return sorted((block for block in blocks if block.slot is slot), key=lambda block: block.order)


def drawn(blocks: Sequence[AnyBlock], pen: Pen) -> Markup:
    """Write blocks one after another."""
    return written("".join(DRAW[type(block)](block, pen) for block in blocks))


def _topic(part: Part, place: TopicPosition, topic: _Topic, pen: Pen) -> Iterator[str]:
    # each heading is written before what stands under it, because pens follow the levels
    said = pen.say(words.title_of(part, place))
    anchor = words.anchor_of_topic(place.topic) if place.topic else ""
    heading = pen.heading(words.numbered(place.topic or 0, said), 1, anchor)
    body = [*_under(topic.own, pen, level=3)]
    for name, team in topic.teams.items():
        title = pen.heading(pen.say(name), 2)
        found = [*_described(part, place, name, team, pen), *_under(team, pen, level=3)]
        if found:
            body += [title, *found]
    if body:
        yield heading
        yield from body


def _under(under: _Under, pen: Pen, *, level: int) -> Iterator[str]:
    yield from (drawn([block], pen) for block in sorted(under.blocks, key=lambda block: block.order))
    for title, below in under.below.items():
        if below.blocks:
            yield pen.heading(pen.say(title), level)
            yield from _under(below, pen, level=level)


def _described(part: Part, place: TopicPosition, name: str, team: _Under, pen: Pen) -> Iterator[str]:
    """Yield the team's configured description, once, if nobody recorded one."""
    configured = part.track.team(name)
    if (
        configured is None
        or not configured.about
        or not (team.blocks or any(u.blocks for u in team.below.values()))
    ):
        return
    places = [placed.place for placed in part.records if placed.place.team == name]
    said = any(placed.place.team == name for placed in part.of_kind("about"))
    if not said and _heading_of(places[0]) == place:
        yield pen.paragraph(pen.say(configured.about))


def _bullets(block: Bullets, pen: Pen) -> str:
    items = pen.bullets([ready_text(pen, item) for item in block.items])
    return pen.paragraph(pen.say(block.heading)) + items if block.heading else items


def _paragraph(block: Paragraph, pen: Pen) -> str:
    said, points = sentence_of(block.text), points_of(block.text)
    below = pen.bullets([pen.say(words_of(point)) for point in points]) if points else ""
    return pen.paragraph(pen.say(said)) + below


def _see_also(block: SeeAlso, pen: Pen) -> str:
    return pen.labeled(pen.say(block.label), ", ".join(pen.link(link) for link in block.links))


def _groups(block: Groups, pen: Pen) -> str:
    groups = [
        pen.group(pen.say(name), [ready_text(pen, item) for item in items]) for name, items in block.groups
    ]
    text = [pen.paragraph(pen.say(block.text))] if block.text else []
    return "".join([pen.heading(pen.say(block.heading), 1), *text, *groups]) if groups or text else ""


def _nothing(_block: EditorMark | Upcoming, _pen: Pen) -> str:
    """Skip a block that the templates print: all marks are in the front, and upcoming titles at the close."""
    return ""


DRAW: dict[type, Callable[..., str]] = {
    Paragraph: _paragraph,
    Bullets: _bullets,
    Labeled: lambda block, pen: pen.labeled(pen.say(block.label), ready_text(pen, block.text), block.anchor),
    SeeAlso: _see_also,
    Groups: _groups,
    EditorMark: _nothing,
    Upcoming: _nothing,
}
