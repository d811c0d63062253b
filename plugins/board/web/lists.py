"""The pages of links: the etherpads of tracks, and addresses that everybody may need."""

from typing import Any

from bot.api.web import View
from plugins.board.declaration import plugin
from plugins.board.rows import etherpads, useful_links


@plugin.web.page("/etherpads", title="Etherpads", template="board/etherpads.html", menu=80)
def pads(view: View) -> dict[str, Any]:
    """Return the etherpads of the tracks that the reader wants to see."""
    wanted = {track.slug for track in view.tracks}
    return {"pads": [pad for pad in etherpads(view.state) if pad.track.slug in wanted]}


@plugin.web.page("/links", title="Links", template="board/links.html", menu=85)
def links(view: View) -> dict[str, Any]:
    """Return the useful links, and the tracks with their mailing lists."""
    return {"links": useful_links(view.state), "gathering": view.state.setup.gathering}
