"""Words: cleaning, reading and listing text."""

from bot.core.plugin.synonyms import Synonyms
from bot.core.words.bullets import (
    above_points,
    in_a_row,
    points_below,
    points_of,
    sentence_of,
    with_points,
    words_of,
)
from bot.core.words.durations import duration
from bot.core.words.emoji import plain_emoji
from bot.core.words.grammar import is_off_the_record, spellings
from bot.core.words.packed_lists import packed
from bot.core.words.paragraphs import paragraphs_of
from bot.core.words.sentences import (
    day_in_words,
    in_words,
    listed_some,
    minutes_in_words,
    month_in_words,
    short_length,
    zone_name,
)
from bot.core.words.text import BOLD, LONGEST_TITLE, clean, letter_change, near_miss
from bot.core.words.track_commands import words_after_a_prefix

__all__ = [
    "BOLD", "LONGEST_TITLE", "Synonyms", "above_points", "clean", "day_in_words", "duration", "in_a_row", "in_words",
    "is_off_the_record", "letter_change", "listed_some", "minutes_in_words", "month_in_words", "near_miss", "packed", "paragraphs_of", "plain_emoji", "points_below", "points_of",
    "sentence_of", "short_length", "spellings", "with_points", "words_after_a_prefix", "words_of", "zone_name",
]  # fmt: skip
