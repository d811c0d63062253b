import gc
import inspect
import re
import subprocess
import sys
from pathlib import Path

import pytest

from bot import app
from bot.commandline.application import Application
from bot.commandline.collection_pause import loading
from bot.commandline.invocation import run

LATER = ("pydantic", "jinja2", "apscheduler", "aiosqlite", "nio", "aiosmtplib", "msgspec", "asyncio")


def test_help_waits_for_nothing() -> None:
    script = (
        "import sys\nfrom bot.commandline.invocation import run\nrun(['--help'])\n"
        f"print(sorted(set({LATER!r}) & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stderr == "[]\n"


def test_a_check_waits_for_no_event_loop(tmp_path: Path) -> None:
    config = tmp_path / "config.toml"
    config.write_text('[[network]]\nkind = "irc"\nname = "oftc"\nhost = "irc.example.org"\nlogin = "none"\n')
    script = (
        "import sys\nfrom bot.commandline.invocation import run\n"
        f"status = run(['check', {str(config)!r}])\n"
        "print(status, 'asyncio' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "0 False"


def test_garbage_is_collected_after_loading() -> None:
    seen: list[bool] = []
    with loading():
        seen.append(gc.isenabled())
    seen.append(gc.isenabled())
    with pytest.raises(KeyError), loading():
        raise KeyError
    assert [*seen, gc.isenabled()] == [False, True, True]


def test_a_reader_that_goes_away_is_no_crash() -> None:
    script = (
        "import sys\nfrom bot.commandline.invocation import run\n"
        "class App:\n"
        "    class CannotError(Exception): ...\n"
        "    async def demo(self, speed, out, *, web):\n"
        "        for _ in range(100_000): out.write('a line\\n')\n"
        "        return 0\n"
        "sys.exit(run(['demo'], App()))"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == 1


def test_the_application_does_what_the_commands_ask_for() -> None:
    asked = {name: one for name, one in vars(Application).items() if inspect.iscoroutinefunction(one)}
    assert len(asked) == 11
    for name, one in asked.items():
        wanted = list(inspect.signature(one).parameters.values())[1:]  # without self
        offered = list(inspect.signature(getattr(app, name)).parameters.values())
        assert [(name, p.name, p.kind) for p in offered] == [(name, p.name, p.kind) for p in wanted]
        assert inspect.iscoroutinefunction(getattr(app, name))
    assert issubclass(app.CannotError, Exception)


@pytest.mark.parametrize(
    ("shell", "asked"),
    [
        ("bash", {"COMP_WORDS": "gatherbot re", "COMP_CWORD": "1"}),
        ("zsh", {"COMP_WORDS": "gatherbot re", "COMP_CWORD": "1"}),
        ("fish", {"COMP_WORDS": "gatherbot", "COMP_CWORD": "re"}),
    ],
)
def test_shells_complete_commands(
    shell: str, asked: dict[str, str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, value in {**asked, "_GATHERBOT_COMPLETE": f"{shell}_complete"}.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(SystemExit) as done:
        run([])
    completed = capsys.readouterr().out
    assert (done.value.code, re.findall(r"(?m)^(?:plain,)?(recap|replay|run)\b", completed)) == (
        0,
        ["recap", "replay"],
    )
