"""The etherpad of a track: what people said on the board counts before the configuration."""

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from bot.api import Entry, Folding, Rules, Setup, Track
from bot.api.facts import EtherpadSet
from plugins.recap.settings import RecapTrack

RULES: Rules[Mapping[str, str]] = Rules()
NO_PADS: Mapping[str, str] = {}
PADS: Folding[Mapping[str, str]] = Folding(NO_PADS, RULES)


@RULES.on(EtherpadSet)
def _set(pads: Mapping[str, str], _: Entry, fact: EtherpadSet) -> Mapping[str, str]:
    return {**pads, fact.gathering: fact.url}


def with_pad(track: Track, entries: Sequence[Entry], setup: Setup) -> Track:
    """Return the track with the etherpad that people named for this gathering, if they did.

    entries: of the track's stream
    """
    pad = PADS.of_stream(entries).get(setup.gathering.slug, "")
    if not pad:
        return track
    own = track.of(RecapTrack).model_copy(update={"etherpad": pad})
    return replace(track, models={**track.models, RecapTrack: own})
