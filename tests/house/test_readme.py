import re
from pathlib import Path

from bot import app
from bot.bundled import choose
from bot.config import Config, load, loads
from tests.house.sources import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
CHAT, RECAP = re.findall(r"```text\n(.*?)```", README, re.DOTALL)
HEADER = "=== channel #tidepool-ptg date 2027-10-19\n"
LATER = "13:30:00\n"  # the recap is made some minutes after the end


def tidepool() -> Config:
    return load(ROOT / "bot" / "demo" / "tidepool.config.toml", choose, {}, connecting=False)


def short_configuration() -> str:
    (text,) = re.findall(r"```toml\n(.*?)```", README, re.DOTALL)
    return str(text)


def test_the_short_configuration_has_nine_lines_and_no_fault(tmp_path: Path) -> None:
    assert len(short_configuration().split("\n\n")) == 2
    assert len([line for line in short_configuration().splitlines() if line]) == 9
    assert loads(short_configuration(), choose, {}, folder=tmp_path).notes == ()


async def test_a_session_under_the_short_configuration_becomes_a_letter(tmp_path: Path) -> None:
    log = tmp_path / "tidepool.txt"
    log.write_text(
        "=== channel libera/#tidepool-ptg date 2027-10-19\n"
        "13:00:00 <amaru> #startmeeting Tidepool\n13:01:00 <amaru> #info one\n13:02:00 <amaru> #endmeeting\n13:30:00\n"
    )
    config = loads(short_configuration(), choose, {}, folder=tmp_path, connecting=False)
    mail = await app.replay([log], config=config, channel="", date=None, zone=None, form="mail")
    assert mail.splitlines()[0] == "To: tidepool-discuss@lists.example.org"


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
