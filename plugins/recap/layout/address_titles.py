"""Titles of links that nobody gave a title: what their address itself says."""

import re

LONGEST = 48
SCHEME = re.compile(r"^[a-z][a-z0-9+.-]{0,30}:(?://)?(?:www\.)?", re.IGNORECASE)
FORMS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(form, re.IGNORECASE), title)
    for form, title in (
        (r"review\.[^/]{1,80}/c/(?:[^/+]{1,80}/){0,5}([^/+]{1,80})/\+/(\d{1,9})(?:/.*)?", "{} review {}"),
        (r"review\.[^/]{1,80}/(?:#/c/|c/)?(\d{1,9})(?:/.*)?", "review {}"),
        (r"bugs\.launchpad\.net/(?:[^/]{1,80}/){0,4}\+?bugs?/(\d{1,9})(?:[/?#].*)?", "bug {}"),
        (r"blueprints\.launchpad\.net/[^/]{1,80}/\+spec/([^/?#]{1,40})(?:[/?#].*)?", "blueprint {}"),
        (r"storyboard\.[^/]{1,80}/#!/story/(\d{1,9})(?:[/?#].*)?", "story {}"),
        (r"[^/]{1,80}/(?:[^/?]{1,40}/)?show_bug\.cgi\?id=(\d{1,9})(?:[&#].*)?", "bug {}"),
        (r"github\.com/[^/]{1,80}/([^/]{1,80})/issues/(\d{1,9})(?:[/?#].*)?", "{} issue {}"),
        (r"github\.com/[^/]{1,80}/([^/]{1,80})/pull/(\d{1,9})(?:[/?#].*)?", "{} pull request {}"),
        (r"[^/]{1,80}/(?:[^/]{1,80}/){1,6}?([^/]{1,80})/-/issues/(\d{1,9})(?:[/?#].*)?", "{} issue {}"),
        (
            r"[^/]{1,80}/(?:[^/]{1,80}/){1,6}?([^/]{1,80})/-/merge_requests/(\d{1,9})(?:[/?#].*)?",
            "{} merge request {}",
        ),
        (
            r"specs\.[^/]{1,80}/[^/]{1,80}/([^/]{1,80})/(?:[^/?#]{1,80}/){0,5}([^/?#]{1,40}?)(?:\.html?)?(?:[?#].*)?",
            "{}: {}",
        ),
        (r"docs\.openstack\.org/([^/?#]{1,40})/[^/?#]{1,40}/?(?:[?#].*)?", "{} docs"),
        (
            r"docs\.openstack\.org/([^/]{1,40})/[^/]{1,40}/(?:[^/?#]{1,80}/){0,5}([^/?#]{1,40}?)(?:\.html?)?(?:[?#].*)?",
            "{} docs: {}",
        ),
        (
            r"([^/]{1,40})\.readthedocs\.(?:io|org)/(?:[^/?#]{1,80}/){0,6}?([^/?#]{1,40}?)(?:\.html?)?(?:[?#].*)?",
            "{} docs: {}",
        ),
        (r"opendev\.org/[^/]{1,80}/([^/?#]{1,80})", "{}"),
        (r"[^/]{0,80}(?:etherpad|pad)[^/]{0,80}/p/r\.[0-9a-f]{1,64}(?:[/?#].*)?", "etherpad"),
        (r"[^/]{0,80}(?:etherpad|pad)[^/]{0,80}/p/([^/?#]{1,40})(?:[/?#].*)?", "etherpad {}"),
    )
)


def title_of_address(url: str) -> str:
    """Return `nova review 912345`, `bug 2099421`, or the host with as much of the path as is short."""
    rest = SCHEME.sub("", url, count=1).rstrip("/")
    for form, title in FORMS:
        found = form.fullmatch(rest)
        if found is not None:
            return title.format(*found.groups())
    host, _, path = re.split(r"[?#]", rest, maxsplit=1)[0].partition("/")
    last = path.rpartition("/")[2]
    shown = (f"{host}/{path}", f"{host}/\u2026/{last}") if path else ()
    return next((title for title in shown if len(title) <= LONGEST), host) or "link"
