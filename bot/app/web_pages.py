"""The pages of a running bot: made of its state, served where the configuration says, loaded after everything else."""

import asyncio
import logging
import os
from collections.abc import Callable, Mapping
from datetime import datetime
from importlib import import_module
from typing import TYPE_CHECKING

from bot.app.engine import Engine
from bot.config import Web
from bot.networks.contract import Network, ReportsConnection
from bot.networks.holder_rooms import HolderRooms
from bot.runtime.live_state import Consequences
from bot.runtime.timers import machine_clock

if TYPE_CHECKING:
    from bot.web.health import Vitals
    from bot.web.private_site import PrivateSite
    from bot.web.server import WebServer
    from bot.web.site import Site

log = logging.getLogger(__name__)

MODULES = ("aiohttp.web", "jinja2.ext", "bot.web.server")


class WebPages:
    """Pages of an engine. Nothing is loaded, and the desk tells nothing, before they are opened."""

    def __init__(
        self,
        web: Web,
        built: Engine,
        networks: Mapping[str, Network],
        rooms: HolderRooms,
        clock: Callable[[], datetime] = machine_clock,
    ) -> None:
        self._web = web
        self._clock = clock
        self._built = built
        self._networks = networks
        self._rooms = rooms
        self._server: WebServer | None = None
        self.port = 0

    async def open(self) -> None:
        """Load what is needed, and serve. What goes wrong is told in a line, and the bot goes on without pages."""
        try:
            for module in MODULES:
                await asyncio.to_thread(import_module, module)
            await self._serve()
        except OSError as error:
            self._built.desk.live.changed = None
            reason = os.strerror(error.errno).lower() if error.errno else str(error)
            log.error("no pages: %s:%d: %s", self._web.host, self._web.port, reason)  # noqa: TRY400 - the reason says it
        except Exception:  # pages are no reason to leave the rooms
            self._built.desk.live.changed = None
            log.exception("no pages: they cannot be made")

    async def _serve(self) -> None:
        from bot.web.assets import assets  # noqa: PLC0415 - loaded after the networks are joined
        from bot.web.health import Health  # noqa: PLC0415
        from bot.web.live import LiveViews  # noqa: PLC0415
        from bot.web.private_requests import PrivateRequests  # noqa: PLC0415
        from bot.web.server import WebServer  # noqa: PLC0415
        from bot.web.shelf import Shelf  # noqa: PLC0415
        from bot.web.site import Site  # noqa: PLC0415

        built = self._built
        files = assets()
        site = Site(
            built.state,
            built.register,
            Shelf(built.state, built.journal),
            clock=self._clock,
            files={path: file.address for path, file in files.items()},
            public_url=self._web.public_url,
        )
        await asyncio.to_thread(site.templates.compile_all)
        live = LiveViews(site, self._clock)

        private = self._private(site)

        def changed(what: Consequences) -> None:
            site.note(what.sessions, what.streams, what.logs, redacted=what.redacted)
            if what.redacted:
                private.words_removed()
            live.stir()

        requests = PrivateRequests(private)
        self._server = WebServer(site, live, Health(self._vitals()), files, requests)
        built.desk.live.changed = changed
        self.port = await self._server.start(self._web.host, self._web.port)
        host = f"[{self._web.host}]" if ":" in self._web.host else self._web.host
        log.info("pages: http://%s:%d/", host, self.port)

    def _private(self, site: "Site") -> "PrivateSite":
        """The pages of those who hold a key; what they say goes to the desk."""
        from bot.web.private_site import Doors, PrivateSite  # noqa: PLC0415 - as above

        built = self._built
        self._rooms.begin(built.desk.put, built.journal.handled)
        doors = Doors(built.journal.key, built.jobs.sources, self._rooms.ask)
        url = self._web.public_url
        return PrivateSite(site, built.state, built.register, doors, self._clock, url)

    def _vitals(self) -> "Vitals":
        from bot.web.health import Vitals  # noqa: PLC0415 - as above

        desk, journal = self._built.desk, self._built.journal
        return Vitals(
            desk=lambda: (desk.pulse.turns, desk.pulse.busy),
            saves=lambda: not desk.outage.lasts,
            journal=journal.last_numbers,
            networks=lambda: {
                name: network.connected
                for name, network in self._networks.items()
                if isinstance(network, ReportsConnection)
            },
        )

    async def close(self) -> None:
        """Serve no more."""
        self._built.desk.live.changed = None
        if self._server is not None:
            await self._server.stop()
