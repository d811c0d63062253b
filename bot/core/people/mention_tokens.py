"""Mentions that the network marks, replaced by tokens of one character, so that any words may name a person."""

import re
from collections.abc import Mapping, Sequence

from bot.core.people.identity import Identity
from bot.core.words.text import clean

Mentions = Sequence[tuple[str, Identity]]

FIRST_TOKEN = 0xF0000  # in a private-use plane of Unicode that nobody types; a token replaces a mention
LAST_TOKEN = FIRST_TOKEN + 200


def masked(text: str, mentions: Mentions) -> tuple[str, dict[str, tuple[str, Identity]]]:
    """Replace each mention in `text` by a token of one character; returns the text and the tokens' words and people.

    Mentions whose words are not in the text are ignored.
    """
    tokens: dict[str, tuple[str, Identity]] = {}
    if not mentions:
        return text, tokens
    free = (chr(code) for code in range(FIRST_TOKEN, LAST_TOKEN) if chr(code) not in text)
    for words, person in sorted(mentions, key=lambda mention: -len(mention[0])):
        cleaned = clean(words).strip().removeprefix("@")
        typed = cleaned and not any(map(is_token, cleaned))
        found = re.search(rf"(?<!\w)@?{re.escape(cleaned)}(?!\w)", text) if typed else None
        token = next(free, None) if found else None
        if found is None or token is None:
            continue
        text = f"{text[: found.start()]}{token}{text[found.end() :]}"
        tokens[token] = (found[0], person)
    return text, tokens


def is_token(letter: str) -> bool:
    """Whether a character is a token of `masked`."""
    return FIRST_TOKEN <= ord(letter) < LAST_TOKEN


def unmasked(text: str, tokens: Mapping[str, tuple[str, Identity]]) -> str:
    """Put back the words that `masked` replaced."""
    for token, (words, _) in tokens.items():
        text = text.replace(token, words)
    return text
