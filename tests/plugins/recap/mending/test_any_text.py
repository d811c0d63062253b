"""Whatever was recorded, and whatever programs do to its text: unchanged it proposes nothing, and one changed word one record."""

import re
import textwrap
from functools import partial

from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from plugins.recap.mending.comparison import Change, Comparison
from plugins.recap.mending.known_text import KnownText
from plugins.recap.mending.letters import letters_of
from plugins.recap.mending.text_comparison import compared
from tests.plugins.recap.mending.drafts import draft_of, known_of, nova, quoted
from tests.plugins.recap.scene import Rehearsal

NOTHING = Comparison()
WORDS = (
    "the agent drops a database on 2027 boards - with * some 1. points [3] (#5) > more: AGREED: of Topic 2: CI 'quoted' "
    "https://review.example.org/c/900000 \u2014 \u201ccurly\u201d caf\u00e9 na\u00efve \u4f60\u597d\u4e16\u754c \u306e\u30c6\u30b9\u30c8 "
    "\u05e9\u05dc\u05d5\u05dd [EDITOR: x_y_z don\u2019t a.b.c really-long-" + "word" * 25 + " yes"
).split()
KINDS = (
    "#info",
    "#agreed",
    "#action rosa to",
    "#idea",
    "#about",
    "#link https://docs.example.org/x",
    "#question",
    "#cta",
    "#problem",
    "#summary",
)
SENTENCES = st.lists(st.sampled_from(WORDS), min_size=1, max_size=30).map(" ".join)
RECORDS = st.tuples(st.sampled_from(KINDS), SENTENCES).map(" ".join)
TOPICS = st.sampled_from(
    ("#topic CI", "#topic Cells and more", "#team Agent", "#subtopic Part two", "#team -")
)
LOGS = st.lists(st.one_of(RECORDS, RECORDS, RECORDS, TOPICS), min_size=1, max_size=12)
STYLES = st.sampled_from(("by-team", "by-topic"))
SUMMARY = "#recap summary 1 Why it was discussed.\\nWhat came out:\\n- this\\n- and that\\nIt was late."


def played(log: list[str], style: str, *, by_hand: bool) -> Rehearsal:
    stage = nova("#topic Reviews", "#info Something comes first", *log, style=style)
    if by_hand:
        stage.say("okoye", SUMMARY)
        stage.say("okoye", "#recap intro We met.\\nIt was good.")
        stage.say("okoye", "#recap note 1 One more\\nand another")
        stage.passes(hours=1)
    return stage


def wrapped(text: str, width: int) -> str:
    """Each line of a text wrapped anew, as some editors do with a whole text."""
    fill = partial(textwrap.fill, width=width, break_long_words=False, break_on_hyphens=False)
    return "\n".join(
        fill(line, subsequent_indent=" " * (len(line) - len(line.lstrip()))) for line in text.split("\n")
    )


def joined(text: str, width: int) -> str:
    """Each paragraph of a text filled, as fmt does."""
    fill = partial(textwrap.fill, width=width, break_long_words=False, break_on_hyphens=False)
    is_kept = re.compile(r"[=-]{3}|\* |\[[0-9]", re.MULTILINE)
    return "\n\n".join(
        one if is_kept.search(one) else fill(" ".join(one.split())) for one in text.split("\n\n")
    )


def broken(text: str) -> str:
    """A quoted text as a mail program breaks it that wraps what was quoted before."""
    lines = (
        textwrap.wrap(line, 70, break_long_words=False, break_on_hyphens=False) or [""]
        for line in quoted(text).split("\n")
    )
    return "\n".join(line for own in lines for line in own)


def in_a_pad(text: str) -> str:
    """A text as a pad exports it."""
    return text.replace("\n* ", "\n\t* ").replace("\n  - ", "\n\t\t* ")


def without_numbers(text: str) -> str:
    """The list's copy."""
    return re.sub(r"\s*\(#[0-9]+(?:,\s#[0-9]+)*\)", "", text)


def typeset(text: str) -> str:
    """A text after a program made its quotes and blanks nicer."""
    return (
        text.replace("'", "\u2019").replace(" a ", "\u00a0a ").replace("\n", " \r\n").replace("-\u200b", "-")
    )


@settings(max_examples=60, phases=(Phase.explicit, Phase.generate))
@given(LOGS, STYLES, st.booleans(), st.integers(40, 100))
def test_an_unchanged_text_proposes_nothing(log: list[str], style: str, by_hand: bool, width: int) -> None:  # noqa: FBT001 - drawn
    stage = played(log, style, by_hand=by_hand)
    known, text = known_of(stage), draft_of(stage)
    attribution = "On 2027-10-19 13:21, Gatherbot <bot@lists.example.org> wrote:\n\n"
    for say in (str, typeset, in_a_pad, partial(wrapped, width=width)):
        assert compared(known, say(text)) == NOTHING, say
    for reply in (
        quoted(text),
        quoted(quoted(text)),
        quoted(text, ">"),
        quoted(wrapped(text, width)),
        broken(text),
    ):
        assert compared(known, f"{attribution}{reply}\n-- \nOkoye\n", is_reply=True) == NOTHING


@settings(max_examples=60, phases=(Phase.explicit, Phase.generate))
@given(LOGS, STYLES, st.data())
def test_one_changed_word_changes_one_record(log: list[str], style: str, data: st.DataObject) -> None:
    stage = played(log, style, by_hand=False)
    known = known_of(stage)
    places = [piece for piece in known.pieces if piece.role == "record" and letters_of(piece.said)]
    piece = data.draw(st.sampled_from(places))
    said = piece.said.split()
    at = data.draw(st.sampled_from([n for n, word in enumerate(said) if letters_of(word)]))
    now = " ".join([*said[:at], "elsewhere", *said[at + 1 :]])
    mended = laid_out(known, {piece.n: piece.before + now + piece.after}, piece.unit)
    found = compared(known, mended)
    changes = tuple(replace(change, text=with_letters(change.text)) for change in found.changes)
    assert replace(found, changes=changes) == Comparison(
        (Change(piece.word, with_letters(now), piece.n, piece.place),)
    )


def with_letters(text: str) -> str:
    """The words of a text without dashes between them; these may go with a word that was changed."""
    return " ".join(word for word in text.split() if letters_of(word))


def laid_out(known: KnownText, changed: dict[int, str], unit: int) -> str:
    """The recap's pieces as a text, some of them with other words."""
    lines = []
    for piece in known.pieces:
        text = changed.get(piece.n, "") if piece.role == "record" and piece.unit == unit else ""
        mark = {"bullet": "* ", "point": "  - "}.get(piece.traced.form, "")
        lines += [f"{mark}{text or piece.text}", *(["===="] if piece.role == "heading" else []), ""]
    return "\n".join(lines)
