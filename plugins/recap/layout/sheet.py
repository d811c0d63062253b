"""The templates of a recap filled in: subject and body as mail, Markdown or HTML.

Recorded text is passed to the sandboxed templates as values, and the pen escapes it when it is printed.
"""

from collections.abc import Sequence
from datetime import UTC
from typing import Any, Literal

from markupsafe import Markup
from msgspec import Struct
from msgspec.structs import replace

from bot.api import clock
from bot.api.recap import AnyBlock, Bullets, Link, Part, Section, Upcoming, day_of
from plugins.recap.layout import front, words
from plugins.recap.layout.choices import chosen
from plugins.recap.layout.front_matter import FrontMatterPen
from plugins.recap.layout.html_pen import ExcerptPen, HtmlPen
from plugins.recap.layout.mail_pen import MailPen, typed_numbers
from plugins.recap.layout.markdown_pen import MarkdownPen
from plugins.recap.layout.pens import Pen, one_line, written
from plugins.recap.layout.records import anchor_of, following_records, record_blocks
from plugins.recap.layout.sections import drawn, in_slot, laid_out
from plugins.recap.layout.template_faults import TemplateFault, without_faults
from plugins.recap.layout.traced_pen import TracedPen
from plugins.recap.settings import RecapSettings, RecapTrack

TextForm = Literal["mail", "markdown", "html", "excerpt", "traced"]
PENS: dict[str, type[MarkdownPen | HtmlPen]] = {
    "markdown": MarkdownPen,
    "html": HtmlPen,
    "excerpt": ExcerptPen,
}
PIECES = {"mail": "mail", "markdown": "article", "html": "page", "excerpt": "page", "traced": "mail"}


class Notice(Struct, frozen=True):
    """The first paragraph of an unapproved recap or correction.

    for_maintainers: whether it is the maintainers' copy, which explains how to approve, hold and correct it
    until:   when it goes to the list unless somebody acts, in words; empty if it does not
    address: the address of the list; empty if there is none
    reminder: whether they had the correction before
    number:  which draft of this recap they get; 0 for all other mail
    """

    for_maintainers: bool = False
    until: str = ""
    address: str = ""
    reminder: bool = False
    number: int = 0


class Recap(Struct, frozen=True):
    """A written recap.

    marks:  its open EDITOR marks
    faults: of the organizer's templates; bundled ones stood in for them
    """

    subject: str
    body: str
    marks: tuple[str, ...]
    faults: tuple[TemplateFault, ...] = ()


class Looks(Struct, frozen=True):
    """What a recap looks like besides its records.

    The keys are those of `recap`; left_out: names of the organizer's templates that are not used
    """

    form: TextForm
    notice: Notice | None
    addition: bool
    prefix: str
    left_out: frozenset[str] = frozenset()


def recap(
    part: Part,
    given: Sequence[AnyBlock],
    form: TextForm = "mail",
    *,
    notice: Notice | None = None,
    drop_marks: bool = False,
    addition: bool = False,
    changed: Sequence[Bullets] = (),
    unrecorded: Sequence[Bullets] = (),
    prefix: str = "",
) -> Recap:
    """Write the recap of a part, with the blocks of the plugins in `given`.

    notice:     first paragraph of a draft; None for an approved recap
    drop_marks: whether to leave the EDITOR marks out
    addition:   whether it replaces a recap that was sent
    changed:    what changed since the draft before
    unrecorded: what was said and not recorded, for maintainers and for minutes only
    prefix:     what the names of headings begin with in a part of several in one document (`in_one`); empty for a whole
    """
    given = chosen(part, given)
    marks = () if drop_marks else front.marks(part, given)
    records = [*record_blocks(part)]
    blocks = [*records, *following_records(part, records, given)]
    looks = Looks(form, notice, addition, prefix)

    def write(left_out: frozenset[str]) -> Recap:
        return _written(part, blocks, marks, replace(looks, left_out=left_out), changed, unrecorded)

    made, faults = without_faults(part.setup.of(RecapSettings).templates, write)
    return replace(made, faults=faults)


