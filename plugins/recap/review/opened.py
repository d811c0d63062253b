"""What the key of a review page opens: a part's recap, for a maintainer of its track, from the draft on that the key came with."""

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from bot.api import Entry, Identity, Session, Track, track_stream
from bot.api.people import is_maintainer, same_rights
from bot.api.recap import Part, Sources, days_of
from bot.api.web import PrivateView
from plugins.recap import renderings
from plugins.recap.lifecycle.content_changes import added_since
from plugins.recap.lifecycle.courses import Course, known_courses
from plugins.recap.lifecycle.facts import FrontUndone, IntroWritten, RecapLinked, RecapMade
from plugins.recap.lifecycle.state import RecapState, recap_states
from plugins.recap.lifecycle.versions import Version


class OpenedRecap(Struct, frozen=True):
    """A recap that somebody reviews.

    revision: of the draft that the key came with
    entries:  of the track's stream
    holder:   all identities of the maintainer
    """

    track: Track
    course: Course
    revision: int
    entries: Sequence[Entry]
    holder: tuple[Identity, ...]

    @property
    def recap_state(self) -> RecapState:
        """The state of the recap."""
        return self.course.recap_state


def opened_by(view: PrivateView) -> OpenedRecap | None:
    """Return the recap that a view's key opens; None if there is none, or its holder is no maintainer (any more)."""
    slug, _, rest = view.key_argument.partition(" ")
    key, _, revision = rest.rpartition(" ")
    state = view.state
    track = state.setup.track(slug)
    if track is None or not revision.isdecimal() or not is_maintainer(view.holder, track, state.persons):
        return None
    course = next((one for one in known_courses(state, track) if one.plan.key == key), None)
    if course is None or course.recap_state.made is None:
        return None
    if view.sources is not None:
        course = replace(course, sessions=view.sources.sessions)
    entries = state.stream(track_stream(track.slug))
    return OpenedRecap(track, course, int(revision), entries, state.persons.identities_of(view.holder))


def part_of_review(opened: OpenedRecap, sources: Sources) -> Part:
    """Return the part as its recap would be sent now."""
    numbers = renderings.sent_numbers(recap_states(sources.entries, days_of(sources.setup, sources.track)))
    return renderings.part(sources, opened.course.plan, sources.sessions, numbers)


def version_of_draft(opened: OpenedRecap) -> Version | None:
    """Return what the draft of the key was made from; None if that is not known."""
    at = _place_of_draft(opened)
    if at is None:
        return None
    then = recap_states(opened.entries[: at + 1]).get(opened.course.plan.key)
    return then.version(then.covered) if then is not None else None


def _place_of_draft(opened: OpenedRecap) -> int | None:
    for at, entry in enumerate(opened.entries):
        fact = entry.fact
        if (
            isinstance(fact, RecapMade)
            and fact.part == opened.course.plan.key
            and fact.revision == opened.revision
        ):
            return at
    return None


def newer_draft(opened: OpenedRecap) -> int:
    """Return the number of the draft that the holder must look at first; 0 if what changed since this one is all their own."""
    made, recap_state = opened.recap_state.made, opened.recap_state
    if made is None or made.revision <= opened.revision or recap_state.sent is not None:
        return 0
    at = _place_of_draft(opened)
    fact = opened.entries[at].fact if at is not None else None
    covered = dict(fact.covered) if isinstance(fact, RecapMade) else {}
    since = [entry for one in opened.course.sessions for entry in _since(one, covered)]
    since += [entry for entry in opened.entries[(at or 0) + 1 :] if _is_of_front(entry, opened)]
    is_own = all(_is_by(entry.by, opened.holder) for entry in since)
    return 0 if is_own else max(1, len(recap_state.drafts))


def _since(session: Session, covered: dict[str, int]) -> Sequence[Entry]:
    return added_since(session, covered.get(session.id, 0))


def _is_of_front(entry: Entry, opened: OpenedRecap) -> bool:
    fact = entry.fact
    return isinstance(fact, IntroWritten | RecapLinked | FrontUndone) and fact.part == opened.course.plan.key


def _is_by(who: Identity | None, people: Sequence[Identity]) -> bool:
    return who is not None and any(same_rights(who, one) for one in people)
