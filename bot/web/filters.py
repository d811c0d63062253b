"""The filters of templates: moments in the zone of the page, addresses, links that lead to web pages only."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import urlsplit

import jinja2
from markupsafe import Markup, escape

from bot.core.plugin.pages import Page, View, address_of
from bot.core.session.session import Session
from bot.core.state.setup import Track
from bot.core.words.sentences import (
    clock,
    counted,
    day_in_words,
    listed,
    minutes_in_words,
    plural,
    short_length,
)
from bot.core.words.text import clean
from bot.core.words.web_links import pieces_of


def view_of(context: jinja2.runtime.Context) -> View:
    """The view that a template is filled for."""
    found = context["view"]
    if not isinstance(found, View):
        raise TypeError("a template needs a view")
    return found


@jinja2.pass_context
def time(context: jinja2.runtime.Context, at: datetime) -> Markup:
    """Write a moment as `13:05 UTC`, in the zone of the page and always with its name."""
    moment = at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return Markup('<time datetime="{}">{}</time>').format(moment, clock(at, view_of(context).zone))


@jinja2.pass_context
def time_of_day(context: jinja2.runtime.Context, at: datetime) -> str:
    """A moment as `13:05 UTC`, in the zone of the page."""
    return clock(at, view_of(context).zone)


@jinja2.pass_context
def day(context: jinja2.runtime.Context, at: date) -> str:
    """`Tuesday 19 October`, of a date or of a moment in the zone of the page."""
    return day_in_words(at.astimezone(view_of(context).zone) if isinstance(at, datetime) else at)


@jinja2.pass_context
def address(context: jinja2.runtime.Context, of: Session | Track | Page | str) -> str:
    """The address of a session (or its id), of a track, or a path of ours; what the reader wishes is kept."""
    query = view_of(context).query
    path, mark, part = path_of(of).partition("#")
    return path + (f"{'&' if '?' in path else '?'}{query}" if query else "") + mark + part


def path_of(of: Session | Track | Page | str) -> str:
    """The path of a session's page (or of the session with this id), of a track's page; a path stays what it is."""
    match of:
        case Session():
            return f"/sessions/{address_of(of)}"
        case Track():
            return f"/tracks/{of.slug}"
        case Page():
            return of.path
    return of if of.startswith("/") else f"/sessions/{address_of(of)}"


def safe_url(url: str, title: str = "", classes: str = "") -> Markup:
    """A link to a web page; any other address is shown as text."""
    shown = title or url
    if not is_web(url):
        return escape(clean(f"{title} ({url})" if title and url else shown))
    return Markup('<a href="{}"{} rel="noopener noreferrer">{}</a>').format(
        clean(url), Markup(' class="{}"').format(classes) if classes else "", clean(shown)
    )


def linked(text: str) -> Markup:
    """A text in which the addresses of web pages are links; everything else stays text."""
    cleaned = clean(text)
    if "://" not in cleaned:
        return escape(cleaned)
    pieces = (safe_url(piece.href) if piece.href else escape(piece.text) for piece in pieces_of(cleaned))
    return Markup("").join(pieces)


def in_lines(text: str) -> Markup:
    """A text for a field of several lines, each cleaned as all text is."""
    return Markup("\n").join(escape(clean(line)) for line in text.split("\n"))


def is_web(url: str) -> bool:
    """Whether an address is one of a web page."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.netloc) and not any(c.isspace() for c in url)


def _listed(items: Sequence[object]) -> Markup:
    """Write `a, b and c`; links stay links."""
    return Markup(listed([str(escape(item)) for item in items]))  # noqa: S704 - each item is escaped


FILTERS: Mapping[str, Callable[..., Any]] = {
    "address": address,
    "clock": time_of_day,
    "counted": counted,
    "day": day,
    "in_lines": in_lines,
    "lasting": minutes_in_words,
    "linked": linked,
    "listed": _listed,
    "minutes": short_length,
    "plural": plural,
    "safe_url": safe_url,
    "time": time,
}
