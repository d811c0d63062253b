"""The pages for people in their roles: what they show happens, what they name is there, and each takes two minutes to read."""

import re
from pathlib import Path

import pytest

from bot import app
from bot.bundled import choose
from bot.config import load, loads
from bot.docs import bundled_register
from plugins.help import cheatsheet
from tests.house.sources import ROOT

DOCS = ROOT / "docs"
ROLES = ("participant", "moderator", "maintainer", "organizer", "from-meetbot", "faq")
REFERENCE = ("from-ptgbot",)  # longer than two minutes
DIALOGUES = ("participant", "moderator", "maintainer", "from-meetbot", "from-ptgbot")
ELSEWHERE = {
    "from-ptgbot": "#ptg date 2027-10-20"
}  # where and when a page's dialogue is; by default in the track's room
DIALOGUE = re.compile(r"```text\n(\d\d:.*?)```", re.DOTALL)
MAINTAINED = 'maintainers = [{mail = "amaru@example.org", accounts = ["irc/amaru"]}]\n'
TWO_MINUTES = 480  # words

COMMAND = re.compile(r"(?<![\w#`/])[#!]([a-z]+)(?=[\s`!]|$)")


def page(name: str) -> str:
    return (DOCS / f"{name}.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", DIALOGUES)
async def test_what_a_page_shows_is_what_happens(name: str, tmp_path: Path, accept: bool) -> None:  # noqa: FBT001 - a fixture
    (shown,) = DIALOGUE.findall(page(name))
    log, config = tmp_path / "log.txt", tmp_path / "config.toml"
    header = f"=== channel {ELSEWHERE.get(name, '#tidepool-ptg date 2027-10-19')}\n"
    said = [line for line in shown.splitlines(keepends=True) if not line.startswith(">")]
    log.write_text(header + "".join(said), encoding="utf-8")
    text = (ROOT / "bot" / "demo" / "tidepool.config.toml").read_text(encoding="utf-8")
    text = text.replace("[[network]]", 'rooms = ["irc/#ptg"]\n\n[[network]]', 1)
    config.write_text(text.replace("release_done", MAINTAINED + "release_done", 1), encoding="utf-8")
    happened = await app.replay(
        [log],
        config=load(config, choose, {}, connecting=False),
        channel="",
        date=None,
        zone=None,
        form="dialogue",
    )
    happened = happened.removeprefix(header)
    if accept:
        (DOCS / f"{name}.md").write_text(page(name).replace(shown, happened), encoding="utf-8")
    assert happened == shown or accept, "pytest --accept takes it as it is; read the page afterwards"


def test_the_page_for_participants_has_the_cheat_sheet_of_the_bot() -> None:
    assert f"```text\n{cheatsheet.TEXT}\n```" in page("participant")


@pytest.mark.parametrize("name", [*ROLES, *REFERENCE])
def test_a_page_names_only_commands_that_there_are(name: str) -> None:
    declared = bundled_register()
    known = {*declared.vocabulary.words, "track"}  # #TRACK now
    named = {word for code in re.findall(r"`([^`\n]+)`", page(name)) for word in COMMAND.findall(code)}
    assert named - known - set(declared.vocabulary.advice) == set()


@pytest.mark.parametrize("name", ROLES)
def test_a_page_is_read_in_two_minutes(name: str) -> None:
    prose = re.sub(r"```.*?```", "", page(name), flags=re.DOTALL)
    assert len(prose.split()) <= TWO_MINUTES


def test_the_configurations_of_the_pages_have_no_fault(tmp_path: Path) -> None:
    found = [text for name in ROLES for text in re.findall(r"```toml\n(.*?)```", page(name), re.DOTALL)]
    assert len(found) == 1
    for text in found:
        assert loads(text, choose, {}, folder=tmp_path).notes == ()


def test_the_readme_leads_to_every_page() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [name for name in (*ROLES, *REFERENCE) if f"](docs/{name}.md)" not in readme] == []
