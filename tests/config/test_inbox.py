"""Where mail comes in, by the configuration: a port, a socket or a maildir."""

import os
from pathlib import Path

import pytest

from bot.bundled import choose
from bot.config import Config, loads
from bot.config.faults import ConfigError
from bot.mail.settings import InboxSettings

ADDRESS = "recaps@example.org"


def config_of(folder: Path, inbox: str, *, connecting: bool = True) -> Config:
    text = f"[mail]\ninbox = '{inbox}'\ninbox_address = '{ADDRESS}'\n"
    return loads(text, choose, {}, folder=folder, connecting=connecting)


def faults(folder: Path, inbox: str) -> list[str]:
    with pytest.raises(ConfigError) as told:
        config_of(folder, inbox)
    return list(told.value.faults)


def test_a_port(tmp_path: Path) -> None:
    config = config_of(tmp_path, "lmtp:127.0.0.1:2424")
    assert config.inbox == InboxSettings(ADDRESS, host="127.0.0.1", port=2424)
    assert config.inbox.where == "127.0.0.1:2424"
    assert config.setup.inbox_address == ADDRESS
    assert not [note for note in config.notes if "inbox" in note]


def test_a_port_that_others_may_reach_is_noted(tmp_path: Path) -> None:
    config = config_of(tmp_path, "lmtp:[2001:db8::1]:2424")
    assert config.inbox is not None
    assert config.inbox.where == "[2001:db8::1]:2424"
    note = "mail.inbox: LMTP has no login: whoever reaches [2001:db8::1]:2424 can hand over mail"
    assert note in config.notes


def test_a_socket_beside_the_configuration(tmp_path: Path) -> None:
    assert config_of(tmp_path, "lmtp:./lmtp").inbox == InboxSettings(ADDRESS, socket=tmp_path / "lmtp")
    assert faults(tmp_path, "lmtp:none/lmtp") == [f"mail.inbox: there is no folder {tmp_path}/none"]


def test_a_maildir(tmp_path: Path) -> None:
    (tmp_path / "box" / "new").mkdir(parents=True)
    assert faults(tmp_path, "maildir:box") == [f"mail.inbox: there is no folder {tmp_path}/box/cur"]
    (tmp_path / "box" / "cur").mkdir()
    assert config_of(tmp_path, "maildir:box").inbox == InboxSettings(ADDRESS, maildir=tmp_path / "box")
    assert config_of(tmp_path, "maildir:none", connecting=False).inbox is not None


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    for name in ("new", "cur"):
        (tmp_path / "box" / name).mkdir(parents=True)
    (tmp_path / "box" / "new").chmod(0o500)
    assert faults(tmp_path, "maildir:box") == [f"mail.inbox: can't write to the folder {tmp_path}/box/new"]


def test_without_an_inbox_no_address_is_for_answers(tmp_path: Path) -> None:
    config = loads("", choose, {}, folder=tmp_path)
    assert (config.inbox, config.setup.inbox_address) == (None, "")
