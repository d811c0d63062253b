"""Questions 24 to 30: the form."""

import re
import unicodedata

from bot.core.words.text import clean
from plugins.recap.layout.columns import URL, columns
from plugins.recap.layout.front import counts
from tests.rubric.seen import Question, Seen, squashed

WIDTH = 72
MOST_KIB = 40  # Mailman holds what is longer


def lines_are_short(seen: Seen) -> bool:
    return all(
        (columns(line) <= WIDTH and len(line) <= WIDTH) or _is_one_url(line) for line in seen.body.split("\n")
    )


def _is_one_url(line: str) -> bool:
    words = re.sub(r"^\s*(\* |- |\[\d+\] |\d+\. )?", "", line)
    return " " not in words and URL.search(words) is not None


def blocks_are_laid_out(seen: Seen) -> bool:
    lines = seen.body.split("\n")
    if any(line != line.rstrip() for line in lines) or "\n\n\n\n" in seen.body:
        return False
    lists = [block.split("\n") for block in seen.blocks if re.match(r" *\* ", block)]
    labeled = [
        block.split("\n") for block in seen.blocks if re.match(r"[A-Z ]+( \(no owner yet\))?: ", block)
    ]
    return all(line.startswith(("* ", "  ")) for block in lists for line in block) and all(
        line.startswith(" " * 8) for block in labeled for line in block[1:]
    )


def no_heading_is_empty(seen: Seen) -> bool:
    for held, following in zip(seen.held, [*seen.held[1:], None], strict=True):
        deeper = following is not None and following.level > held.level
        if not held.blocks and not deeper:
            return False
    fillers = {"None", "N/A", "None.", "-"}
    recorded = {squashed(placed.item.text) for placed in seen.part.records}
    return not any(squashed(block) in fillers - recorded for block in seen.blocks)


def text_is_plain(seen: Seen) -> bool:
    controls = {letter for letter in seen.text if unicodedata.category(letter) in {"Cc", "Cs"}}
    return controls <= {"\n"} and seen.text.encode("utf-8").decode("utf-8") == seen.text


def sentences_fit_their_numbers(seen: Seen) -> bool:
    front = " ".join(seen.front.split())
    there = counts(seen.part)
    wrong = re.search(
        r"\b1 (decisions|action items|calls for help|EDITOR marks)\b|\bOne people\b|\bthere are 1\b", front
    )
    listed = f" led to {', '.join(there[:-1])}{' and ' if there[1:] else ''}{there[-1]}." if there else ""
    return wrong is None and (listed in front if listed else " led to " not in front)


def mail_can_be_sent(seen: Seen) -> bool:
    one_line = all(clean(line) == line and line for line in seen.head)
    records = sum(len(placed.item.text) for placed in seen.part.records)
    size = len(seen.body.encode("utf-8")) / 1024
    return one_line and seen.body.endswith("\n") and (size < MOST_KIB or records > MOST_KIB * 256)


def marks_are_counted(seen: Seen) -> bool:
    marks = len(seen.marks)
    head = " ".join(seen.blocks[0].split())
    told = re.search(r"There (is|are) (\d+) EDITOR marks?\.\]$", head)
    if not head.startswith("[DRAFT of "):
        return marks <= 3
    return marks <= 3 and (int(told[2]) if told else 0) == marks


QUESTIONS: dict[int, Question] = {
    24: lines_are_short,
    25: blocks_are_laid_out,
    26: no_heading_is_empty,
    27: text_is_plain,
    28: sentences_fit_their_numbers,
    29: mail_can_be_sent,
    30: marks_are_counted,
}
