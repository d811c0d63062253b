"""The shell commands that make and restore backups."""

from pathlib import Path

import click

from bot.commandline.commands import commands, do, show
from bot.commandline.configuration import needed
from bot.commandline.options import FILE, config_option


@commands.command()
@click.argument("file", type=FILE)
@config_option
@click.pass_context
def backup(context: click.Context, file: Path, *, config: Path | None) -> None:
    """Copy the database into FILE, which must not exist.

    The bot may be running. The copy is checked; it is readable only by you.
    """
    _, loaded = needed(config)
    show(do(context, lambda app: app.backup(loaded, file)))


@commands.command()
@click.argument("file", type=FILE)
@config_option
@click.pass_context
def restore(context: click.Context, file: Path, *, config: Path | None) -> None:
    """Put the backup FILE in the place of the database.

    The bot must not be running. The database before is kept beside it.
    """
    _, loaded = needed(config)
    show(do(context, lambda app: app.restore(loaded, file)))
