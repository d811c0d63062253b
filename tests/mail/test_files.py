from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

import pytest

from bot.core.effects import Letter
from bot.mail import files
from bot.mail.compose import compose
from bot.mail.outcome import Later, Sent

AT = datetime(2027, 10, 19, 13, 21, tzinfo=UTC)


def message(
    identifier: str = "2027-10.tidepool.part-1@example.org", subject: str = "One", at: datetime = AT
) -> EmailMessage:
    return compose(
        Letter(identifier, ("a@example.org",), subject, "text\n", "track/x"), "bot@example.org", at
    )


def names(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


async def test_a_message_becomes_a_file(tmp_path: Path) -> None:
    folder = tmp_path / "data" / "outbox"
    assert await files.write(folder, message()) == Sent(filed=True)
    assert contents(folder) == {
        "2027-10-19-2027-10-tidepool-part-1-example-org-b3d9d6a6.eml": bytes(message())
    }


async def test_written_twice_it_is_one_file(tmp_path: Path) -> None:
    await files.write(tmp_path, message())
    before = contents(tmp_path)
    await files.write(tmp_path, message())
    assert contents(tmp_path) == before


@pytest.mark.parametrize(
    "other", ["A.B@example.org", "a-b@example.org", "a.b@example-org", "a.b@" + "x" * 200]
)
def test_different_ids_are_different_files(other: str) -> None:
    assert (
        files.file_name(message(other)).casefold() != files.file_name(message("a.b@example.org")).casefold()
    )


@pytest.mark.parametrize(
    "identifier", ["../../etc/passwd@x", "/etc/passwd@x", "a/../../b@c", "..@..", "con@nul", "a|b;$(c)@d"]
)
async def test_no_id_leads_out_of_the_folder(tmp_path: Path, identifier: str) -> None:
    folder = tmp_path / "outbox"
    assert await files.write(folder, message(identifier)) == Sent(filed=True)
    assert names(tmp_path) == ["outbox"]
    assert names(folder) == [files.file_name(message(identifier))]


def test_what_was_said_is_not_in_the_name() -> None:
    assert files.file_name(message(subject="secret")) == files.file_name(message(subject="other"))


async def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "outbox").write_text("a file is in the way")
    assert await files.write(tmp_path / "outbox", message()) == Later("can't write to the outbox folder")


async def test_a_failure_leaves_no_half_file(tmp_path: Path) -> None:
    (tmp_path / files.file_name(message())).mkdir()  # in the way of the renaming
    assert await files.write(tmp_path, message()) == Later("can't write to the outbox folder")
    assert names(tmp_path) == [files.file_name(message())]
