"""Replies as bridges write them on IRC: a quotation of what is answered, and then the answer.

- matrix-appservice-irc: `<dan> "the start of it..." <- the answer`, in earlier releases `<dan "the start of it..."> the answer`
  (https://github.com/matrix-org/matrix-appservice-irc, config.sample.yaml: `longReplyTemplate`)
- matterbridge: `the answer (re @dan: the whole of it)` for people on Telegram
  (https://github.com/42wim/matterbridge, bridge/telegram/handlers.go: `QuoteFormat`)

Its short form, `dan: the answer`, is no quotation: people write so to each other.
"""

import re

from bot.core.words.text import clean

QUOTING = re.compile(r'\s*<[^<>"\s]{1,64}(?: "[^"]{0,300}">|> "[^"]{0,300}" <-)\s*(\S.*)', re.DOTALL)
QUOTED_AFTER = re.compile(r" \(re @[^\s:]{1,64}: ")
NAMED_WITH_QUOTE = re.compile(r'([^"\s]{1,64}) "[^"]{0,300}"')


def without_quotation(text: str) -> str:
    """The answer in a reply over a bridge; any other text as it is."""
    if "<" not in text or '"' not in text:
        return text
    found = QUOTING.fullmatch(text)
    return found[1] if found is not None else text


def without_quotation_after(text: str) -> str:
    """The answer of a reply that ends with what it answers; for the lines of relays only."""
    if not text.endswith(")"):
        return text
    found = QUOTED_AFTER.search(text)
    return text[: found.start()] if found is not None and found.start() else text


def quoting_name(name: str) -> str:
    """The name before a quotation, as a relay writes it: `clara "the start of it..."` is clara."""
    found = NAMED_WITH_QUOTE.fullmatch(clean(name).strip())
    return found[1] if found is not None else name
