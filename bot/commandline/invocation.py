"""A run of the command line, from arguments to exit status; each error is printed on a line."""

import os
import sys
from collections.abc import Sequence

import click

import bot.commandline.backups
import bot.commandline.imports  # noqa: F401 - they add their commands
from bot.commandline.application import Application
from bot.commandline.commands import commands
from bot.commandline.errors import CouldNotError, WrongConfigError
from bot.core.words.text import on_one_line

DONE, COULD_NOT, WRONG_USE = 0, 1, 2
INTERRUPTED = 130  # 128 + SIGINT, the convention of shells


def run(arguments: Sequence[str], application: Application | None = None) -> int:
    """Run a command; returns 0 for success, 1 for failure, 2 for wrong usage or configuration, 130 if interrupted.

    application: by default the real one
    """
    try:
        status = commands.main(list(arguments), "gatherbot", standalone_mode=False, obj=application)
    except (CouldNotError, WrongConfigError, click.ClickException) as error:
        return _complain(error)
    except click.Abort:
        return INTERRUPTED
    except BrokenPipeError:
        # the reader closed the pipe (| head); the rest of the buffer must not fail again at exit
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return COULD_NOT
    return status if isinstance(status, int) else DONE


def _complain(error: CouldNotError | WrongConfigError | click.ClickException) -> int:
    """Print the error and return the exit status."""
    match error:
        case CouldNotError():
            lines, status = error.reasons, COULD_NOT
        case WrongConfigError():
            lines, status = error.faults, WRONG_USE
        case click.exceptions.NoArgsIsHelpError():
            click.echo(error.format_message(), err=True)
            return WRONG_USE
        case click.UsageError():
            lines, status = [_usage(error)], WRONG_USE
        case _:
            lines, status = [error.format_message()], COULD_NOT
    for line in lines:
        click.echo(f"gatherbot: {on_one_line(line)}", err=True)
    return status


def _usage(error: click.UsageError) -> str:
    said = error.format_message()
    said = said[:1].lower() + said[1:].rstrip(".")
    command = error.ctx.command_path if error.ctx else "gatherbot"
    return f"{said}; see {command} --help"
