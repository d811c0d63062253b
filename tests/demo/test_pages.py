"""The demonstration with pages: they can be read while it plays, stay afterwards, and end with Ctrl-C."""

import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

from tests.web.markup import words

STARTS = "from bot.commandline import main; main()"
PATIENCE_S = 60


@contextmanager
def demonstration(folder: Path, speed: str) -> Iterator["subprocess.Popen[str]"]:
    with subprocess.Popen(
        [sys.executable, "-c", STARTS, "demo", "--web", "--speed", speed],
        cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    ) as process:  # fmt: skip
        try:
            yield process
        finally:
            process.kill()


def address_in(process: "subprocess.Popen[str]", start: str) -> str:
    assert process.stdout is not None
    line = next(line for line in process.stdout if line.startswith(start))
    (address,) = re.findall(r"http://\S+", line)
    return str(address)


def read(address: str) -> str:
    assert re.match(r"http://127\.0\.0\.1:\d+/", address)
    with urlopen(address, timeout=PATIENCE_S) as answer:
        return bytes(answer.read()).decode()


def ended(process: "subprocess.Popen[str]") -> tuple[int, str]:
    process.send_signal(signal.SIGINT)
    _, faults = process.communicate(timeout=PATIENCE_S)
    return process.returncode, faults


def test_the_pages_of_what_was_played_stay_until_somebody_ends_it(tmp_path: Path) -> None:
    with demonstration(tmp_path, "1000000") as process:
        address = address_in(process, "Watch it meanwhile at ")
        assert address_in(process, "The pages stay at ") == address
        recaps = read(f"{address}recaps")
        assert recaps.count("Minutes of") == 2
        minutes = read(address + re.findall(r'"/(sessions/[^"]+)"', recaps)[-1])
        assert "1. " in words(minutes)
        log = re.findall(r'"/(sessions/[^"]+/log)"', minutes)[0]
        assert words(read(address + log)).count("UTC") > 40
        assert ended(process) == (0, "")


def test_it_can_be_ended_while_it_plays(tmp_path: Path) -> None:
    with demonstration(tmp_path, "1") as process:
        assert "Nothing was decided yet." in read(address_in(process, "Watch it meanwhile at ") + "decisions")
        assert ended(process) == (0, "")
