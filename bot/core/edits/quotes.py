"""Other facts that repeat the words of a message: corrections by others, and later versions of the message."""

from collections.abc import Collection, Iterator, Sequence

from bot.core.facts import Content, Recorded, Revised
from bot.core.session.redacted_text import is_of
from bot.core.session.session import Session


def mended_since(session: Session, messages: Collection[str], own: Collection[str]) -> tuple[str, ...]:
    """The causes of later corrections that may repeat words of these messages, and of records that have their words.

    own: other versions of the same message, which are handled separately
    """
    found: dict[str, None] = {}
    concerned: set[int] = set()
    for entry in session.entries:
        fact = entry.fact
        if not isinstance(fact, Recorded | Revised):
            continue
        if any(is_of(entry.cause, message) for message in messages):
            concerned.add(fact.n)
        elif _has_words_of(fact, messages):
            concerned.add(fact.n)
            found[entry.cause] = None
        elif isinstance(fact, Recorded) or fact.whole or any(is_of(entry.cause, version) for version in own):
            concerned.discard(fact.n)
        elif fact.n in concerned:
            found[entry.cause] = None
    return tuple(found)


def _has_words_of(fact: Recorded | Revised, messages: Collection[str]) -> bool:
    """Whether somebody made one of these messages this record."""
    origin = fact.origin if isinstance(fact, Recorded) else None
    return origin is not None and any(is_of(origin.message, message) for message in messages)


def restated(session: Session, target: str, edit: str, valid: Sequence[str]) -> Iterator[tuple[str, Revised]]:
    """Facts that restate words for later versions of a message, because the edit that said them first loses its text.

    Yields the cause and the content of the record for each version that changes it.

    valid: ids of the valid edits, oldest first
    """
    later = valid[valid.index(edit) + 1 :]
    for n in dict.fromkeys(n for n, _, cause in _settings(session) if is_of(cause, edit)):
        known = (target, *valid[: valid.index(edit) + 1])
        again: Content | None = None
        for version in later:
            known = (*known, version)
            content, cause = _said_by(session, n, known)
            if content != again and (again is not None or is_of(cause, edit)):
                again = content
                yield f"{version}/kept", Revised(n, content)
        item = session.record(n)
        if (
            again is not None and item is not None and item.content != again
        ):  # somebody else corrected it since
            yield f"{later[-1]}/kept", Revised(n, item.content)


def _settings(session: Session) -> Iterator[tuple[int, Content, str]]:
    """(number, content, cause) of each text that a record got, in order."""
    for entry in session.live():
        fact = entry.fact
        if isinstance(fact, Recorded | Revised):
            yield fact.n, fact.content, entry.cause


def _said_by(session: Session, n: int, versions: Collection[str]) -> tuple[Content, str]:
    """The last content of a record that comes from these versions of a message, and its cause."""
    said = [
        (content, cause)
        for number, content, cause in _settings(session)
        if number == n and any(is_of(cause, version) for version in versions)
    ]
    return said[-1]
