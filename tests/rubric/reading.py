"""Questions 31 to 33: the mail where Markdown is read, as lists with a web page of their own do."""

import re

from markdown_it import MarkdownIt

from plugins.recap.layout.records import anchor_of
from tests.rubric.seen import Question, Seen, squashed


def headings_are_headings(seen: Seen) -> bool:
    tokens = MarkdownIt("commonmark").parse(seen.body)
    read = [
        squashed(tokens[at + 1].content) for at, token in enumerate(tokens) if token.type == "heading_open"
    ]
    written = [squashed(held.title) for held in seen.held[1:]]
    return [title for title in read if title in written] == written


def typed_numbers_are_not_the_recaps(seen: Seen) -> bool:
    typed = {int(n) for placed in seen.part.records for n in re.findall(r"\[(\d{1,9})\]", placed.item.text)}
    return typed.isdisjoint(number for number, _ in seen.notes)


def decisions_have_names_to_object_to(seen: Seen) -> bool:
    names = [(anchor_of(seen.part, placed), placed) for placed in seen.part.decisions]
    front = squashed(seen.front)
    return (
        len({name for name, _ in names}) == len(names)
        and all(squashed(f"({name})") in seen.under(placed).words for name, placed in names)
        and (not names or any(name in front for name, _ in names))
    )


QUESTIONS: dict[int, Question] = {
    31: headings_are_headings,
    32: typed_numbers_are_not_the_recaps,
    33: decisions_have_names_to_object_to,
}
