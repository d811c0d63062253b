"""Commands about a track: `#nova now text`, with the name of the track before the word."""

import re
from collections.abc import Mapping

from bot.core.words.grammar import WIDE_COLON, WIDE_PREFIXES, Spoken, Vocabulary, address

TRACK_COMMAND = "TRACK "  # begins the words of these commands, which thus may also be words of other commands
ABOUT = re.compile(
    rf"[^\W_][\w.+-]{{0,63}}(?=[\s:{WIDE_COLON}])[:{WIDE_COLON}]?\s+([A-Za-z]{{1,30}})(?=\s|$)", re.ASCII
)


def words_after_a_prefix(words: Vocabulary) -> frozenset[str]:
    """The words that mean something by themselves after a prefix, and so cannot name a track there."""
    return frozenset((*words.words, *words.alone, *words.synonyms))


def read_track_command(
    text: str, words: Vocabulary, names: tuple[str, ...] = (), *, addressed: bool
) -> Spoken | None:
    """The command about a track in a cleaned line; None if it is something else.

    names:     the bot's names in this room
    addressed: the line is known to address the bot (in private, by a mention), so that the prefix may be left out
    """
    if not words.about_tracks:
        return None
    said = text.strip()
    prefixed = WIDE_PREFIXES.get(said[:1], said[:1]) in words.prefixes
    called = address(names).match(said) if names and not prefixed else None
    if called is not None:
        return read_track_command(called[1], words, addressed=True)
    if not (prefixed or addressed):
        return None
    return _read(said[1:] if prefixed else said, words.about_tracks)


def _read(said: str, known: Mapping[str, str]) -> Spoken | None:
    found = ABOUT.match(said)
    word = known.get(found[1].lower()) if found is not None else None
    if found is None or word is None:
        return None
    name = said[: found.start(1)].strip().rstrip(f":{WIDE_COLON}")
    return Spoken(word, said[found.end() :].strip(), known=True, about=name)
