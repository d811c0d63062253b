"""What changed between two versions of a recap: in the head of a new draft, and in the replies after it was sent.

If a session is missing in the sent recap, the reply contains the whole recap again.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice, pairwise

from msgspec import Struct
from msgspec.structs import replace

from bot.api import Entry, Session
from bot.api.facts import MessageRedacted
from bot.api.recap import AnyBlock, Bullets, Link, Part, fold
from bot.api.words import in_a_row
from plugins.recap.layout import words
from plugins.recap.layout.sheet import Notice, Recap, correction_of, recap
from plugins.recap.lifecycle.content_changes import CONTENT
from plugins.recap.lifecycle.state import RecapState
from plugins.recap.lifecycle.versions import Version

Titles = Mapping[tuple[str, str | None], str]


class _Snapshot(Struct, frozen=True):
    """A record in a version of the recap: what it is called, its text, and its topic, team and subtopic in words."""

    name: str
    text: str
    where: str


def correction(
    part: Part,
    given: Sequence[AnyBlock],
    recap_state: RecapState,
    *,
    notice: Notice | None = None,
    drop_marks: bool = False,
) -> Recap:
    """Write the reply; its body is empty if nothing changed.

    notice, drop_marks: as in `recap`
    """
    known = recap_state.published
    if any(session.records and session.id not in known for session in part.sessions):
        return recap(part, given, notice=notice, drop_marks=drop_marks, addition=True)
    return correction_of(part, since(part, recap_state.history[-1:]), notice)


def since(part: Part, versions: Sequence[Version], *, redacted: bool = False) -> list[Bullets]:
    """List what changed in a part since the last of these versions; without one, nothing is listed.

    redacted: whether later redactions count for that version too
    """
    if not versions:
        return []
    version = versions[-1]
    known = [session for session in part.sessions if session.id in version.covered]
    before = [as_sent(session, version.covered[session.id], redacted=redacted) for session in known]
    now = Version({}, part.intro, part.links)
    return [*changes(part, before, part.sessions), *_of_the_front(version, now)]


def earlier_corrections(part: Part, recap_state: RecapState) -> Iterator[Recap]:
    """Write the earlier corrections again without redacted text; one that resent the whole recap becomes empty."""
    for version, (was, now) in zip(recap_state.corrections, pairwise(recap_state.history), strict=False):
        before = [as_sent(s, was.covered[s.id]) for s in part.sessions if s.id in was.covered]
        after = [as_sent(s, now.covered[s.id]) for s in part.sessions if s.id in was.covered]
        same = was.covered.keys() == now.covered.keys()
        found = [*changes(part, before, after), *_of_the_front(was, now)] if same else []
        yield correction_of(part, found, Notice() if version.draft else None)


def as_sent(session: Session, covered: int, *, redacted: bool = False) -> Session:
    """Return the session after its first `covered` changes of content.

    redacted: whether later redactions apply too, with what they restored
    """
    entries = list(session.entries)
    included = entries[: _length(entries, covered)]
    if redacted:
        later = entries[len(included) :]
        causes = {entry.cause for entry in later if isinstance(entry.fact, MessageRedacted)}
        causes |= {entry.cause for entry in included}
        included += [entry for entry in later if entry.cause in causes]
    return fold(included)


def _length(entries: Sequence[Entry], covered: int) -> int:
    """Return the number of entries before the change of content after the first `covered` ones."""
    changed = (n for n, entry in enumerate(entries) if isinstance(entry.fact, CONTENT))
    return next(islice(changed, covered, None), len(entries))


def changes(part: Part, before: Sequence[Session], after: Sequence[Session]) -> list[Bullets]:
    """List the changes between two versions of the sessions, each with its kind, number and place."""
    titles = _titles(after)
    numbers = {topic.title.casefold(): topic.n for topic in part.topics}
    old, new = _snapshots(before, _titles(before) | titles, numbers), _snapshots(after, titles, numbers)
    kept = [(old[n], snapshot) for n, snapshot in new.items() if n in old]
    return _lists(
        {
            words.CHANGED: [
                words.change(now.name, now.where, words.was(now.text, was.text))
                for was, now in kept
                if now.text and was.text != now.text
            ],
            words.RETITLED: [
                words.retitled(numbers.get(now.casefold(), 0), now, was)
                for was, now in _retitled(before, after)
            ],
            words.MOVED: [
                words.change(now.name, now.where, words.was_elsewhere(now.text, was.where))
                for was, now in kept
                if was.where != now.where
            ],
            words.ADDED: [
                words.change(now.name, now.where, now.text)
                for n, now in new.items()
                if n not in old and now.text
            ],
            words.TAKEN_OUT: [
                words.change(was.name, was.where, was.text) for n, was in old.items() if n not in new
            ],
        }
    )


def _of_the_front(was: Version, now: Version) -> list[Bullets]:
    """List what people changed before the first topic: the introduction, and links that were added."""
    known = {link.url for link in was.links}
    added = [link for link in now.links if link.url not in known]
    intro = [in_a_row(now.intro)] if now.intro != was.intro else []
    return _lists({words.INTRODUCTION: intro if any(intro) else [], words.ADDED_LINKS: _links(added)})


def _links(links: Iterable[Link]) -> list[str]:
    return [f"{link.title}: {link.url}" if link.title else link.url for link in links]


def _lists(lists: Mapping[str, Sequence[str]]) -> list[Bullets]:
    return [Bullets(heading=heading, items=tuple(items)) for heading, items in lists.items() if items]


def _titles(sessions: Sequence[Session]) -> dict[tuple[str, str | None], str]:
    return {(session.id, topic.id): topic.title for session in sessions for topic in session.topics}


def _snapshots(
    sessions: Sequence[Session], titles: Titles, numbers: Mapping[str, int]
) -> dict[int, _Snapshot]:
    """Return the records by number, with the newest topic titles, so that a new title does not count as a move."""
    found: dict[int, _Snapshot] = {}
    for session in sessions:
        for record in session.records:
            topic = numbers.get(titles.get((session.id, record.topic), "").casefold(), 0)
            where = words.place(topic, record.team, record.subtopic)
            found[record.n] = _Snapshot(words.called(record.kind, record.n), in_a_row(record.text), where)
    return found


def _retitled(before: Sequence[Session], after: Sequence[Session]) -> Iterator[tuple[str, str]]:
    """Yield the old and the new title of each renamed topic."""
    new = _titles(after)
    for topic, was in _titles(before).items():
        if new.get(topic, was) != was:
            yield was, new[topic]


def shortened_to(lists: Sequence[Bullets], most: int) -> list[Bullets]:
    """Return the first `most` changes; the last line says how many more there are."""
    left, found = most, []
    for block in lists:
        if left > 0:
            found.append(replace(block, items=block.items[:left]))
        left -= len(block.items)
    if left < 0 and found:
        more = words.and_more(-left)
        found[-1] = replace(found[-1], items=(*found[-1].items, more))
    return found
