"""A mended text takes time in proportion to its length, whatever it holds."""

from plugins.recap.mending.facts import Mending, MendingProposed
from plugins.recap.mending.known_text import KnownText
from plugins.recap.mending.proposals import Proposal, by_topic, digest_of_text
from plugins.recap.mending.text_comparison import compared
from tests.growth import MOST, UNITS, filled, growth, slowest
from tests.plugins.recap.mending.drafts import draft_of, example, known_of, nova

LINES = ("* the\n", "> x\n", ">> a\nb\n\n", "AGREED: it\n", "x (#21)\n\n", "Docs\n----\n")
FIRST, LARGE = 1_500, 12_000
MOST_MEASURED = 2


def test_a_mended_text_takes_linear_time() -> None:
    known = known_of(example())

    def act(text: str) -> object:
        return compared(known, text)

    for unit in slowest(lambda unit: act(filled(unit, FIRST)), iter((*UNITS, *LINES)), MOST_MEASURED):
        assert growth(act, filled(unit, LARGE // 2), filled(unit, LARGE)) <= MOST, unit


def long_draft(records: int) -> tuple[KnownText, str]:
    """A recap with many records that begin alike, and its draft."""
    stage = nova("#topic Cells", *(f"#info The cells of site {n} stay" for n in range(records)))
    return known_of(stage), draft_of(stage)


def test_a_long_recap_takes_linear_time() -> None:
    small, large = long_draft(200), long_draft(400)

    def act(draft: tuple[KnownText, str]) -> object:
        known, text = draft
        return compared(known, text.replace("stay", "are gone"))

    assert len(act(large).changes) == 400  # type: ignore[attr-defined]
    assert growth(act, small, large) <= MOST


def test_a_long_proposal_is_shown_in_linear_time() -> None:
    def act(draft: tuple[KnownText, str]) -> object:
        part = draft[0].part
        changes = tuple(
            Mending("info", "gone", one.item.n, one.session, was=digest_of_text(one.item.text))
            for one in part.records
        )
        proposed = MendingProposed(part.key, "pad", "", None, changes)
        return by_topic(Proposal(part.now, proposed), part, "")

    assert growth(act, long_draft(200), long_draft(400)) <= MOST
