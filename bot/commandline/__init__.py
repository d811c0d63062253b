"""The command line: `gatherbot demo`, `chat`, `run`, `check`, `replay`, `recap`, `export`."""

import sys

from bot.commandline.invocation import run


def main() -> None:
    """Run the command line and exit with its status."""
    sys.exit(run(sys.argv[1:]))
