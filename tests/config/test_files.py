from pathlib import Path

import pytest

from bot.config.faults import Findings
from bot.config.files import Surroundings


@pytest.fixture
def findings() -> Findings:
    return Findings()


def around(folder: Path, **environ: str) -> Surroundings:
    return Surroundings(folder, environ)


def test_paths_begin_at_the_folder_of_the_configuration(tmp_path: Path) -> None:
    assert around(tmp_path).path("a/b") == tmp_path / "a" / "b"
    assert around(tmp_path).path("/etc/b") == Path("/etc/b")


def test_a_secret_from_a_file_loses_its_line_end(tmp_path: Path, findings: Findings) -> None:
    (tmp_path / "s").write_text(" hunter2\r\n")
    (tmp_path / "s").chmod(0o640)
    assert around(tmp_path).secret("password", "s", "", "mail", findings) == "hunter2"
    assert (findings.faults, findings.notes) == ([], [])


def test_a_secret_from_a_windows_editor(tmp_path: Path, findings: Findings) -> None:
    (tmp_path / "s").write_bytes(b"\xef\xbb\xbfhunter2\r\n")
    (tmp_path / "s").chmod(0o600)
    assert around(tmp_path).secret("password", "s", "", "mail", findings) == "hunter2"


def test_a_secret_that_everybody_can_read_is_noted(tmp_path: Path, findings: Findings) -> None:
    (tmp_path / "s").write_text("hunter2")
    (tmp_path / "s").chmod(0o644)
    assert around(tmp_path).secret("password", "s", "", "mail", findings) == "hunter2"
    assert findings.notes == [
        f"mail.password_file: everybody on this machine can read {tmp_path / 's'}; chmod o-r fixes that"
    ]


@pytest.mark.parametrize("text", ["", "\n", "one\ntwo\n"])
def test_a_secret_is_one_line(tmp_path: Path, findings: Findings, text: str) -> None:
    (tmp_path / "s").write_text(text)
    (tmp_path / "s").chmod(0o600)
    assert around(tmp_path).secret("token", "s", "", "network[0]", findings) is None
    assert findings.faults == [
        f"network[0].token_file: the file {tmp_path / 's'} must hold the secret as its only line"
    ]


def test_a_secret_file_that_is_no_text(tmp_path: Path, findings: Findings) -> None:
    (tmp_path / "s").write_bytes(b"\xff\xfe")
    (tmp_path / "s").chmod(0o600)
    assert around(tmp_path).secret("token", "s", "", "", findings) is None
    assert findings.faults == [f"token_file: the file {tmp_path / 's'} is not text"]


def test_a_secret_that_is_not_there(tmp_path: Path, findings: Findings) -> None:
    assert around(tmp_path).secret("password", "s", "", "mail", findings) is None
    assert around(tmp_path).secret("password", "", "MAIL", "mail", findings) is None
    assert around(tmp_path, MAIL="x").secret("password", "s", "MAIL", "mail", findings) is None
    assert findings.faults == [
        f"mail.password_file: there is no file {tmp_path / 's'}",
        "mail.password_env: the environment variable MAIL is not set",
        "mail.password_env: password_file is given too; set only one of them",
    ]


def test_no_secret_is_no_fault(tmp_path: Path, findings: Findings) -> None:
    assert around(tmp_path).secret("password", "", "", "mail", findings) is None
    assert findings.faults == []


def test_a_folder_to_write_is_there_or_can_be_made(tmp_path: Path, findings: Findings) -> None:
    assert around(tmp_path).folder_to_write("new/data", "bot.data", findings) == tmp_path / "new" / "data"
    assert findings.faults == []
    (tmp_path / "file").write_text("")
    around(tmp_path).folder_to_write("file/data", "bot.data", findings)
    around(tmp_path).folder_to_write("file", "bot.data", findings)
    assert findings.faults == [f"bot.data: {tmp_path / 'file'} is not a folder"] * 2
