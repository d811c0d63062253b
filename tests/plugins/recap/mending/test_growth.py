"""A mended text takes time in proportion to its length, whatever it holds."""

from plugins.recap.mending.reading import compared
from tests.growth import MOST, UNITS, filled, growth, slowest
from tests.plugins.recap.mending.drafts import example, known_of

LINES = ("* the\n", "> x\n", ">> a\nb\n\n", "AGREED: it\n", "x (#21)\n\n", "Docs\n----\n")
FIRST, LARGE = 1_500, 12_000
MOST_MEASURED = 2


def test_a_mended_text_takes_linear_time() -> None:
    known = known_of(example())

    def act(text: str) -> object:
        return compared(known, text)

    for unit in slowest(lambda unit: act(filled(unit, FIRST)), iter((*UNITS, *LINES)), MOST_MEASURED):
        assert growth(act, filled(unit, LARGE // 2), filled(unit, LARGE)) <= MOST, unit
