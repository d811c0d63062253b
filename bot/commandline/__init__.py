"""The command line: `gatherbot demo`, `chat`, `run`, `check`, `replay`, `recap`, `export`."""

import sys


def main() -> None:
    """Run the command line and exit with its status; Ctrl-C leaves no trace, however early it comes."""
    try:
        from bot.commandline.invocation import run  # noqa: PLC0415 - loading takes a moment, too

        status = run(sys.argv[1:])
    except KeyboardInterrupt:
        status = 130  # 128 + SIGINT, the convention of shells
    sys.exit(status)
