"""A maildir: a mail leaves `new` only once it was taken, and one that cannot be taken costs no other."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.mail.inbox.maildir import Maildir
from bot.mail.inbox.reception import LARGEST
from tests.mail.inbox import mails
from tests.mail.inbox.desk import ADDRESS, Desk

ANSWER = bytes(mails.mail(Delivered_To=ADDRESS))


class Box:
    def __init__(self, path: Path) -> None:
        self.path = path
        for name in ("new", "cur", "tmp"):
            (path / name).mkdir()
        self.desk = Desk()
        self.maildir = Maildir(path, self.desk.reception, clock=self.desk.clock)

    def put(self, name: str, content: bytes = ANSWER) -> None:
        (self.path / "tmp" / name).write_bytes(content)
        (self.path / "tmp" / name).rename(self.path / "new" / name)

    def names(self, folder: str) -> list[str]:
        return sorted(path.name for path in (self.path / folder).iterdir())


@pytest.fixture
def box(tmp_path: Path) -> Box:
    return Box(tmp_path)


async def test_a_mail_is_moved_after_it_was_taken(box: Box) -> None:
    box.put("1.a.host")
    box.put("2.b.host", bytes(mails.mail()))
    await box.maildir.look()
    assert (box.names("new"), box.names("cur")) == ([], ["1.a.host:2,S", "2.b.host:2,S"])
    assert len(box.desk.received) == 1


async def test_what_was_moved_back_counts_once(box: Box) -> None:
    for _ in range(2):
        box.put("1.a.host")
        await box.maildir.look()
    assert box.names("cur") == ["1.a.host:2,S"]
    assert len(box.desk.received) == 1


async def test_what_the_desk_does_not_take_stays_and_is_tried_more_and_more_rarely(box: Box) -> None:
    box.desk.takes = False
    box.put("1.a.host")
    tried = 0

    async def counted(_: object) -> bool:
        nonlocal tried
        tried += 1
        return False

    box.desk.reception._deliver = counted
    for _ in range(2 * 60 * 4):
        await box.maildir.look()
        box.desk.clock.now += timedelta(seconds=30)
    assert box.names("new") == ["1.a.host"]
    assert tried == 10
    box.desk.reception._deliver = box.desk.deliver
    box.desk.takes = True
    box.desk.clock.now += timedelta(hours=1)
    await box.maildir.look()
    assert box.names("new") == []


async def test_a_large_mail_is_said_and_moved(box: Box) -> None:
    box.put("1.a.host", ANSWER + b"x" * 10_000_000)
    await box.maildir.look()
    assert box.desk.troubles == ["large"]
    assert box.names("cur") == ["1.a.host:2,S"]
    assert LARGEST < 10_000_000


async def test_only_files_are_read(box: Box, tmp_path: Path) -> None:
    (tmp_path / "secret").write_bytes(ANSWER)
    (box.path / "new" / "link").symlink_to(tmp_path / "secret")
    (box.path / "new" / "folder").mkdir()
    (box.path / "new" / ".hidden").write_bytes(ANSWER)
    box.put("1.a.host")
    await box.maildir.look()
    assert box.names("new") == [".hidden", "folder", "link"]
    assert len(box.desk.received) == 1


async def test_a_folder_that_is_gone_is_said_once_and_watched_on(
    box: Box, caplog: pytest.LogCaptureFixture
) -> None:
    (box.path / "new").rename(box.path / "away")
    await box.maildir.look()
    await box.maildir.look()
    assert caplog.text.count("inbox: can't read") == 1
    (box.path / "away").rename(box.path / "new")
    box.put("1.a.host")
    await box.maildir.look()
    assert len(box.desk.received) == 1


async def test_a_mail_that_cannot_be_moved_counts_once(box: Box, caplog: pytest.LogCaptureFixture) -> None:
    (box.path / "cur").rename(box.path / "away")
    box.put("1.a.host")
    await box.maildir.look()
    assert "inbox: can't take a mail" in caplog.text
    (box.path / "away").rename(box.path / "cur")
    box.desk.clock.now += timedelta(hours=1)
    await box.maildir.look()
    assert box.names("cur") == ["1.a.host:2,S"]
    assert len(box.desk.received) == 1
