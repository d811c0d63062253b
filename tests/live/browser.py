"""Chromium as people have it, with a profile of its own. Where it is missing its tests are skipped, or fail where CI is set."""

import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Literal

import pytest
from playwright.async_api import Browser, BrowserContext, Page, async_playwright

Scheme = Literal["light", "dark"]
NAMES = ("chromium", "chromium-browser", "google-chrome")
QUIET = ("--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync")
PHONE, DESK, WALL = (320, 640), (1280, 800), (1920, 1080)


def chromium() -> str:
    """The path of the program."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is None and os.environ.get("CI"):
        pytest.fail("chromium is missing; tests/run installs it")
    if found is None:
        pytest.skip("chromium is missing; tests/run installs it")
    return found


@asynccontextmanager
async def browsing() -> AsyncIterator[Browser]:
    """A browser for as long as it is needed."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=chromium(), args=list(QUIET), chromium_sandbox=False
        )
        try:
            yield browser
        finally:
            await browser.close()


async def reader(
    browser: Browser, size: tuple[int, int], scheme: Scheme = "light", *, script: bool = True
) -> BrowserContext:
    """Somebody with a screen of this size, in CSS pixels."""
    width, height = size
    return await browser.new_context(
        viewport={"width": width, "height": height}, color_scheme=scheme, java_script_enabled=script
    )


class Complaints:
    """What a page complained about, to whoever has its tools open: errors, and what could not be loaded."""

    def __init__(self, page: Page) -> None:
        self.found: list[str] = []
        page.on("console", lambda said: self._add(said.text) if said.type in {"error", "warning"} else None)
        page.on("pageerror", lambda error: self._add(str(error)))
        page.on(
            "response",
            lambda answer: self._add(f"{answer.status} {answer.url}") if answer.status >= 400 else None,
        )

    def _add(self, text: str) -> None:
        self.found.append(text)
