"""Nothing that is served has a word of a private track: every page, document, feed, stream of changes, file.

The list comes from what the bundled plugins declare, so what is added later is looked at as well.
"""

from functools import cache

import pytest

from bot.core.plugin.private_pages import KEY
from tests.play import Stage
from tests.web.served import served
from tests.web.two_tracks import addresses, lines_of, stage_of

WORD = "umbra"  # stands in everything that is private, and nowhere else
SEEN = "lumen"  # the same in public


@cache
def stage(*, public: bool = False) -> Stage:
    return stage_of({SEEN: SEEN, WORD: WORD}, frozenset() if public else frozenset({WORD}))


PATHS = sorted({path for path, _ in addresses(stage())})


@pytest.mark.parametrize("path", PATHS)
async def test_no_word_of_a_private_track_is_served(path: str) -> None:
    made = stage()
    async with served(made, lines_of(made, "something")) as reader:
        for declared, address in addresses(made):
            if declared == path:
                for html in (True, False):
                    answer = await reader.site.answer(address, html=html)
                    assert answer.status in {200, 301, 404}, address
                    assert WORD not in f"{answer.body.decode()} {answer.to}".lower(), address


async def test_a_private_page_says_nothing_to_who_holds_no_key() -> None:
    """They are in no list of addresses above, because without a key there is nothing to see."""
    made = stage()
    private = [page.path.replace(KEY, "a" * 26) for page in made.register.private_pages()]
    assert private
    async with served(made) as site:
        for address in (*private, *(f"{path}?answers=00000000.{'0' * 32}" for path in private)):
            for method, sent in (("GET", None), ("POST", b"nonce=" + b"0" * 32)):
                headers = {"Content-Type": "application/x-www-form-urlencoded"}
                status, body, answer = await site.get(address, headers, method, sent)
                assert status == 404
                assert WORD not in f"{body.decode()} {answer}".lower()
            assert (await site.site.answer(address)).status == 404
    assert not {path for path, _ in addresses(made)} & {page.path for page in made.register.private_pages()}


async def test_the_same_words_are_found_where_they_are_public() -> None:
    """What is said here does reach pages, so the test above looks at something."""
    made = stage(public=True)
    found = set()
    async with served(made, lines_of(made, "something")) as reader:
        for path, address in addresses(made):
            answer = await reader.site.answer(address)
            if WORD in f"{answer.body.decode()} {answer.to}".lower():
                found.add(path)
    assert len(found) >= len(PATHS) // 2, set(PATHS) - found


async def test_changes_and_files_say_nothing_either() -> None:
    made = stage()
    async with served(made) as site:
        for _, address in addresses(made):
            status, body, headers = await site.get(f"/live?of={address}", method="HEAD")
            assert WORD not in f"{status} {body!r} {headers}".lower()
        for address in ("/healthz", "/style.css", "/gatherbot.js", "/none"):
            assert WORD not in (await site.get(address))[1].decode().lower()
