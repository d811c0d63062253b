"""The recap's own text in pieces, each with what it comes from: a record, the introduction, a heading, or the bot's own words."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from bot.api import Form
from bot.api.recap import Part, Placed, TopicPosition
from bot.api.words import clean, in_a_row, points_of, sentence_of, words_of
from plugins.recap.layout import words
from plugins.recap.layout.records import heading_of, style_of
from plugins.recap.layout.traced_pen import Traced, traced
from plugins.recap.mending.letters import Spelled, letters_of, numbers_in, spelled

Role = Literal["record", "copy", "links", "intro", "heading", "address", "own"]
PROBE = "zzintroductionzz"  # stands for the introduction where there is none, to see where it would be
TEXTS = {"paragraph", "bullet", "point", "labeled"}


class Piece(Struct, frozen=True):
    """A piece of the recap's text.

    role:    what it comes from: "copy" for a record that stands a second time, "own" for words of the bot
    n, unit: the number of the record, and which line of its text (or of the introduction) it is
    numbers: the records that it shows
    place:   the topic, team and subtopic under which it stands; None outside of the topics
    word:    the kind of the list that it heads or belongs to
    before, said, after: the bot's words before the line of the record, that line, and the bot's words after it
    lead, tail: what the line has besides in the record's text: the mark of a point, the colon before a list
    """

    traced: Traced
    spelled: Spelled
    role: Role = "own"
    n: int = 0
    unit: int = 0
    numbers: tuple[int, ...] = ()
    place: TopicPosition | None = None
    word: str = ""
    before: str = ""
    said: str = ""
    after: str = ""
    lead: str = ""
    tail: str = ""

    @property
    def text(self) -> str:
        """Its whole text, with its label."""
        return whole(self.traced)


class KnownText(Struct, frozen=True):
    """The recap's text; `intro_at` is the number of the piece before which an introduction would begin."""

    part: Part
    pieces: tuple[Piece, ...]
    intro_at: int = 0

    def record(self, n: int) -> Placed | None:
        """Return a record of the part."""
        return next((placed for placed in self.part.records if placed.item.n == n), None)


def known_text(part: Part, page: str) -> KnownText:
    """Read the pieces of a page that was written for a part that shows numbers, and has an introduction or the probe."""
    pieces = list(_in_sections(part, list(traced(page))))
    intro_at = _introduced(part, pieces)
    _recorded(part, pieces)
    kept = [piece for piece in pieces if piece.text != PROBE]
    return KnownText(part, tuple(kept), intro_at)


def whole(piece: Traced) -> str:
    """Return the text of a piece with its label, or the number of a point."""
    has_mark = piece.form == "labeled" or (piece.form == "point" and piece.mark[:1].isdigit())
    return f"{piece.mark} {piece.text}" if has_mark else piece.text


def units_of(text: str, form: Form) -> list[tuple[str, str]]:
    """Return the lines of a record's text as the recap has them, each after its mark: its sentence and points, or its paragraphs."""
    if form is Form.PARAGRAPH:
        lines = [line for line in (line.strip() for line in text.split("\n")) if line]
    else:
        lines = [in_a_row(sentence_of(text)), *points_of(text)]
    return [
        (line.removesuffix(words_of(line)), words_of(line)) if n else ("", line)
        for n, line in enumerate(lines)
    ]


def _in_sections(part: Part, pieces: Iterable[Traced]) -> Iterator[Piece]:
    """Yield the pieces with their places and the kinds of their lists."""
    topics = {words.anchor_of_topic(topic.n): TopicPosition(topic.n) for topic in part.topics}
    openings = {
        letters_of(words.title_of(part, placed.place)): TopicPosition(opening=placed.place.opening)
        for placed in part.records
        if placed.place.topic is None
    }
    lists = {
        letters_of(f"{heading_of(kind, part.track, style_of(part))}:"): word
        for word, kind in part.kinds.items()
    }
    place: TopicPosition | None = None
    word = ""
    for one in pieces:
        text = whole(one)
        if one.form == "heading":
            own = topics.get(one.anchor) or openings.get(letters_of(text))
            place, word = _place_under(one, place, own), ""
        elif one.form == "group":
            place = None
        elif one.form in {"paragraph", "labeled"}:
            word = lists.get(
                letters_of(
                    text if one.form == "paragraph" else one.mark.partition(" (")[0].rstrip(":") + ":"
                ),
                "",
            )
        role: Role = "heading" if one.form == "heading" else "address" if one.form == "address" else "own"
        yield Piece(one, spelled(text), role, place=place, word=word, numbers=numbers_in(text))


