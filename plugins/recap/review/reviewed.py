"""What the review page shows of a recap; made beside the loop, because a long recap takes a while."""

from collections.abc import Mapping, Sequence
from hashlib import blake2s
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from bot.api.recap import AnyBlock, Part, Sources
from bot.api.web import Deed, sheet_of
from plugins.recap.layout import front, words
from plugins.recap.layout.sheet import Recap, recap
from plugins.recap.lifecycle import changes
from plugins.recap.mending.proposals import Proposal
from plugins.recap.review.decisions import decisions_on
from plugins.recap.review.fields import text_field, typed_in
from plugins.recap.review.form_lines import RecapNow, deed_of
from plugins.recap.review.opened import OpenedRecap, newer_draft, part_of_review, version_of_draft
from plugins.recap.review.rows import sheets_of, topics_of
from plugins.recap.review.waiting_proposal import digest_of_proposal, shown_proposal
from plugins.recap.unrecorded_talk.lines import Statement, statements

NO_ETHERPAD, NO_RECORDING = words.no_etherpad(), words.no_recording()


class OpenMark(Struct, frozen=True):
    """An EDITOR mark; `field` is the name of what fills it in, empty if that is done elsewhere."""

    text: str
    field: str = ""
    label: str = ""


def reviewed(
    opened: OpenedRecap,
    sources: Sources,
    proposal: Proposal | None,
    form: Mapping[str, str],
    sheet: str,
) -> dict[str, Any]:
    """Return the context of the page.

    proposal: the mended text that waits
    form:  that was sent last
    sheet: the number of the wanted sheet
    """
    part, typed = part_of_review(opened, sources), typed_in(form)
    given = list(sources.blocks(part))
    mail = preview_of(opened, part, given)
    marks = front.marks(part, given) if opened.recap_state.sent is None else ()
    topics = topics_of(part, _listed(opened, part, sources), typed)
    sheets = sheets_of(topics)
    shown = sheet_of(sheets, sheet, 1) or sheet_of(sheets, "", 1)
    version = version_of_draft(opened)
    return {
        "sheet": shown,
        "topics": shown.items[0] if shown is not None and shown.items else [],
        "intro": text_field("intro.0", part.intro, typed),
        "links": part.links,
        "marks": [_mark(text) for text in marks],
        "mail": mail,
        "is_first": opened.recap_state.sent is None,
        "seen": digest_of_mail(mail),
        "changes": changes.since(part, [version] if version is not None else [], redacted=True),
        "proposal": shown_proposal(proposal, part),
        "decisions": decisions_on(opened, marks),
        "draft": newest_draft(opened),
    }


def meaning_of(
    opened: OpenedRecap,
    sources: Sources,
    proposal: Proposal | None,
    prefix: str,
    form: Mapping[str, str],
) -> Deed:
    """Return what a form means."""
    part = part_of_review(opened, sources)
    mail = preview_of(opened, part, list(sources.blocks(part)))
    plan = opened.course.plan
    number = str(plan.n) if plan.n else plan.key if plan.by == "day" else ""
    call = f"{prefix}recap {opened.track.slug}"
    now = RecapNow(
        call=call,
        number=number,
        preview=digest_of_mail(mail),
        newer=newer_draft(opened),
        draft=newest_draft(opened),
        proposal=digest_of_proposal(proposal),
    )
    return deed_of(part, now, form)


def preview_of(opened: OpenedRecap, part: Part, given: Sequence[AnyBlock]) -> Recap:
    """Return the mail that the list would get: the recap, or what changed since it has that; its body is empty if nothing did."""
    if opened.recap_state.sent is not None:
        return changes.correction(part, given, opened.recap_state)
    return recap(part, given)


def newest_draft(opened: OpenedRecap) -> str:
    """Return the number of the draft by whose labels lines of talk are taken; empty if there is none."""
    made = opened.recap_state.made
    return str(made.revision) if made is not None else ""


def digest_of_mail(mail: Recap) -> str:
    """Return what stands for a mail in the form, so that nobody sends another one than they saw."""
    return blake2s(f"{mail.subject}\n{mail.body}".encode("utf-8", "replace"), digest_size=8).hexdigest()


def _listed(opened: OpenedRecap, part: Part, sources: Sources) -> list[Statement]:
    """Return what was said and not recorded, as the newest draft calls the lines."""
    made = opened.recap_state.made
    labels = {(session, n): label for label, session, n in made.unrecorded} if made is not None else {}
    found = []
    for one in statements(part, sources.heard):
        topic, _, place = labels.get((one.session, one.n), "").partition(".")
        if place:
            found.append(replace(one, topic=int(topic), place=int(place)))
    return found


def _mark(text: str) -> OpenMark:
    known = {NO_ETHERPAD: ("mark.etherpad", "Etherpad"), NO_RECORDING: ("mark.recording", "Recording")}
    field, label = known.get(text, ("", ""))
    return OpenMark(text[:1].upper() + text[1:], field, label)
