import re
from pathlib import Path

from bot import app
from bot.bundled import choose
from bot.config import Config, load
from tests.house.sources import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
CHAT, RECAP = re.findall(r"```text\n(.*?)```", README, re.DOTALL)
HEADER = "=== channel #tidepool-ptg date 2027-10-19\n"
LATER = "13:30:00\n"  # the recap is made some minutes after the end


def tidepool() -> Config:
    return load(ROOT / "bot" / "demo" / "tidepool.config.toml", choose, {}, connecting=False)


async def played(folder: Path, form: str) -> str:
    said = [line for line in CHAT.splitlines(keepends=True) if not line.startswith(">")]
    log = folder / "tidepool.txt"
    log.write_text(HEADER + "".join(said) + LATER, encoding="utf-8")
    text: str = await app.replay([log], config=tidepool(), channel="", date=None, zone=None, form=form)
    return text


async def test_the_chat_is_what_is_said(tmp_path: Path) -> None:
    dialogue = await played(tmp_path, "dialogue")
    assert dialogue.removeprefix(HEADER)[: len(CHAT)] == CHAT


async def test_the_mail_is_what_it_becomes(tmp_path: Path) -> None:
    mail = await played(tmp_path, "mail")
    pieces = [piece.strip("\n") for piece in RECAP.split("[...]\n")]
    assert [piece for piece in pieces if f"\n{piece}\n" not in f"\n{mail}\n"] == []
    assert len(pieces) == 3


def test_every_link_leads_somewhere() -> None:
    links = re.findall(r"\]\(([^)#]+)\)", README)
    assert links != []
    assert [link for link in links if not link.startswith("https://") and not (ROOT / link).is_file()] == []


def test_the_two_commands_of_the_first_minute_stand_together() -> None:
    assert re.search(r"    pip install uv && uv run gatherbot demo .*\n    tests/run ", README)
