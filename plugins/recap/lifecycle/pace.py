"""How often a track's mail goes out without the word of a maintainer or a moderator.

The limits hold for a track, because one person can have records in all its parts and speak under many names.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from msgspec import Struct

from bot.api import Entry
from plugins.recap.lifecycle.facts import MAILED, RecapMade
from plugins.recap.lifecycle.state import RecapState

DAY = timedelta(days=1)
LEAST_GAP = timedelta(minutes=5)
DRAFTS_A_DAY = 8  # parts of a track whose drafts are mailed in a day; more than any schedule has


class Pace(Struct, frozen=True):
    """When the mail of a track last went out.

    settle:      the time between a change and the mail about it
    revised_at:  when revised drafts were made, oldest first
    proposed_at: when a correction last went to the maintainers
    corrected_at: when a correction last went to the list
    """

    settle: timedelta
    revised_at: tuple[datetime, ...]
    proposed_at: datetime | None
    corrected_at: datetime | None

    def revised(self, changed: datetime) -> datetime:
        """Return when a changed draft is made again: each revised draft of a day doubles the time to the next one."""
        if not self.revised_at:
            return changed + self.settle
        last = self.revised_at[-1]
        of_day = sum(at > last - DAY for at in self.revised_at)
        gap = max(self.settle, LEAST_GAP) * 2.0 ** (of_day - 1)
        return max(changed + self.settle, last + min(gap, DAY))

    def proposed(self, changed: datetime) -> datetime:
        """Return when the maintainers get a changed correction: at most one a day."""
        return _a_day_later(self.proposed_at, changed + self.settle)

    def corrected(self, changed: datetime) -> datetime:
        """Return when the list gets a correction that nobody reviewed: at most one a day."""
        return _a_day_later(self.corrected_at, changed + self.settle)


def pace(settle: timedelta, entries: Iterable[Entry], recap_states: Iterable[RecapState]) -> Pace:
    """Return the pace of a track from the entries of its stream and the state of its recaps."""
    known = list(recap_states)
    revised = [e.at for e in entries if isinstance(e.fact, RecapMade) and e.fact.revision > 1]
    return Pace(
        settle,
        tuple(revised),
        max((each.proposed_at for each in known if each.proposed_at is not None), default=None),
        max((each.corrected_at for each in known if each.corrected_at is not None), default=None),
    )


def is_revised(recap_state: RecapState) -> bool:
    """Whether the next draft is a revised one: an earlier one was mailed."""
    return recap_state.made is not None and recap_state.made.goes not in {"nothing", "nowhere"}


def are_over(recap_states: Mapping[str, RecapState], part: str, begun: datetime) -> bool:
    """Whether the track already mailed as many first drafts in the day before `begun` as people may cause."""
    others = [each.made for key, each in recap_states.items() if key != part and each.made is not None]
    mailed = [made for made in others if made.goes in {"list", *MAILED}]
    return sum(begun - DAY < made.started <= begun for made in mailed) >= DRAFTS_A_DAY


def _a_day_later(last: datetime | None, settled: datetime) -> datetime:
    return settled if last is None else max(settled, last + DAY)
