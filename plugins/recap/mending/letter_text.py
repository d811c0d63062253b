"""The letter to whoever answered a draft: what the mail would change, by topic, with old and new text."""

from collections.abc import Iterable, Iterator, Sequence

from plugins.recap.layout.columns import wrapped
from plugins.recap.layout.words import room
from plugins.recap.mending import letter_words, phrases
from plugins.recap.mending.comparison import FRONT_LINK, INTRO
from plugins.recap.mending.facts import NotTaken
from plugins.recap.mending.orders import Read
from plugins.recap.mending.shown import Shown, TopicChanges

INDENT = "    "


def letter_text(read: Read, topics: Sequence[TopicChanges], rooms: Iterable[str]) -> str:
    """Return the text in 72 columns; `topics` as `by_topic` shows the proposal."""
    if read.refused:
        return _paragraph(letter_words.IS_EMPTY if read.refused == "empty" else letter_words.LITTLE_IN_COMMON)
    left = [one for topic in topics for one in topic.left]
    changed = [topic for topic in topics if topic.changes or topic.missing]
    missing = any(topic.missing for topic in topics)
    blocks: list[str] = []
    if changed:
        blocks.append(_paragraph(letter_words.GREETING))
        blocks += [block for topic in changed for block in _topic(topic)]
    else:
        blocks.append(_paragraph(letter_words.NO_CHANGE_BUT if left else letter_words.NO_CHANGE))
    if left:
        blocks.append("\n".join([letter_words.NOT_TAKEN, "", *map(_not_taken, left)]) + "\n")
    if read.is_excerpt:
        blocks.append(_paragraph(letter_words.EXCERPT))
    if not changed:  # "looks good" is taken for a word that sends
        blocks.append(_paragraph(letter_words.SENDS_NOTHING))
    else:
        names = list(dict.fromkeys(room(name) for name in rooms))
        blocks.append(_paragraph(letter_words.NOTHING_YET(rooms=names, drop=missing)))
    return "\n".join(blocks)


def _paragraph(text: str) -> str:
    return f"{wrapped(text)}\n"


def _topic(topic: TopicChanges) -> Iterator[str]:
    front = [one for one in topic.changes if one.word in {INTRO, FRONT_LINK}]
    if front:
        yield _under(letter_words.HEADINGS["front"], map(_change, front))
    records = [one for one in topic.changes if one not in front]
    if records or topic.missing:
        title = (
            letter_words.OF_TOPIC(n=topic.n, title=topic.title)
            if topic.n
            else letter_words.HEADINGS["before"]
        )
        yield _under(title, [*map(_change, records), *(_missing(n, text) for n, text in topic.missing)])


def _under(heading: str, items: Iterable[str]) -> str:
    return "\n".join([wrapped(heading), *items]) + "\n"


def _change(one: Shown) -> str:
    kind = phrases.kind_name(one.word)
    named = letter_words.NEW_RECORD(kind=kind)
    if one.n and one.is_stale:
        named = letter_words.STALE_RECORD(n=one.n, kind=kind)
    elif one.n:
        named = letter_words.CHANGED_RECORD(n=one.n, kind=kind)
    return "\n".join([_named(named), *_lines(one.old, "old"), *_lines(one.new, "new")])


def _missing(n: int, text: str) -> str:
    return "\n".join([_named(letter_words.MISSING_RECORD(n=n)), *_lines(text, "old")])


def _named(text: str) -> str:
    return wrapped(text, first="  ", then="  ")


def _lines(text: str, mark: str) -> Iterator[str]:
    for line in filter(None, text.split("\n")):
        yield wrapped(line, first=f"{INDENT}{letter_words.MARKS[mark]} ", then=f"{INDENT}  ")


def _not_taken(one: NotTaken) -> str:
    return wrapped(f'"{one.text}": {phrases.why(one)}', first="* ", then="  ")
