"""Hostile text in every field is text on every page: no markup, no script, no style, no address of another scheme."""

import re
from functools import cache

import pytest

from tests.play import Stage
from tests.web.markup import elements
from tests.web.served import served
from tests.web.two_tracks import addresses, lines_of, stage_of

EVIL = (
    """"'><script>alert(1)</script><img src=x onerror=alert(1)><!--live x--><style>*{}</style>\u202e&amp;"""
)
LEADS = re.compile(r"(/(?!/)|#|\\?|https?://|mailto:)")
LIVE_ID = re.compile(r"[a-z0-9._-]+")


@cache
def stage() -> Stage:
    return stage_of({"evil": EVIL, "plain": "plain"})


PATHS = sorted({path for path, _ in addresses(stage())})


@pytest.mark.parametrize("path", PATHS)
async def test_a_page_is_made_of_our_own_elements(path: str) -> None:
    made = stage()
    async with served(made, lines_of(made, EVIL)) as reader:
        for declared, address in addresses(made):
            if declared != path:
                continue
            answer = await reader.site.answer(address, "show=<script>&tz=<script>")
            if not answer.type.startswith("text/html") or answer.status != 200:
                continue
            html = answer.body.decode()
            found = elements(html)
            assert [
                dict(attributes)
                for tag, attributes in found
                if tag in {"img", "style", "iframe", "object", "base"}
            ] == []
            assert [attributes["src"] for tag, attributes in found if tag == "script"] in (
                [],
                ["/gatherbot.js?abc"],
            )
            named = [(tag, name) for tag, attributes in found for name in attributes]
            assert [one for one in named if one[1].startswith("on") or one[1] == "style"] == []
            led = [attributes.get("href", attributes.get("action", "/")) for _, attributes in found]
            assert [href for href in led if not LEADS.match(href)] == []
            ids = [attributes["id"] for _, attributes in found if "id" in attributes]
            assert sorted({one for one in ids if ids.count(one) > 1}) == []
            assert "\u202e" not in html
            assert "<!--" not in html


@pytest.mark.parametrize("path", PATHS)
async def test_a_live_part_is_one_element_with_its_id(path: str) -> None:
    made = stage()
    async with served(made, lines_of(made, EVIL)) as reader:
        for declared, address in addresses(made):
            answer = await reader.site.answer(address) if declared == path else None
            for name, part in (
                answer.cut.parts.items() if answer is not None and answer.cut is not None else ()
            ):
                tag, attributes = elements(part)[0]
                assert attributes.get("id") == name, (address, name)
                assert part.endswith(f"</{tag}>"), (address, name)
                assert part.count(f"<{tag} ") + part.count(f"<{tag}>") == part.count(f"</{tag}>")


async def test_it_is_shown_as_text() -> None:
    made = stage()
    shown = set()
    async with served(made, lines_of(made, EVIL)) as reader:
        for path, address in addresses(made):
            if b"&lt;script&gt;alert(1)&lt;/script&gt;" in (await reader.site.answer(address)).body:
                shown.add(path)
    assert shown >= {
        "/sessions/{session}",
        "/sessions/{session}/log",
        "/actions",
        "/decisions",
        "/questions",
        "/calls",
    }
