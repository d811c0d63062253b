"""Pictures of the pages, made anew: for the README, and of every page for a look.

uv run python -m tests.web.pictures                writes docs/board.png
uv run python -m tests.web.pictures FOLDER [WORD]  every page whose address has the word, on a phone, a desk and a wall,
                                                   in light and in dark, on a good day, a bad one, and before the first
"""

import asyncio
import re
import sys
from collections.abc import Callable
from datetime import UTC
from pathlib import Path

from playwright.async_api import Browser

from tests.house.sources import ROOT
from tests.live.browser import DESK, PHONE, WALL, Scheme, browsing, reader
from tests.play import Stage
from tests.web.browsed import browsed
from tests.web.fair import fair
from tests.web.gathering import busy, quiet

README = ROOT / "docs" / "board.png"
SHOWN = (1100, 640)
STAGES: dict[str, Callable[[], Stage]] = {"good": fair, "bad": busy, "before": quiet}
SCHEMES: tuple[Scheme, ...] = ("light", "dark")


async def for_the_readme() -> None:
    """Write the picture of the board."""
    async with browsing() as browser, browsed(fair()) as served:
        await _picture(browser, served.stage, served.url, README, SHOWN, "light")


async def of_every_page(folder: Path, pattern: str) -> None:
    """Write a file for each page, state, size and scheme."""
    async with browsing() as browser:
        for day, make in STAGES.items():
            async with browsed(make()) as served:
                for address in await served.addresses():
                    if re.search(pattern, address):
                        name = re.sub(r"[^a-z0-9]+", "-", address).strip("-") or "board"
                        for size in (PHONE, DESK, WALL):
                            for scheme in SCHEMES:
                                path = folder / f"{name}-{day}-{size[0]}-{scheme}.png"
                                await _picture(
                                    browser, served.stage, served.url + address, path, size, scheme
                                )


async def _picture(
    browser: Browser, stage: Stage, url: str, path: Path, size: tuple[int, int], scheme: Scheme
) -> None:
    context = await reader(browser, size, scheme)
    page = await context.new_page()
    await page.clock.set_fixed_time(stage.at.astimezone(UTC))
    await page.goto(url)
    await page.screenshot(path=path)
    await context.close()


if __name__ == "__main__":
    asyncio.run(
        of_every_page(Path(sys.argv[1]), "".join(sys.argv[2:3])) if sys.argv[1:] else for_the_readme()
    )
