"""The text of a recap as the list has it, for its page."""

from markupsafe import Markup

from bot.api import Track, track_stream
from bot.api.recap import Sources
from bot.api.records import outlasting
from bot.api.web import View
from plugins.recap import renderings
from plugins.recap.layout.pens import written
from plugins.recap.layout.sheet import Notice, recap
from plugins.recap.lifecycle.courses import Course


def public_text(view: View, track: Track, course: Course) -> Markup | None:
    """Return a recap with the corrections that went to the list, without what was redacted since.

    None if the list has none; if somebody sent it by hand, because the bot does not know that text; and if a session of it
    is not loaded, because it was in an earlier gathering.
    """
    recap_state = course.recap_state
    sent, loaded = recap_state.sent, {session.id for session in view.sessions}
    if sent is None or recap_state.posted is not None or not recap_state.published.keys() <= loaded:
        return None
    sources = sources_of(view, track)
    plan = recap_state.made.plan if recap_state.made is not None else course.plan
    part = renderings.part_as_sent(sources, plan, recap_state.history[-1])
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
