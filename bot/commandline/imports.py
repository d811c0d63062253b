"""The shell command that imports what another bot kept."""

import sys
from pathlib import Path

import click

from bot.commandline.commands import commands, do, show
from bot.commandline.configuration import needed
from bot.commandline.options import FILE, config_option
from bot.core.words.text import on_one_line


@commands.group("import")
def imports() -> None:
    """Import what another bot kept."""


@imports.command("ptgbot")
@click.argument("file", type=FILE)
@click.option("--yes", is_flag=True, help="Take it without asking.")
@click.option(
    "--network", default="", metavar="NAME", help="The IRC network of the nicks in it, if there are several."
)
@config_option
@click.pass_context
def import_ptgbot(
    context: click.Context, file: Path, *, yes: bool, network: str, config: Path | None
) -> None:
    """Show what ptgbot's data in FILE brings, and take it after a yes.

    FILE is its ptg.json or base.json; "-" is the standard input. The bot must not be running; a running bot takes it from an
    address, by ~fetchdb URL.
    """
    from bot.commandline.logs import hear_nothing  # noqa: PLC0415 - `--help` does not wait for it

    _, loaded = needed(config)
    hear_nothing()

    def agrees(plan: str) -> bool:
        for line in plan.splitlines():
            click.echo(on_one_line(line))
        if yes or not sys.stdin.isatty():
            return yes
        return click.prompt("Take it? Type yes", default="no", show_default=False).strip().lower() == "yes"

    show(on_one_line(do(context, lambda app: app.import_ptgbot(loaded, file, network, agrees))))
