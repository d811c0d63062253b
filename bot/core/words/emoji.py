"""Emoji as people react with them."""

import re

LOOKS = re.compile("[\ufe0e\ufe0f\U0001f3fb-\U0001f3ff]")  # variation selectors and skin tones


def plain_emoji(emoji: str) -> str:
    """An emoji without skin tone and variation selector, for comparisons."""
    return LOOKS.sub("", emoji)
