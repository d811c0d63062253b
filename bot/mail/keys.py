"""The secrets of the keys in a letter: made when it is delivered, and found nowhere but in the mail.

A secret has only letters and digits that survive a mail server that changes their case, and is found again in any text.
"""

import re
import secrets
from base64 import b32encode
from collections.abc import Collection, Mapping

from msgspec.structs import replace

from bot.core.effects import Letter
from bot.core.state.holders import SECRET_LENGTH

BYTES = 16
# may end with a secret; in links, %2F may stand before it
RUN = re.compile(rf"[A-Za-z2-7]{{{SECRET_LENGTH},}}")
MASK = "(key)"


def new_secret() -> str:
    """A new secret, in lower case."""
    return b32encode(secrets.token_bytes(BYTES)).decode().rstrip("=").lower()


def masked(text: str) -> str:
    """`text` for a log, without anything that may be a secret."""
    return RUN.sub(MASK, text)


def holder_of(letter: Letter, lists: Collection[str]) -> str:
    """The address that gets the keys of a letter. Raises ValueError unless it is a single one, and none of `lists` (folded)."""
    if len(set(letter.to)) != 1:
        raise ValueError("a mail with a key must go to a single address")
    if letter.to[0].casefold() in lists:
        raise ValueError("a mail with a key can't go to a mailing list")
    return letter.to[0]


def with_secrets(letter: Letter, made: Mapping[str, str]) -> Letter:
    """The letter with secrets instead of their marks: in its text the first of each, so that nobody's words show one."""
    body, html, reply_to = letter.body, letter.html, letter.reply_to
    for mark, secret in made.items():
        body, html = body.replace(mark, secret, 1), html.replace(mark, secret, 1)
        reply_to = reply_to.replace(mark, secret)
    return replace(letter, body=body, html=html, reply_to=reply_to)
