import json
import logging
import stat
from dataclasses import replace
from pathlib import Path

import pytest

from bot.networks.matrix.saved_state import SavedState
from bot.networks.matrix.server.homeserver import Access
from bot.networks.matrix.settings import MatrixSettings


@pytest.fixture
def settings(tmp_path: Path) -> MatrixSettings:
    return MatrixSettings("matrix", "https://hs.example.org", "@bot:example.org", data=tmp_path / "data")


def test_a_login_is_kept_for_nobody_else(settings: MatrixSettings) -> None:
    SavedState(settings).save_access(Access("DEVICE", "secret"))
    (file,) = settings.data.iterdir()
    assert file.name == "matrix-matrix.json"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert SavedState(settings).access == Access("DEVICE", "secret")
    assert SavedState(replace(settings, user="@other:example.org")).access is None
    assert SavedState(replace(settings, homeserver="https://other.example.org")).access is None
    assert SavedState(replace(settings, name="other")).access is None


def test_a_token_goes_and_the_device_stays(settings: MatrixSettings) -> None:
    kept = SavedState(settings)
    kept.save_access(Access("DEVICE", "secret"))
    kept.forget_token()
    assert (kept.access, kept.device) == (None, "DEVICE")
    assert (SavedState(settings).access, SavedState(settings).device) == (None, "DEVICE")
    assert "secret" not in (settings.data / "matrix-matrix.json").read_text()


def test_rooms_are_remembered(settings: MatrixSettings) -> None:
    kept = SavedState(settings)
    kept.save_room("#nova:example.org", "!a")
    kept.save_room("#cinder:example.org", "!b")
    kept.save_room("#nova:example.org", "!c")
    kept.mark_notified("!b")
    kept.mark_notified("!a")
    again = SavedState(settings)
    assert [again.room(f"#{name}:example.org") for name in ("nova", "cinder", "glance")] == ["!c", "!b", ""]
    assert [again.was_notified(room) for room in ("!a", "!b", "!c")] == [True, True, False]


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "7", '{"device": 1, "token": [], "rooms": 3, "told": {}}', "\xff"]
)
def test_a_file_of_something_else_is_none(settings: MatrixSettings, text: str) -> None:
    settings.data.mkdir()
    (settings.data / "matrix-matrix.json").write_bytes(text.encode("latin-1"))
    kept = SavedState(settings)
    assert (kept.access, kept.device, kept.room("#a:b"), kept.was_notified("!a")) == (None, "", "", False)
    kept.save_access(Access("DEVICE", "secret"))
    assert SavedState(settings).access == Access("DEVICE", "secret")


def test_odd_values_in_it_are_none(settings: MatrixSettings) -> None:
    settings.data.mkdir()
    whose = {"homeserver": settings.homeserver, "user": settings.user}
    odd = whose | {"device": 1, "token": [], "rooms": {"#a:b": 3}, "told": [1, "!a"]}
    (settings.data / "matrix-matrix.json").write_text(json.dumps(odd))
    kept = SavedState(settings)
    assert (kept.access, kept.device, kept.room("#a:b"), kept.was_notified("!a")) == (None, "", "", True)


def test_what_cannot_be_written_is_said(settings: MatrixSettings, caplog: pytest.LogCaptureFixture) -> None:
    settings.data.write_text("a file where the folder should be")
    kept = SavedState(settings)
    with caplog.at_level(logging.WARNING):
        kept.save_access(Access("DEVICE", "secret"))
    assert kept.access == Access("DEVICE", "secret")
    file = settings.data / "matrix-matrix.json"
    words = f"matrix: can't save the login and the room positions in {file}: File exists"
    assert caplog.messages == [words]
