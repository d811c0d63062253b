"""Finds mentions: looks up the pills, and the ids that a client lists, in the lines as they were typed.

Rules of this file: a mention is words in a line; a line is addressed to the bot only if it begins with the bot's pill or
id. A client also lists the author of the message that a reply answers, so a bare name is no mention there.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from bot.core.people.identity import Identity
from bot.networks.matrix.json_values import items, mapping, user_id
from bot.networks.matrix.messages.body_lines import MessageLine
from bot.networks.matrix.messages.display_names import localpart
from bot.networks.matrix.messages.markup import NOTHING, Markup, Pill, pilled

MOST_PEOPLE = 50  # in one message
MOST_LINES = 500  # per message that may be commands or mentions; later lines are talk
MOST_SPOTS = 200  # of the same words
LONGEST_NAME = 256  # characters of a name, an id or a pill; what is longer is not searched for
MOST_WORDS = 12  # of a name
LINK = re.compile(
    r"\[((?:\\.|[^\[\]\\\n]){1,128})\]\(<?((?:https?://|matrix:)[^\s()<>]{1,400})>?\)", re.IGNORECASE
)
ESCAPED = re.compile(r"\\(.)")
CONTINUES = re.compile(r"[-.:=/+]\w")  # @rosa in @rosa-maria, @rosa:example.org in @rosa:example.org.au
AFTER_US = re.compile(r"\s*[:,\uff1a]?\s*")


class Spot(Struct, frozen=True):
    """Where a mention is; `leads` if it says at the start of a line who is addressed."""

    start: int
    end: int
    user: str
    leads: bool


class _LineSpots(Struct):
    """A line and the mentions found in it."""

    text: str
    begin: int  # where the first visible character is
    spots: list[Spot] = field(default_factory=list)

    def begins_at(self, start: int) -> bool:
        """Whether nothing visible comes before."""
        return start <= self.begin

    def is_free(self, start: int, end: int) -> bool:
        return all(end <= spot.start or spot.end <= start for spot in self.spots)


def with_mentions(
    body_lines: Sequence[MessageLine],
    markup: Markup,
    content: Mapping[str, Any],
    who: Callable[[str], Identity],
    me: str,
    *,
    reply: bool,
) -> list[MessageLine]:
    """The lines of a message with their mentions.

    who:   gives the identity of an id, as the room knows it
    reply: it is a reply, so clients also list the author of the message that it answers
    """
    pills = list(markup.pills[:MOST_PEOPLE])
    listed = [
        user
        for value in items(mapping(content.get("m.mentions")).get("user_ids"))[:MOST_PEOPLE]
        if (user := user_id(value))
    ]
    texts = [line.text if line.talk_only else _unlinked(line.text, pills) for line in body_lines[:MOST_LINES]]
    line_spots = [_LineSpots(line, len(line) - len(line.lstrip(NOTHING))) for line in texts]
    for words, group in _by_words(pills, line_spots, who):
        _assign_spots(words, group, line_spots)
    for user in dict.fromkeys((*listed, me)):
        if all(pill.user != user for pill in pills):
            _find_unpilled(
                user, _spellings(user, who(user).name, listed=user in listed, reply=reply), line_spots
            )
    lines = [
        _message_line(line, body_line.talk_only, who, me)
        for line, body_line in zip(line_spots, body_lines, strict=False)
    ]
    return lines + [replace(line, talk_only=True) for line in body_lines[MOST_LINES:]]


def _unlinked(line: str, pills: list[Pill]) -> str:
    """A line with Markdown links to people replaced by their names; some clients send such links in the body."""
    if "](" not in line:
        return line

    def shown(link: re.Match[str]) -> str:
        user = pilled(link[2])
        if not user:
            return link[0]
        name = ESCAPED.sub(r"\1", link[1])
        if len(pills) < MOST_PEOPLE and all(pill.user != user for pill in pills):
            pills.append(Pill(user, name, leads=not line[: link.start()].strip()))
        return name

    return LINK.sub(shown, line)


def _by_words(
    pills: Sequence[Pill], line_spots: Sequence[_LineSpots], who: Callable[[str], Identity]
) -> list[tuple[str, list[Pill]]]:
    """The pills by their words in the lines, the longest first: Ann Lee before Ann."""
    groups: dict[str, list[Pill]] = {}
    for pill in pills:
        names = (pill.words, pill.user, who(pill.user).name, localpart(pill.user))
        words = next((name for name in names if any(True for _ in _occurrences(name, line_spots))), "")
        if words:
            groups.setdefault(words, []).append(pill)
    return sorted(groups.items(), key=lambda group: -len(group[0]))


def _assign_spots(words: str, pills: list[Pill], line_spots: Sequence[_LineSpots]) -> None:
    """Assign words to each pill: the start of a line to a leading pill, the rest in order."""
    free = [found for found in _occurrences(words, line_spots) if found[0].is_free(*found[1:])]
    # finally the rest: a client may break the lines differently
    for leads in (True, False, None):
        waiting = [pill for pill in pills if leads is None or pill.leads is leads]
        left: list[tuple[_LineSpots, int, int]] = []
        for line, at, end in free:
            starts = line.begins_at(at)
            if waiting and (leads is None or starts is leads):
                pill = waiting.pop(0)
                pills.remove(pill)
                line.spots.append(Spot(at, end, pill.user, leads=bool(leads)))
            else:
                left.append((line, at, end))
        free = left


def _spellings(user: str, name: str, *, listed: bool, reply: bool) -> tuple[str, ...]:
    """How a line may mention somebody without a pill: by id; if listed, also by @name, and outside of replies by name."""
    if not listed:
        return (user,)
    marked = (user, f"@{name}", f"@{localpart(user)}")
    return marked if reply else (*marked, name)


def _find_unpilled(user: str, spellings: Sequence[str], line_spots: Sequence[_LineSpots]) -> None:
    """Find a mention without a pill. At the start of a line, a bare name addresses somebody if `:` or `,` follows."""
    for words in spellings:
        for line, at, end in _occurrences(words, line_spots):
            marked = words.startswith("@")
            if (marked and CONTINUES.match(line.text, end)) or not line.is_free(at, end):
                continue
            called = marked or line.text[end : end + 1] in (":", ",", "\uff1a")
            line.spots.append(Spot(at, end, user, leads=called and line.begins_at(at)))
            return


def _occurrences(words: str, line_spots: Sequence[_LineSpots]) -> Iterator[tuple[_LineSpots, int, int]]:
    """Where `words` occur as whole words, up to a limit."""
    if len(words) > LONGEST_NAME or not 0 < len(words.split()) <= MOST_WORDS:
        return
    wanted = _wanted(words)
    found = 0
    for line in line_spots:
        for match in wanted.finditer(line.text):
            if found == MOST_SPOTS:
                break
            if not _within_word(line.text, match.start(), match.end()):
                found += 1
                yield line, match.start(), match.end()


@lru_cache(maxsize=256)
def _wanted(words: str) -> re.Pattern[str]:
    """A pattern for words: HTML has one blank where the body, like a display name, may have several."""
    return re.compile(r"\s+".join(map(re.escape, words.split())))


def _within_word(text: str, start: int, end: int) -> bool:
    before, first = text[start - 1 : start], text[start]
    after, last = text[end : end + 1], text[end - 1]
    return (_is_letter(before) and _is_letter(first)) or (_is_letter(last) and _is_letter(after))


def _is_letter(letter: str) -> bool:
    return letter.isalnum() or letter == "_"


def _message_line(line: _LineSpots, talk_only: bool, who: Callable[[str], Identity], me: str) -> MessageLine:  # noqa: FBT001
    said, addressed = line.text, False
    for spot in line.spots:
        if spot.user == me and spot.leads and not talk_only:
            addressed = True
            after = AFTER_US.match(said, spot.end)
            said = said[after.end() if after else spot.end :] or said
    spots = sorted((spot for spot in line.spots if spot.user != me), key=lambda spot: spot.start)
    mentions = tuple((line.text[spot.start : spot.end], who(spot.user)) for spot in spots)
    return MessageLine(said, talk_only, addressed, mentions)