def _place_under(
    heading: Traced, place: TopicPosition | None, own: TopicPosition | None
) -> TopicPosition | None:
    if heading.mark == "1":
        return own
    if place is None:
        return None
    if heading.mark == "2":
        return TopicPosition(place.topic, heading.text, opening=place.opening)
    return replace(place, subtopic=heading.text)


def _introduced(part: Part, pieces: list[Piece]) -> int:
    """Mark the introduction; return where it begins."""
    lines = [letters_of(line) for line in (part.intro or PROBE).splitlines() if line.strip()]
    for start in range(len(pieces) - len(lines) + 1):
        if [piece.spelled.letters for piece in pieces[start : start + len(lines)]] == lines:
            for unit in range(len(lines)):
                piece = pieces[start + unit]
                pieces[start + unit] = replace(piece, role="intro", unit=unit, said=piece.text)
            return start
    return 0


def _recorded(part: Part, pieces: list[Piece]) -> None:
    """Mark what comes from records."""
    known = {placed.item.n: placed for placed in part.records}
    for at, piece in enumerate(pieces):
        if piece.role != "own" or piece.traced.form not in TEXTS or not piece.numbers:
            continue
        placed = known.get(piece.numbers[-1])
        if placed is None:
            continue
        if piece.place is None:
            role: Role = "copy" if piece.traced.form in {"bullet", "point"} else "own"
            pieces[at] = replace(piece, role=role, n=placed.item.n)
        elif placed.item.kind == "link" and not placed.item.content.is_sentence:
            pieces[at] = replace(piece, role="links")
        else:
            _record(part, placed, pieces, at)


def _record(part: Part, placed: Placed, pieces: list[Piece], at: int) -> None:
    """Mark the pieces of a record around the one at `at`, which shows its number."""
    kind = part.kinds.get(placed.item.kind)
    units = units_of(placed.item.text, kind.form if kind is not None else Form.BULLETS)
    shows = next((n for n, (_, unit) in enumerate(units) if _of_line(pieces[at], unit)), None)
    if shows is None:
        return
    for n, (lead, unit) in enumerate(units):
        there = at + n - shows
        if (
            not 0 <= there < len(pieces)
            or pieces[there].role != "own"
            or pieces[there].place != pieces[at].place
        ):
            continue
        found = _of_line(pieces[there], unit)
        if found is not None and (n == shows or not pieces[there].numbers):
            pieces[there] = replace(
                found, role="record", n=placed.item.n, unit=n, word=placed.item.kind, lead=lead
            )


def _of_line(piece: Piece, unit: str) -> Piece | None:
    """Return a piece with what it has of a line of a record; None if it does not have that line."""
    said = " ".join(clean(unit).split())
    around = _around(piece, said)
    if around is not None:
        return replace(piece, before=around[0], said=said, after=around[1])
    bare = said.removesuffix(":").rstrip()
    around = _around(piece, bare) if bare != said else None
    if around is None or not around[1].endswith(":"):
        return None
    return replace(piece, before=around[0], said=bare, after=around[1], tail=":")


def _around(piece: Piece, said: str) -> tuple[str, str] | None:
    text = piece.text
    start = text.find(said, len(piece.traced.mark) if piece.traced.form == "labeled" else 0) if said else -1
    return None if start < 0 else (text[:start], text[start + len(said) :])


def lines_by_record(pieces: Sequence[Piece]) -> dict[int, list[int]]:
    """Return the numbers of the pieces of each record, in the order of its lines."""
    found: dict[int, list[tuple[int, int]]] = {}
    for at, piece in enumerate(pieces):
        if piece.role == "record":
            found.setdefault(piece.n, []).append((piece.unit, at))
    return {n: [at for _, at in sorted(lines)] for n, lines in found.items()}