def _written(
    part: Part,
    blocks: Sequence[AnyBlock],
    marks: tuple[str, ...],
    looks: Looks,
    changed: Sequence[Bullets],
    unrecorded: Sequence[Bullets],
) -> Recap:
    """Write a recap with a pen of its own."""
    form, notice = looks.form, looks.notice
    pen = _pen(form, part, (*blocks, *changed, *unrecorded), looks.prefix)
    tags = part.track.of(RecapTrack).subject_tags if form == "mail" else []
    values = _values(part, blocks, marks, pen)
    values |= {"notice": notice, "addition": looks.addition, "tags": tags, "piece": PIECES[form]}
    values |= {"since": written(drawn(changed, pen)) if notice is not None and notice.number > 1 else ""}
    is_theirs = notice is not None and notice.for_maintainers
    values |= {"unrecorded": written(drawn(unrecorded, pen))}
    values |= {"has_excerpt": form == "markdown" and not looks.prefix}
    subject = one_line(_filled(part, "subject.j2", values | {"pen": MailPen()}, looks.left_out))
    text = _filled(part, "recap.j2", values, looks.left_out)
    if is_theirs and looks.left_out:
        text = pen.paragraph(pen.say(words.templates_with_faults(sorted(looks.left_out)))) + text
    if looks.prefix:
        return Recap(subject, pen.section(text, subject), marks)
    matter = _front_matter(part, values, subject, looks.left_out) if form == "markdown" else ""
    return Recap(subject, pen.page(text, subject, matter), marks)


def in_one(parts: Sequence[Part], written: Sequence[Recap], form: TextForm) -> str:
    """Join the recaps of several parts, each written with a `prefix` of its own, to one document."""
    part = parts[0]
    title = words.title_of_all(part.track, part.setup.gathering)
    pen = _pen(form, part, ())
    if form != "markdown":
        return pen.document([each.body for each in written], title)

    def write(left_out: frozenset[str]) -> str:
        matter = _front_matter(part, _values(part, (), (), pen), title, left_out)
        return pen.document([each.body for each in written], title, matter)

    return without_faults(part.setup.of(RecapSettings).templates, write)[0]


def correction_of(part: Part, changes: Sequence[Bullets], notice: Notice | None = None) -> Recap:
    """Write the mail about changes since a recap was sent; without changes, its body is empty.

    notice: first paragraph of an unapproved one
    """

    def write(left_out: frozenset[str]) -> Recap:
        pen = _pen("mail", part, changes)
        values = _values(part, (), (), pen) | {
            "notice": notice,
            "addition": True,
            "tags": part.track.of(RecapTrack).subject_tags,
            "piece": PIECES["mail"],
            "since": "",
            "changes": lambda: drawn(changes, pen),
        }
        subject = one_line(_filled(part, "subject.j2", values, left_out))
        body = pen.page(_filled(part, "correction.j2", values, left_out), subject) if changes else ""
        return Recap(subject, body, ())

    made, faults = without_faults(part.setup.of(RecapSettings).templates, write)
    return replace(made, faults=faults)


def _pen(form: TextForm, part: Part, blocks: Sequence[AnyBlock], prefix: str = "") -> Pen:
    if form in PENS:
        return PENS[form](prefix) if prefix else PENS[form]()
    plain = TracedPen if form == "traced" else MailPen
    return plain(typed_numbers((*blocks, *part.topics, *part.links, *part.opening_links, part.intro)))


def _filled(part: Part, name: str, values: dict[str, Any], left_out: frozenset[str]) -> str:
    # imported here, because the template engine would slow down the start
    from plugins.recap.layout.template_set import templates  # noqa: PLC0415

    folder = part.setup.of(RecapSettings).templates
    return templates(folder, left_out).get_template(name).render(values)


