"""The texts of `#recap edit`, and of the review page."""

from bot.api import Phrase, shortened
from bot.api.words import in_a_row

EDITED = Phrase('#{n} {kind} is now "{text}"[, for {owners}]; #recap undo brings the earlier text back')
NOW_WITHOUT_OWNER = Phrase(
    '#{n} {kind} is now "{text}", and nobody\'s: it named an owner before; #recap undo brings the earlier text back'
)
SAYS_THAT_ALREADY = Phrase("#{n} says that already")


def quoted(text: str) -> str:
    """Return the beginning of a text, on one line."""
    return shortened(in_a_row(text), 120)
