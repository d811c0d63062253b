"""`gatherbot chat` as somebody uses it: at a terminal, from a pipe, and interrupted."""

import os
import pty
import re
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

PROGRAM = Path(sys.executable).with_name("gatherbot")
PATIENCE = 60.0
# between two prompts Ctrl-C is a signal, for which a terminal must be the one of the process
AT_THE_TERMINAL = "import fcntl, os, sys, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0); os.execv(sys.argv[1], sys.argv[1:])"
STEERING = re.compile(r"\x1b(?:\[[0-9;?]*[A-Za-z]|[=>])")


class Terminal:
    """The program at a pseudo-terminal."""

    def __init__(self, folder: Path) -> None:
        self._ours, theirs = pty.openpty()
        self.process = subprocess.Popen(
            [sys.executable, "-c", AT_THE_TERMINAL, PROGRAM, "chat"],
            cwd=folder,
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            env={**os.environ, "TERM": "xterm", "LOGNAME": "you", "PROMPT_TOOLKIT_NO_CPR": "1"},
            start_new_session=True,
        )
        os.close(theirs)
        self.shown = ""

    def press(self, keys: str) -> None:
        os.write(self._ours, keys.encode())

    def until(self, text: str) -> None:
        """Read on until a text is shown."""
        until = time.monotonic() + PATIENCE
        while text not in self.shown:
            assert time.monotonic() < until, self.shown
            self._read()

    def to_the_end(self) -> int:
        """Read on until the program ends; its exit status."""
        while self._read():
            pass
        return self.process.wait(PATIENCE)

    def _read(self) -> bool:
        try:
            data = os.read(self._ours, 4096) if select.select([self._ours], [], [], PATIENCE)[0] else b""
        except OSError:  # the other end is closed
            data = b""
        self.shown += STEERING.sub("", data.decode(errors="replace"))
        return bool(data)

    def abandon(self) -> None:
        self.process.kill()
        self.process.wait()
        os.close(self._ours)


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    terminal = Terminal(tmp_path)
    yield terminal
    terminal.abandon()


def test_a_prompt_with_a_history_where_ctrl_c_leaves_no_trace(terminal: Terminal) -> None:
    terminal.until("you>")
    terminal.press("#startmeeting Test\r")
    terminal.until("<gatherbot> Test is open until")
    terminal.press("amaru: #info hello\r")
    terminal.until("<gatherbot> #1 info")
    terminal.shown = ""
    terminal.press("\x1b[A\r")  # the line before
    terminal.until("<amaru> #info hello")
    terminal.until("<gatherbot> #2 info")
    terminal.shown = ""
    terminal.press("\x03")
    assert terminal.to_the_end() == 130
    # the prompt that was open; the terminal itself shows the key if it came before the prompt was drawn again
    assert set(terminal.shown.replace("^C", "").split()) <= {"you>"}


def chat(folder: Path, typed: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [PROGRAM, "chat"],
        cwd=folder,
        input=typed,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )


def test_nothing_is_typed(tmp_path: Path) -> None:
    done = chat(tmp_path, "")
    assert (done.returncode, done.stderr, len(done.stdout.splitlines())) == (0, "", 1)


def test_a_reader_of_the_pipe_that_goes_away(tmp_path: Path) -> None:
    with subprocess.Popen(
        [PROGRAM, "chat"], cwd=tmp_path, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        process.stdin.write(b"#startmeeting x\n")  # and its own pipe stays open
        process.stdin.flush()
        assert process.wait(PATIENCE) == 1
        assert process.stderr.read() == b""


def test_an_interrupted_pipe_leaves_no_trace(tmp_path: Path) -> None:
    with subprocess.Popen(
        [PROGRAM, "chat"], cwd=tmp_path, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.send_signal(signal.SIGINT)
        assert process.wait(PATIENCE) == 130
        assert process.stderr.read() == b""