def _values(part: Part, blocks: Sequence[AnyBlock], marks: Sequence[str], pen: Pen) -> dict[str, Any]:
    zone = part.setup.gathering.zone
    settings, mine = part.setup.of(RecapSettings), part.track.of(RecapTrack)
    ended = part.ended or part.now
    gathered = bool(part.setup.gathering.name) and (part.plan.n > 0 or not part.setup.gathering.starts)
    return {
        "pen": pen,
        "part": part,
        "track": part.track,
        "gathering": part.setup.gathering if gathered else None,
        "short": words.short_name(part.setup.gathering) if gathered else "",
        "mine": mine,
        "days": part.plan.days,
        "earlier": [Link(str(n), part.numbered.addresses.get(n, "")) for n in part.numbered.before],
        "address": part.numbered.own,
        "made": f"{ended.astimezone(zone):%Y-%m-%d} {clock(ended, zone)}",
        "marks": marks,
        "pointers": front.pointers(part),
        "counts": front.counts(part),
        "open_until": day_of(part.setup, ended) + settings.comment_period,
        "calling_teams": front.calling_teams(part),
        "calling_topics": front.calling_topics(part),
        "meetings": front.meetings(part),
        "has_teams": bool(part.track.teams) or any(placed.place.team for placed in part.records),
        "topics": _contents(part, blocks, pen),
        "upcoming": _upcoming(part, blocks),
        "intro": part.intro,
        "decision": anchor_of(part, part.decisions[0]) if part.decisions else "",
        "head": lambda: drawn(in_slot(blocks, Section.HEAD), pen),
        "front": lambda: drawn(in_slot(blocks, Section.FRONT), pen),
        "sections": lambda: laid_out(part, blocks, pen),
        "after": lambda: _after(in_slot(blocks, Section.AFTER), pen),
        "close": lambda: drawn(in_slot(blocks, Section.CLOSE), pen),
        "notes": lambda: drawn(in_slot(blocks, Section.NOTES), pen),
    }


def _front_matter(part: Part, values: dict[str, Any], title: str, left_out: frozenset[str]) -> str:
    """Return the front matter of an article for a static website."""
    at = (part.ended or part.now).astimezone(UTC)
    mine = {
        "pen": FrontMatterPen(),
        "title": title,
        "author": part.roll.name_of(part.sessions[0].owner) if part.sessions else "",
        "date": written(f"{at:%Y-%m-%dT%H:%M:%S.000Z}"),
    }
    return _filled(part, "front_matter.j2", values | mine, left_out)


def _contents(part: Part, blocks: Sequence[AnyBlock], pen: Pen) -> list[tuple[int, Markup]]:
    """Return number and title of each topic, with its teams; it says so if nothing was recorded under the topic."""
    filled = {block.place.topic for block in blocks if block.slot is Section.TOPIC}
    listed = []
    for topic in part.topics:
        has_notes = topic.n in filled
        line = words.listed_topic(topic.title, part.teams(topic.n), has_notes=has_notes)
        ready = pen.reference(line, words.anchor_of_topic(topic.n)) if has_notes else pen.say(line)
        listed.append((topic.n, ready))
    return listed


def _upcoming(part: Part, blocks: Sequence[AnyBlock]) -> list[str]:
    """Return the titles that the next part covers: those of its plan, and what was put off to it."""
    planned = part.numbered.following.agenda if part.numbered.following is not None else ()
    put_off = [title for block in blocks if isinstance(block, Upcoming) for title in block.titles]
    titles = {title.casefold(): title for title in reversed((*planned, *put_off))}
    return list(reversed(titles.values()))


def _after(blocks: Sequence[AnyBlock], pen: Pen) -> Markup:
    """Write the blocks after the topics, each with a rule before it."""
    return written("".join(pen.rule() + drawn([block], pen) for block in blocks))
