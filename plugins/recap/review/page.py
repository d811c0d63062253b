"""The review page: a maintainer mends a recap and sends it, with the address that the mail with the draft has."""

from collections.abc import Callable, Mapping
from typing import Any

from bot.api.effects import Prepare
from bot.api.web import SHEET, Deed, PrivateView
from plugins.recap.declaration import plugin
from plugins.recap.lifecycle.deadlines import prepare
from plugins.recap.lifecycle.keys import REVIEW
from plugins.recap.mending.proposals import proposal_of
from plugins.recap.public_status import status_of, title_of
from plugins.recap.review.opened import newer_draft, opened_by


def job(view: PrivateView) -> Prepare | None:
    """Return the job whose sources the page needs."""
    opened = opened_by(view)
    return prepare(opened.track, opened.course, opened.course.order("make", view.at)) if opened else None


def act(view: PrivateView, form: Mapping[str, str]) -> Deed | Callable[[], Deed]:
    """Return what a form means."""
    opened, sources = opened_by(view), view.sources
    if opened is None or sources is None:
        return Deed()
    prefix = view.state.setup.prefixes[0]
    proposal = proposal_of(view.state, opened.track, opened.course.plan.key)

    def meant() -> Deed:
        from plugins.recap.review.reviewed import meaning_of  # noqa: PLC0415 - the layout loads slowly

        return meaning_of(opened, sources, proposal, prefix, form)

    return meant


@plugin.web.private_page(
    "/review/{key}",
    opens=REVIEW,
    title="Review",
    template="recap/review.html",
    act=act,
    job=job,
    queries=(SHEET,),
)
def review(view: PrivateView) -> Callable[[], Mapping[str, Any]] | None:
    """Return the recap with its fields; None for who may not change it."""
    opened, sources = opened_by(view), view.sources
    if opened is None or sources is None:
        return None
    proposal = proposal_of(view.state, opened.track, opened.course.plan.key)
    head = {
        "track": opened.track,
        "title": title_of(opened.course.plan),
        "status": status_of(view.state, opened.track, opened.course),
        "newer": newer_draft(opened),
    }

    def shown() -> Mapping[str, Any]:
        from plugins.recap.review.reviewed import reviewed  # noqa: PLC0415 - as above

        return {**head, **reviewed(opened, sources, proposal, view.form, view.arguments.get(SHEET, ""))}

    return shown
