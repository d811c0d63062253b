"""The buttons of the review page that decide something, each with what it will do."""

from collections.abc import Iterator, Sequence

from msgspec import Struct

from bot.api import counted, plural
from plugins.recap.review.opened import OpenedRecap


class Decision(Struct, frozen=True):
    """A button: its value, its words, and what it will do."""

    do: str
    label: str
    says: str


UNDO = Decision("undo", "Undo", "takes back the newest change of this recap, whoever made it")


def decisions_on(opened: OpenedRecap, marks: Sequence[str]) -> list[Decision]:
    """Return what can be decided on a recap now; `marks` are its open EDITOR marks."""
    if opened.course.is_open or opened.recap_state.made is None:
        return []
    if opened.recap_state.sent is None:
        return [*_on_recap(opened, marks), UNDO]
    return [*(_on_correction(opened) if opened.course.has_correction else ()), UNDO]


def _on_recap(opened: OpenedRecap, marks: Sequence[str]) -> Iterator[Decision]:
    address, open_marks = opened.track.list, counted(len(marks), "EDITOR mark", "EDITOR marks")
    if address:
        says = (
            f"not before {open_marks} {plural(len(marks), 'is', 'are')} filled in"
            if marks
            else f"sends it to {address} now"
        )
        yield Decision("approve", "Approve", says)
    if address and marks:
        yield Decision(
            "send!", "Send without the marks", f"leaves {open_marks} out, and sends it to {address} now"
        )
    if address and not opened.recap_state.held:
        yield Decision("hold", "Hold", f"nothing goes to {address} until somebody approves it")


def _on_correction(opened: OpenedRecap) -> Iterator[Decision]:
    address = opened.track.list
    if address:
        yield Decision("approve", "Approve the correction", f"sends it to {address} now, as a reply")
