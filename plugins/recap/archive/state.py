"""What is known of each letter in the archive of its list, folded from its facts."""

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from bot.api import Entry, Folding, Rules
from plugins.recap.archive.facts import LetterHeld, LetterSeen, SearchEnded, Why
from plugins.recap.lifecycle.state import RecapState


class Trail(Struct, frozen=True):
    """What is known of a letter.

    url:     where the archive shows it; empty as long as it does not
    is_held: whether the list held it when it was last asked for
    why:     why the bot stopped looking; empty as long as it looks
    """

    url: str = ""
    is_held: bool = False
    why: Why | None = None

    @property
    def is_open(self) -> bool:
        """Whether the bot still looks for the letter."""
        return not self.url and self.why is None


RULES: Rules[Mapping[str, Trail]] = Rules()
NO_TRAILS: Mapping[str, Trail] = {}
TRAILS: Folding[Mapping[str, Trail]] = Folding(NO_TRAILS, RULES)
NEW = Trail()


@RULES.on(LetterSeen)
def _seen(trails: Mapping[str, Trail], _: Entry, fact: LetterSeen) -> Mapping[str, Trail]:
    return {**trails, fact.letter: Trail(url=fact.url)}


@RULES.on(LetterHeld)
def _held(trails: Mapping[str, Trail], _: Entry, fact: LetterHeld) -> Mapping[str, Trail]:
    return {**trails, fact.letter: Trail(is_held=True)}


@RULES.on(SearchEnded)
def _ended(trails: Mapping[str, Trail], _: Entry, fact: SearchEnded) -> Mapping[str, Trail]:
    return {**trails, fact.letter: Trail(is_held=fact.why == "held", why=fact.why)}


def url_of(entries: Sequence[Entry], recap_state: RecapState) -> str:
    """Return where a recap that went to the list can be read; empty if unknown.

    entries: of the track's stream
    """
    if recap_state.posted is not None:
        return recap_state.posted.url
    sent = recap_state.sent
    return TRAILS.of_stream(entries).get(sent.message_id, NEW).url if sent is not None else ""


def is_held(entries: Sequence[Entry], recap_state: RecapState) -> bool:
    """Whether the list holds a recap for its moderators, as far as is known."""
    sent = recap_state.sent
    return sent is not None and TRAILS.of_stream(entries).get(sent.message_id, NEW).is_held


def correction_urls(entries: Sequence[Entry], recap_state: RecapState) -> Iterator[tuple[int, str]]:
    """Yield the number of each correction that the archive shows, and its address."""
    trails = TRAILS.of_stream(entries)
    for correction in recap_state.corrections:
        if url := trails.get(correction.message_id, NEW).url:
            yield correction.number, url
