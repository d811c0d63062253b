from datetime import timedelta

import pytest

from bot.core.words.sentences import minutes_in_words


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (timedelta(seconds=59), "less than a minute"),
        (timedelta(minutes=1), "1 minute"),
        (timedelta(hours=1), "1 hour"),
        (timedelta(hours=2, minutes=5, seconds=59), "2 hours 5 minutes"),
        (timedelta(seconds=-61), "less than a minute"),  # a clock was put back
    ],
)
def test_minutes_in_words(span: timedelta, words: str) -> None:
    assert minutes_in_words(span) == words
