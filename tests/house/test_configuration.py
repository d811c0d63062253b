import re
from pathlib import Path
from typing import Any

import pytest

from bot.bundled import bundled_plugins, choose
from bot.config import load, loads, tables
from bot.config.faults import known_keys
from tests.house.sources import ROOT

EXAMPLE = ROOT / "config.example.toml"
PAGE = ROOT / "docs" / "configuration.md"
BLOCK = re.compile(r"^```toml\n(.*?)^```", re.DOTALL | re.MULTILINE)


def plugin_keys(kind: str) -> set[str]:
    models = [getattr(plugin, kind) for plugin in bundled_plugins()]
    return {key for model in models if model is not None for key in known_keys(model)}


def own(model: type, *without: type) -> set[str]:
    return set(known_keys(model)) - {key for one in without for key in known_keys(one)}


def keys() -> dict[str, set[str]]:
    """Every key that the bot reads, by the heading of its section in the page."""
    network = own(tables.NetworkTable) | {"kind"}
    found = {
        "[bot]": own(tables.BotTable),
        "[gathering]": own(tables.GatheringTable) | plugin_keys("gathering_table"),
        "limits": own(tables.BookingTable),
        "[limits]": own(tables.LimitsTable),
        "[[network]]": network,
        'kind = "irc"': own(tables.IrcTable) - network,
        'kind = "matrix"': own(tables.MatrixTable) - network,
        "relays": own(tables.RelayTable),
        "puppets": own(tables.PuppetsTable),
        "[[track]]": own(tables.TrackTable) | plugin_keys("track_table"),
        "maintainers": own(tables.MaintainerTable),
        "[[track.team]]": own(tables.TeamTable),
        "[[slot]]": own(tables.SlotTable),
        "[mail]": own(tables.MailTable),
        "[schedule]": own(tables.ScheduleTable),
        "[web]": own(tables.WebTable),
        "[fetch]": own(tables.FetchTable),
    }
    for plugin in bundled_plugins():
        if plugin.table is not None:
            name, model = plugin.table
            found[f"[{name}]"] = found.get(f"[{name}]", set()) | set(known_keys(model))
            found.update(inner_tables(model))
    return found


def inner_tables(model: Any) -> dict[str, set[str]]:
    """The keys of the tables that stand in a plugin's table."""
    inner = {
        name: args
        for name, field in model.model_fields.items()
        for args in [getattr(field.annotation, "__args__", ())]
    }
    return {
        name: set(known_keys(arg))
        for name, args in inner.items()
        for arg in args
        if isinstance(arg, type) and known_keys(arg)
    }


def documented() -> dict[str, set[str]]:
    """The keys in the tables of the page, by the heading of their section."""
    found: dict[str, set[str]] = {}
    section = ""
    for line in PAGE.read_text(encoding="utf-8").splitlines():
        heading = re.fullmatch(r"##+ `(.+)`", line)
        if heading is not None:
            section = heading[1]
            found[section] = set()
        elif line.startswith("| `"):
            found[section] |= set(re.findall(r"`(\w+)`", line.split("|")[1]))
    return found


def test_every_key_is_documented_and_no_other() -> None:
    assert documented() == keys()


def required(model: Any) -> set[str]:
    return {field.alias or name for name, field in model.model_fields.items() if field.is_required()}


def test_the_page_says_what_must_be_given_and_leaves_no_default_open() -> None:
    models: dict[str, list[Any]] = {
        "[[network]]": [tables.NetworkTable],
        'kind = "irc"': [tables.IrcTable],
        'kind = "matrix"': [tables.MatrixTable],
        "[[track]]": [tables.TrackTable],
        "maintainers": [tables.MaintainerTable],
        "[[track.team]]": [tables.TeamTable],
        "[[slot]]": [tables.SlotTable],
        "kinds": [plugin_model("records").model_fields["kinds"].annotation.__args__[0]],
    }
    wanted = {
        section: {key for model in found for key in required(model)} for section, found in models.items()
    }
    wanted["[[network]]"] |= {"kind"}
    for kind in ('kind = "irc"', 'kind = "matrix"'):
        wanted[kind] -= wanted["[[network]]"]
    said: dict[str, set[str]] = {section: set() for section in wanted}
    section = ""
    for line in PAGE.read_text(encoding="utf-8").splitlines():
        heading = re.fullmatch(r"##+ `(.+)`", line)
        section = heading[1] if heading is not None else section
        if line.startswith("| `"):
            _, names, default, *_ = line.split("|")
            assert default.strip(), line
            if default.strip() == "`required`":
                said[section] |= set(re.findall(r"`(\w+)`", names))
    assert said == wanted


def plugin_model(name: str) -> Any:
    """The model of a plugin's table."""
    return next(plugin.table[1] for plugin in bundled_plugins() if plugin.table and plugin.table[0] == name)


@pytest.fixture
def beside(tmp_path: Path) -> Path:
    """A folder with the secrets that the example names."""
    for name in ("nickserv.password", "mail.password"):
        (tmp_path / name).write_text("hunter2\n")
        (tmp_path / name).chmod(0o600)
    (tmp_path / "slots.csv").write_text("name,starts,ends\nMonAM,2027-10-18 09:00,2027-10-18 11:00\n")
    return tmp_path


def test_the_example_loads(beside: Path) -> None:
    copy = beside / "config.toml"
    copy.write_bytes(EXAMPLE.read_bytes())
    config = load(copy, choose, {})
    assert [network.name for network in config.networks] == ["oftc"]
    assert [track.slug for track in config.setup.tracks] == ["tidepool"]
    assert config.notes == ()


def test_the_example_holds_every_key() -> None:
    written = set(re.findall(r"^#?(\w+) = ", EXAMPLE.read_text(encoding="utf-8"), re.MULTILINE))
    in_tables = {"day", "week", "suffix", "host", "prefix", "of", "server", "mail", "accounts", "word", "heading", "aliases", "form", "order",
                 "role", "decision", "usage", "team"}  # fmt: skip
    assert {key for found in keys().values() for key in found} - written <= in_tables


def test_what_is_commented_out_in_the_example_would_load(beside: Path) -> None:
    (beside / "templates").mkdir()
    text = re.sub(r"^#(\[|\w+ = )", r"\1", EXAMPLE.read_text(encoding="utf-8"), flags=re.MULTILINE)
    text = re.sub(r"^\w*password_env = .*", "", text, flags=re.MULTILINE)  # the file is given as well
    text = text.replace('related = ["nova"]', "related = []")
    config = loads(text, choose, {}, folder=beside, connecting=False)
    assert [network.name for network in config.networks] == ["oftc", "matrix"]
    assert "risk" in config.register.kinds


def shown() -> dict[str, str]:
    """Every configuration of the bot that a page shows."""
    pages = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
    blocks = [(page, block) for page in pages for block in BLOCK.findall(page.read_text(encoding="utf-8"))]
    return {
        f"{page.name} {number}": block
        for number, (page, block) in enumerate(blocks)
        if "[project" not in block
    }


@pytest.mark.parametrize("text", shown().values(), ids=shown())
def test_what_the_pages_show_loads(text: str, beside: Path) -> None:
    loads(text, choose, {}, folder=beside, connecting=False)
