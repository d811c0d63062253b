"""A plugin that only shows pages: one of each kind."""

import json
from collections.abc import Callable, Iterable, Mapping
from copy import copy
from threading import current_thread, main_thread
from typing import Any

from bot.api import Plugin, Session, Track
from bot.api.web import Deed, Loads, Panel, PrivateView, Sign, View
from bot.core.plugin.registration import register
from bot.core.plugin.web_hooks import WebHooks
from bot.core.state.setup import Setup
from plugins.records import plugin as records
from plugins.sessions import plugin as sessions
from tests.play import Stage

plugin = Plugin("garden")
TRACKS = (
    Track("nova", "Nova", venues=(("irc/#nova",),)),
    Track("kata", "<b>Kata</b>", venues=(("irc/#kata",),)),
    Track("vault", "Vaultword", venues=(("irc/#vault",),), public=False),
)


def beds_of() -> Stage:
    """A stage with two tracks and a private one, where people can start sessions and record."""
    setup = Setup(tracks=TRACKS)
    return Stage(register([*chatting(), plugin], setup), setup)


def chatting() -> list[Plugin]:
    """Plugins with which people start sessions and record, without pages of their own."""
    return [without_pages(one) for one in (sessions, records)]


def without_pages(one: Plugin) -> Plugin:
    """A plugin as it would be without pages."""
    bare = copy(one)
    bare.web = WebHooks()
    return bare


@plugin.web.page("/", title="Beds", template="garden/beds.html", menu=10, plain="/beds.txt")
def beds(view: View) -> Mapping[str, Any]:
    return {"signs": {track.slug: view.register.board_signs(view, track) for track in view.tracks}}


@plugin.web.page("/tracks/{track}", title="Bed", template="garden/bed.html", loads=Loads.TRACK)
def bed(view: View) -> Mapping[str, Any]:
    assert view.track is not None
    return {"panels": view.register.track_panels(view, view.track)}


@plugin.web.page(
    "/jobs/{session}", title="Work", template="garden/work.html", loads=Loads.SESSION, queries=["day"]
)
def work(view: View) -> Mapping[str, Any]:
    assert view.session is not None
    return {"panels": view.register.session_panels(view, view.session)}


@plugin.web.page("/jobs/{session}/log", title="Log", template="garden/log.html", loads=Loads.LOG)
def log(_: View) -> Mapping[str, Any]:
    return {}


@plugin.web.page("/sold", title="Sold", template="garden/beds.html")
def sold(_: View) -> Mapping[str, Any] | None:
    return None


@plugin.web.page("/broken", title="Broken", template="garden/broken.html", menu=20)
def broken(_: View) -> Mapping[str, Any]:
    return {}


@plugin.web.document("/beds.txt", type="text/plain; charset=utf-8")
def beds_as_text(view: View) -> str:
    return "\n".join(track.name for track in view.tracks)


@plugin.web.document("/harvest.txt", type="text/plain; charset=utf-8")
def harvest(view: View) -> Callable[[], str]:
    names = [track.name for track in view.tracks]
    return lambda: f"{', '.join(names)} of {'the' if current_thread() is main_thread() else 'another'} thread"


@plugin.web.document("/{name}.json", type="application/json", loads=Loads.ALL)
def as_json(view: View) -> str | None:
    track = view.state.setup.track(view.arguments["name"])
    sessions = [session.name for session in view.sessions]
    return json.dumps({"bed": track.name, "sessions": sessions}) if track is not None else None


@plugin.web.board_sign
def weather(view: View, track: Track) -> Iterable[Sign]:
    if any(session.ended is None for session in view.state.of_track(track.slug)):
        yield Sign("somebody digs", "people", order=60)
    yield Sign("sunny", "weather", href="/sold")


@plugin.web.session_panel
def tools(_: View, session: Session) -> Iterable[Panel]:
    yield Panel("tools", "Tools", "garden/tools.html", {"tools": [record.text for record in session.records]})


@plugin.web.track_panel
def owners(_: View, track: Track) -> Iterable[Panel]:
    yield Panel("owners", "Owners", "garden/tools.html", {"tools": [f"spade of {track.name}"]})


plugin.web.moved("/beds.html", "/")


def no_job(_: PrivateView) -> None:
    """The shed needs no sources."""


def till(view: PrivateView, form: Mapping[str, str]) -> Deed | Callable[[], Deed]:
    """Say each line of what was typed, beside the loop."""
    if "break" in form:
        raise RuntimeError("a spade broke")
    lines = tuple(form["say"].splitlines()) if "say" in form else ()
    return lambda: Deed(lines, (f"{view.holder.name} tills",))


@plugin.web.private_page(
    "/shed/{key}",
    opens="shed",
    title="Shed",
    template="garden/shed.html",
    act=till,
    job=no_job,
    queries=["shelf"],
)
def shed(view: PrivateView) -> Mapping[str, Any] | Callable[[], Mapping[str, Any]] | None:
    """What is private is here."""
    if view.key_argument == "sold":
        return None
    if view.key_argument == "broken":
        raise RuntimeError("the roof came down")
    tracks = [track.name for track in view.state.setup.tracks]
    return lambda: {"tracks": tracks}
