"""The text of a recap as the list has it, for its page."""

from markupsafe import Markup
from msgspec.structs import replace

from bot.api import Track, track_stream
from bot.api.recap import Sources, days_of
from bot.api.records import outlasting
from bot.api.web import View
from plugins.recap import renderings
from plugins.recap.layout.pens import written
from plugins.recap.layout.sheet import Notice, recap
from plugins.recap.lifecycle.changes import as_sent
from plugins.recap.lifecycle.courses import Course
from plugins.recap.lifecycle.state import recap_states


def published(view: View, track: Track, course: Course) -> Markup | None:
    """Return a recap with the corrections that went to the list, without what was redacted since; None if it has none.

    What somebody sent by hand the bot does not know.

    A session that is not loaded, because it was in an earlier gathering, is not shown.
    """
    recap_state = course.recap_state
    sent, covered = recap_state.sent, recap_state.published
    sessions = [
        as_sent(each, covered[each.id], redacted=True) for each in view.sessions if each.id in covered
    ]
    if sent is None or recap_state.posted is not None or len(sessions) < len(covered):
        return None
    sources = sources_of(view, track)
    numbers = renderings.sent_numbers(recap_states(sources.entries, days_of(sources.setup, track)))
    plan = recap_state.made.plan if recap_state.made is not None else course.plan
    part = renderings.part(replace(sources, sessions=tuple(sessions)), plan, sessions, numbers)
    part = replace(part, intro=recap_state.history[-1].intro, links=recap_state.history[-1].links)
    notice = Notice() if sent.draft else None
    return written(
        recap(part, list(sources.blocks(part)), "excerpt", notice=notice, drop_marks=not sent.draft).body
    )


def sources_of(view: View, track: Track) -> Sources:
    """Return what a recap of a track is made of, from what the page has loaded."""
    state = view.state
    entries = state.stream(track_stream(track.slug))
    known = {session.id: session for session in (*state.of_track(track.slug), *view.sessions)}
    return Sources(
        setup=state.setup,
        track=track,
        now=view.at,
        sessions=view.sessions,
        kinds=view.register.kinds,
        blocks=view.register.blocks,
        entries=entries,
        persons=state.persons,
        others=tuple((held.id, held.started, held.ended) for held in view.held if held.track == track.slug),
        carried_over=tuple(outlasting(entries, known.values())),
    )
