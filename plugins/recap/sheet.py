"""Fills the templates of a recap: subject and text, in one of three forms.

Rules of this file: what was said is handed to the templates as values and passes the pen on its way out; templates
come from the bundled folder, or from an organizer's, and run in a sandbox.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal

import jinja2
import jinja2.sandbox
from markupsafe import Markup

from bot.api import (
    AnyBlock,
    Bullets,
    Link,
    Part,
    Section,
    clock,
    counted,
    day_in_words,
    day_of,
    in_words,
    listed,
    month_in_words,
    plural,
)
from plugins.recap import front, words
from plugins.recap.html_pen import HtmlPen
from plugins.recap.mail_pen import MailPen
from plugins.recap.markdown_pen import MarkdownPen
from plugins.recap.pens import LINE_END, Pen, one_line, written
from plugins.recap.records import record_blocks
from plugins.recap.sections import drawn, in_slot, laid_out
from plugins.recap.settings import RecapSettings, RecapTrack

TextForm = Literal["mail", "markdown", "html"]
PENS: dict[str, type[MailPen | MarkdownPen | HtmlPen]] = {
    "mail": MailPen,
    "markdown": MarkdownPen,
    "html": HtmlPen,
}
PIECES = {"mail": "mail", "markdown": "article", "html": "page"}


@dataclass(frozen=True, slots=True)
class Notice:
    """What the first paragraph says of a recap that nobody approved.

    for_maintainers: it is their copy, which tells how to approve, hold and mend
    until:   when the list gets it if they do nothing, in words; empty where it does not by itself
    address: of the list; empty where there is none
    """

    for_maintainers: bool = False
    until: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Recap:
    """A recap as it is sent or shown; `marks` are the open EDITOR marks."""

    subject: str
    body: str
    marks: tuple[str, ...]


def recap(
    part: Part,
    given: Sequence[AnyBlock],
    form: TextForm = "mail",
    *,
    notice: Notice | None = None,
    drop_marks: bool = False,
    addition: bool = False,
) -> Recap:
    """The recap of a part, with the blocks that the plugins gave.

    notice:     for a draft; None for an approved recap
    drop_marks: somebody said that it goes without what is missing
    addition:   it replaces one that was sent
    """
    pen: Pen = PENS[form]()
    marks = () if drop_marks else front.marks(part, given)
    blocks = [*record_blocks(part), *given]
    tags = part.track.of(RecapTrack).subject_tags if form == "mail" else []
    values = _values(part, blocks, marks, pen)
    values |= {"notice": notice, "addition": addition, "tags": tags, "piece": PIECES[form]}
    templates = _templates(part.setup.of(RecapSettings).templates)
    subject = one_line(_filled(templates, "subject.j2", values | {"pen": MailPen()}))
    text = _filled(templates, "recap.j2", values)
    facts = [
        ("date", f"{part.ended or part.now:%Y-%m-%d}"),
        ("category", "recap"),
        ("project", part.track.name),
    ]
    return Recap(subject, pen.page(text, subject, facts), marks)


def correction_of(part: Part, changes: Sequence[Bullets]) -> Recap:
    """The mail that tells what changed since a recap was sent; its body is empty where nothing did."""
    pen = MailPen()
    values = _values(part, (), (), pen) | {
        "notice": None,
        "addition": True,
        "tags": part.track.of(RecapTrack).subject_tags,
        "piece": PIECES["mail"],
        "changes": lambda: drawn(changes, pen),
    }
    templates = _templates(part.setup.of(RecapSettings).templates)
    subject = one_line(_filled(templates, "subject.j2", values))
    body = pen.page(_filled(templates, "correction.j2", values), subject, ()) if changes else ""
    return Recap(subject, body, ())


def _filled(templates: jinja2.Environment, name: str, values: dict[str, Any]) -> str:
    return templates.get_template(name).render(values)


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
        "made": f"{ended.astimezone(zone):%Y-%m-%d} {clock(ended, zone)}",
        "marks": marks,
        "pointers": front.pointers(part),
        "counts": front.counts(part),
        "open_until": day_of(part.setup, ended) + settings.comment_period,
        "calling_teams": front.calling_teams(part),
        "calling_topics": front.calling_topics(part),
        "meetings": front.meetings(part),
        "has_teams": bool(part.track.teams) or any(placed.place.team for placed in part.records),
        "topics": [(topic.n, _with_teams(topic.title, part.teams(topic.n), pen)) for topic in part.topics],
        "intro": part.intro,
        "front": lambda: drawn(in_slot(blocks, Section.FRONT), pen),
        "sections": lambda: laid_out(part, blocks, pen),
        "after": lambda: _after(in_slot(blocks, Section.AFTER), pen),
        "close": lambda: drawn(in_slot(blocks, Section.CLOSE), pen),
        "notes": lambda: drawn(in_slot(blocks, Section.NOTES), pen),
    }


def _with_teams(title: str, teams: Sequence[str], pen: Pen) -> Markup:
    return pen.say(f"{title}: {', '.join(teams)}" if teams else title)


def _after(blocks: Sequence[AnyBlock], pen: Pen) -> Markup:
    """What follows the topics; each block parts itself from the topic before it."""
    return written("".join(pen.rule() + drawn([block], pen) for block in blocks))


@lru_cache(maxsize=8)
def _templates(folder: str) -> jinja2.Environment:
    bundled = jinja2.FileSystemLoader(str(files("plugins.recap").joinpath("templates")))
    loaders = [jinja2.FileSystemLoader(Path(folder)), bundled] if folder else [bundled]
    environment = jinja2.sandbox.ImmutableSandboxedEnvironment(
        loader=jinja2.ChoiceLoader(loaders),
        autoescape=True,  # the pen escapes; this keeps what it wrote from being escaped once more
        undefined=jinja2.StrictUndefined,
        lstrip_blocks=True,
        finalize=_through_the_pen,
    )
    environment.filters |= {
        "counted": lambda number, one, many="": counted(number, one, many),
        "day_in_words": day_in_words,
        "in_words": in_words,
        "listed": _listed,
        "month_in_words": month_in_words,
        "paragraph": _paragraph,
        "plural": plural,
        "rooms": lambda rooms: listed(list(dict.fromkeys(words.room(room) for room in rooms))),
        "quoted": lambda texts: [f'"{text}"' for text in texts],
        "commas": ", ".join,
        "begin": lambda text: text[:1].upper() + text[1:],
    }
    environment.globals |= {"line_end": written(LINE_END), "link": _link, "heading": _heading}
    return environment


@jinja2.pass_context
def _through_the_pen(context: jinja2.runtime.Context, value: object) -> Markup:
    """Whatever a template prints: ready as it is, or said by somebody."""
    if isinstance(value, Markup):
        return value
    pen: Pen = context["pen"]
    return pen.say(value)


@jinja2.pass_context
def _paragraph(context: jinja2.runtime.Context, text: str) -> Markup:
    pen: Pen = context["pen"]
    return pen.paragraph(text)


@jinja2.pass_context
def _heading(context: jinja2.runtime.Context, text: object, level: int = 1) -> Markup:
    pen: Pen = context["pen"]
    return pen.heading(pen.say(text), level)


@jinja2.pass_context
def _link(context: jinja2.runtime.Context, title: str, url: str) -> Markup:
    """A link by title and address, numbered where the form numbers them."""
    pen: Pen = context["pen"]
    return pen.link(Link(title, url))


@jinja2.pass_context
def _listed(context: jinja2.runtime.Context, items: Sequence[object]) -> Markup:
    """`a, b and c`, each through the pen: days in words, links as links."""
    pen: Pen = context["pen"]
    return written(listed([_item(pen, item) for item in items]))


def _item(pen: Pen, item: object) -> str:
    if isinstance(item, Link):
        return pen.link(item)
    return pen.say(day_in_words(item) if isinstance(item, date) else item)
