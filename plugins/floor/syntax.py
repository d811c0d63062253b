"""Parsers for the arguments of q+, q- and ack: people and notes.

An unknown name that stands alone or in a list may be somebody on the call; before a note it is part of the note.
"""

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from bot.api import Ask, Identity, InputProblem
from bot.api.people import Named, casefold, plain_name
from plugins.floor import phrases
from plugins.floor.state import Floor, QueueEntry

LONGEST_NOTE = 200
LATER = "later"
SELF = frozenset({"me", "i", "myself"})
NOTE = re.compile(r"(?:to|:)\s+(?P<note>\S.*)|(?P<about>about\s+\S.*)", re.IGNORECASE | re.DOTALL)
# blanks are only tried from the first of a run, so that a long run takes linear time
BETWEEN = re.compile(r":\s+|(?<!\s)\s++(?:to\s+|(?=about\s))", re.IGNORECASE)
ALSO = re.compile(
    r"(?:(?P<whom>.*?\S)\s+)?(?:also|later)(?P<note>\s+(?:to|about)\s+\S.*|\s*:\s+\S.*)",
    re.IGNORECASE | re.DOTALL,
)
SEEN = "sees"  # /me sees rosa raise hand
HANDS = re.compile(
    r"(?P<names>\S.*?)(?:'s hands?(?: (?P<where>up|down))?| (?P<what>raise|lower) hands?)", re.IGNORECASE
)
COMMAS = re.compile(r"(?:(?<!\s)\s++)?[,;]\s*(?:and\s+)?|(?<!\s)\s++and\s+", re.IGNORECASE)
NICK = re.compile(r"@?[^\W\d_][^\s,;:!?()\"]*|[@_`^{}|\\\[][^\s,;:!?()\"]+")


class SpeakRequest(Struct, frozen=True):
    """The people who want to speak, empty for the speaker, and their note.

    unknown: names that nobody in the room has
    """

    people: tuple[Identity, ...] = ()
    note: str = ""
    unknown: tuple[str, ...] = ()


class Seen(Struct, frozen=True):
    """People whose hands were seen going up or down."""

    names: str
    up: bool


def read_seen(text: str) -> Seen | None:
    """Read `rosa raise hand` or `rosa's hand down`; None for anything else."""
    found = HANDS.fullmatch(text.replace("\u2019", "'").strip().rstrip(".!"))
    if found is None:
        return None
    return Seen(found["names"], "down" not in (found["where"] or "") and found["what"] != "lower")


def read_wish(ask: Ask) -> SpeakRequest | InputProblem:
    """Read the argument of q+: names, `to NOTE`, names `to NOTE`, or just a note."""
    also = ALSO.fullmatch(ask.rest)
    rest = f"{also['whom'] or ''} {also['note'].strip()}".strip() if also else ask.rest
    if not rest or rest.lower() in {LATER, *SELF}:
        return SpeakRequest()
    only = NOTE.fullmatch(rest)
    if only is not None:
        return _noted((), only["note"] or only["about"])
    whom, *note = BETWEEN.split(rest, maxsplit=1)
    named = read_people(ask, whom)
    if isinstance(named, InputProblem):
        return named
    known = bool(named) and all(mention.person is not None for mention in named)
    if note:
        return _noted(named, note[0].strip()) if known else _noted((), rest)
    return _of(ask, named) if known or is_list(rest) else _noted((), rest)


def _noted(named: Sequence[Named], note: str) -> SpeakRequest | InputProblem:
    if len(note) > LONGEST_NOTE:
        return InputProblem(phrases.NOTE_TOO_LONG(most=LONGEST_NOTE, length=len(note)))
    return SpeakRequest(
        tuple(mention.person for mention in named if mention.person is not None), " ".join(note.split())
    )


def _of(ask: Ask, named: Sequence[Named]) -> SpeakRequest:
    unknown = tuple(mention.name for mention in named if mention.person is None)
    return SpeakRequest(tuple(ask.identity_of(mention) for mention in named), unknown=unknown)


def read_people(ask: Ask, text: str) -> list[Named] | InputProblem:
    """Read a list of people; `me` is the speaker. A name shared by several people is a problem."""
    read = ask.directory.read(text)
    if not all(mention.bearers for mention in read):
        read = ask.directory.read(text.rstrip(" .!"))  # punctuation belongs only to known names
    named = [
        Named(ask.speaker.name, (ask.speaker,))
        if not mention.bearers and mention.name.lower() in SELF
        else mention
        for mention in read
    ]
    unclear = next((mention for mention in named if len(mention.bearers) > 1), None)
    if unclear is not None:
        keys = [bearer.key for bearer in unclear.bearers]
        return InputProblem(phrases.SEVERAL(name=unclear.name, people=keys[: phrases.SOME]))
    return named


def is_list(text: str) -> bool:
    """Whether the text looks like a list of names: a word, or several separated by commas."""
    return all(NICK.fullmatch(item.strip()) for item in COMMAS.split(text.rstrip(",;")))


def called(ask: Ask, floor: Floor, typed: str, *, short: bool = True) -> list[QueueEntry]:
    """Find places by the whole name, else by a known person with it, else by the beginning of a name.

    short: whether the beginning of a name is enough
    """
    wanted = casefold(typed.lstrip("@").rstrip(",:;.!"))
    if not wanted:
        return []
    exact = [place for place in floor.places if wanted in _names(place)]
    if exact:
        return exact
    known = ask.directory.read(typed)
    if len(known) == 1 and known[0].bearers:
        keys = {ask.state.person_of(bearer, ask.session) for bearer in known[0].bearers}
        return [place for place in floor.places if ask.state.person_of(place.person, ask.session) in keys]
    begins = [place for place in floor.places if any(name.startswith(wanted) for name in _names(place))]
    return begins if short else []


def _names(place: QueueEntry) -> set[str]:
    return {name for identity in place.identities for name in _names_of(identity)}


def _names_of(identity: Identity) -> Iterator[str]:
    for name in (identity.name, plain_name(identity.name), identity.key):
        yield casefold(name)
    if identity.key.startswith("@"):
        yield casefold(identity.key[1:])
