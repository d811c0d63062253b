"""The letters of a recap: to the list, to its maintainers, and in the thread of a sent one."""

from collections.abc import Iterator, Mapping

from bot.api import Occasion, Track, track_stream
from bot.api.effects import Letter, Mail, Recall
from plugins.recap.lifecycle import destination
from plugins.recap.lifecycle.facts import CorrectionProposed, RecapMade
from plugins.recap.lifecycle.keys import with_keys
from plugins.recap.lifecycle.orders import Written
from plugins.recap.lifecycle.state import RecapState


def to_list(track: Track, numbered: Mapping[str, RecapState], written: Written, identifier: str) -> Letter:
    """Return the letter of the recap, in the thread of the previous parts and sent only after them."""
    key = written.order.plan.key
    before = destination.earlier(numbered, key, written.order.plan.n)
    queued = [one for one in before if one not in destination.by_hand(numbered.values())]
    return Letter(
        id=identifier,
        to=(track.list,),
        subject=written.subject,
        body=written.body,
        stream=track_stream(track.slug),
        references=before,
        after=queued[-1] if queued else "",
        name=f"recap/{track.slug}/{key}",
    )


def correction(track: Track, recap_state: RecapState, number: int, subject: str, body: str) -> Letter:
    """Return the letter of a correction, in the thread of the recap."""
    first = recap_state.sent.message_id if recap_state.sent is not None else ""
    own = recap_state.made.message_id if recap_state.posted and recap_state.made else first
    earlier = [one.message_id for one in recap_state.corrections[: number - 1] if one.message_id]
    return Letter(
        id=destination.numbered_id(own, f"correction-{number}"),
        to=(track.list,),
        subject=subject,
        body=body,
        stream=track_stream(track.slug),
        references=(*([first] if first else []), *earlier),
        after="" if recap_state.posted else first,
        name=f"recap/{track.slug}/{recap_state.part}/correction-{number}",
    )


def drafts(
    occasion: Occasion, track: Track, made: RecapMade, text: tuple[str, str], first: int
) -> Iterator[Mail]:
    """Yield the maintainers' copies of a draft; later ones are in the thread of the first."""
    return _copies(occasion, track, made, f"draft-{made.revision}", text, first)


def proposals(
    occasion: Occasion,
    track: Track,
    made: RecapMade,
    proposed: CorrectionProposed,
    text: tuple[str, str],
    first: int,
) -> Iterator[Mail]:
    """Yield the maintainers' copies of a proposed correction, in the thread of their first draft."""
    mark = f"proposal-{proposed.number}-{proposed.version}"
    return _copies(occasion, track, made, mark, text, first)


def _copies(
    occasion: Occasion, track: Track, made: RecapMade, mark: str, text: tuple[str, str], first: int
) -> Iterator[Mail]:
    """Yield a separate copy for each maintainer, to hide their addresses from each other; it replaces an unsent one.

    text:  subject and body
    first: the revision of the first draft that they got; 0 if they got none
    """
    thread, (subject, body) = f"draft-{first}", text
    for number, maintainer in enumerate(track.maintainers, 1):
        letter = Letter(
            id=destination.numbered_id(made.message_id, f"{mark}-{number}"),
            to=(maintainer.mail,),
            subject=subject,
            body=body,
            stream=track_stream(track.slug),
            references=(destination.numbered_id(made.message_id, f"{thread}-{number}"),)
            if first and mark != thread
            else (),
            name=_copy_name(track, made.part, number),
        )
        yield Mail(with_keys(letter, occasion.state.setup, track, made, occasion.at))


def own_id(made: RecapMade, recap_state: RecapState) -> str:
    """Return the Message-ID for the list; a new one after a refusal, because no id is sent twice."""
    tries = sum(letter.startswith(made.message_id.rpartition("@")[0]) for letter in recap_state.refused)
    return destination.numbered_id(made.message_id, f"again-{tries}") if tries else made.message_id


def recalled(track: Track, part: str) -> list[Recall]:
    """Recall the maintainers' unsent copies, which are obsolete once the list has the text."""
    return [Recall(_copy_name(track, part, n)) for n in range(1, len(track.maintainers) + 1)]


def _copy_name(track: Track, part: str, number: int) -> str:
    return f"recap/{track.slug}/{part}/copy-{number}"
