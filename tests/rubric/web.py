"""Questions to a recap in HTML and in Markdown; each is a function whose name says what holds."""

import re
from collections.abc import Callable

from bot.core.recap.blocks import TopicPosition
from bot.core.recap.part import Placed
from bot.core.words.sentences import WORDS
from plugins.recap.layout.front import counts
from plugins.recap.layout.records import anchor_of
from tests.rubric.content import TELLING, taken_back
from tests.rubric.shown import BLOCKS, Shown, squash

Question = Callable[[Shown], bool]


def every_record_stands_once_in_its_section(shown: Shown) -> bool:
    front = {id(placed) for placed in shown.part.opening_links}
    by_place: dict[TopicPosition, list[Placed]] = {}
    for placed in shown.part.records:
        if id(placed) not in front:
            by_place.setdefault(placed.place, []).append(placed)
    return all(_once_each(shown.under(records[0]), records) for records in by_place.values())


def _once_each(words: str, records: list[Placed]) -> bool:
    links = [squash([one.item.content.title or ""]) for one in records if _is_link(one)]
    texts = [squash([one.item.text]) for one in records if not _is_link(one)]
    long = {text for text in texts if len(text) >= TELLING}
    most = {text: sum(other.count(text) for other in (*texts, *links)) for text in long}
    return all(text in words for text in (*texts, *links)) and all(
        texts.count(text) <= words.count(text) <= most[text] for text in long
    )


def _is_link(placed: Placed) -> bool:
    return placed.item.kind == "link" and not placed.item.content.is_sentence


def nothing_taken_back_is_there(shown: Shown) -> bool:
    return not any(text.replace("`", "") in shown.words for text in taken_back(shown.part))


def no_level_of_heading_is_left_out(shown: Shown) -> bool:
    levels = [piece.level for piece in shown.pieces[1:]]
    before = [levels[0] if levels and levels[0] > 1 else 1, *levels]
    return all(level <= last + 1 for last, level in zip(before, levels, strict=False))


def every_topic_with_records_has_a_heading(shown: Shown) -> bool:
    titles = [piece.path[0] for piece in shown.pieces if len(piece.path) == 1]
    filled = {placed.place.topic for placed in shown.part.records if placed.place.topic}
    wanted = [squash([f"Topic {topic.n}: {topic.title}"]) for topic in shown.part.topics if topic.n in filled]
    return [title for title in titles if title in wanted] == wanted


def sentences_fit_their_numbers(shown: Shown) -> bool:
    there, here = counts(shown.part), len(shown.part.roll.present)
    number = WORDS[here].capitalize() if here < len(WORDS) else str(here)
    took = squash([f"{number} {'person' if here == 1 else 'people'} took part."]) if here else ""
    led = f" led to {', '.join(there[:-1])}{' and ' if there[1:] else ''}{there[-1]}." if there else ""
    return (took in shown.front if took else "tookpart." not in shown.front) and (
        squash([led]) in shown.front if led else "ledto" not in shown.front
    )


def decisions_have_addresses(shown: Shown) -> bool:
    return all(shown.read.ids.count(anchor_of(shown.part, one)) == 1 for one in shown.part.decisions)


def addresses_are_those_of_the_web(shown: Shown) -> bool:
    return all(re.match(r"https?://|#|mailto:", link) for link in shown.read.links)


def names_are_unique_and_links_lead_to_them(shown: Shown) -> bool:
    ids, inside = shown.read.ids, {link[1:] for link in shown.read.links if link.startswith("#")}
    return len(ids) == len(set(ids)) and inside <= set(ids)


def topics_with_records_are_linked(shown: Shown) -> bool:
    filled = {placed.place.topic for placed in shown.part.records if placed.place.topic}
    return {f"#topic-{n}" for n in filled} <= set(shown.read.links)


def it_has_one_main_part_and_one_title(shown: Shown) -> bool:
    tags = [tag for tag, _ in shown.read.tags]
    heading = "".join(squash([piece.name]) for piece in shown.pieces if piece.level == 1)
    return (tags.count("main"), tags.count("h1"), heading) == (1, 1, "") and bool(shown.read.title)


def every_block_has_the_direction_of_its_text(shown: Shown) -> bool:
    return all(given.get("dir") == "auto" for tag, given in shown.read.tags if tag in BLOCKS)


def front_matter_comes_first(shown: Shown) -> bool:
    keys = re.findall(r"^(\w+):", shown.front_matter, re.MULTILINE)
    return (
        shown.text.startswith("---\n")
        and {"templateKey", "title", "date", "category"} <= set(keys)
        and len(keys) == len(set(keys))
    )


def an_excerpt_ends_with_its_mark(shown: Shown) -> bool:
    return shown.text.count(" <!-- more -->\n\n") == 1


BOTH: tuple[Question, ...] = (
    every_record_stands_once_in_its_section,
    nothing_taken_back_is_there,
    no_level_of_heading_is_left_out,
    every_topic_with_records_has_a_heading,
    sentences_fit_their_numbers,
    decisions_have_addresses,
    addresses_are_those_of_the_web,
)
HTML: tuple[Question, ...] = (
    *BOTH,
    names_are_unique_and_links_lead_to_them,
    topics_with_records_are_linked,
    it_has_one_main_part_and_one_title,
    every_block_has_the_direction_of_its_text,
)
MARKDOWN: tuple[Question, ...] = (*BOTH, front_matter_comes_first, an_excerpt_ends_with_its_mark)


def failed(shown: Shown) -> list[str]:
    """The names of the questions that a recap fails."""
    _ = shown.read
    questions = MARKDOWN if shown.is_markdown else HTML
    return [question.__name__ for question in questions if not question(shown)]
