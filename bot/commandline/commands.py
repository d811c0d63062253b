"""The shell commands, which read their arguments and call the application.

Slow imports are inside the commands that need them.
"""

import sys
from collections.abc import Callable, Coroutine
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

import click

import bot
from bot.commandline.application import Application
from bot.commandline.collection_pause import loading
from bot.commandline.configuration import USUAL, configured, needed, usual, usual_or_default
from bot.commandline.errors import CouldNotError, WrongConfigError
from bot.commandline.options import (
    FILE,
    FORMS,
    OF_LOGS,
    config_argument,
    config_option,
    day_of,
    form_flags,
    zone_named,
)
from bot.core.words.text import on_one_line

if TYPE_CHECKING:  # they load pydantic, or what few commands need
    from zoneinfo import ZoneInfo

    from bot.config import Config

T = TypeVar("T")


def _application(context: click.Context) -> Application:
    if context.obj is not None:
        given: Application = context.obj
        return given
    import bot.app as loaded  # noqa: PLC0415 - see above; a test compares its functions with `Application`

    return cast(Application, loaded)


def do(context: click.Context, work: Callable[[Application], Coroutine[Any, Any, T]]) -> T:
    """Run a function of the application; raises CouldNotError or click.Abort."""
    import asyncio  # noqa: PLC0415 - see above

    with loading():
        application = _application(context)
        begun = work(application)  # loads the function's module
    try:
        return asyncio.run(begun)
    except application.CannotError as error:
        raise CouldNotError([str(error)]) from error
    except KeyboardInterrupt:
        raise click.Abort from None


def _note(text: str) -> None:
    click.echo(f"gatherbot: {text}", err=True)


def show(text: str) -> None:
    """Print the text of a command."""
    click.echo(text, nl=not text.endswith("\n"))


def _config_of(context: click.Context, argument: Path | None, option: Path | None) -> tuple[Path, "Config"]:
    """The configuration of a command that needs one, named in one of two ways, or config.toml."""
    if argument is not None and option is not None:
        raise click.UsageError("name the configuration once, as FILE or with --config FILE", context)
    return needed(argument or option)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(bot.__version__, prog_name="gatherbot", message="%(prog)s %(version)s")
def commands() -> None:
    """Gatherbot runs the sessions of a Project Teams Gathering and writes the recaps."""


@commands.command("run")
@config_argument
@config_option
@click.pass_context
def run_bot(context: click.Context, file: Path | None, config: Path | None) -> int:
    """Run the bot until it is stopped (Ctrl-C, SIGTERM).

    The configuration is read once: after a change, start the bot again. SIGHUP only notes that in the log.
    """
    _, loaded = _config_of(context, file, config)
    if not loaded.networks:
        raise WrongConfigError(["the configuration has no network to connect to; add a [[network]]"])
    from bot.commandline.logs import log_to  # noqa: PLC0415 - see above

    log_to()
    return do(context, lambda app: app.run_bot(loaded))


@commands.command()
@config_argument
@config_option
@click.option(
    "--connect",
    is_flag=True,
    help="Also connect to the networks and the mail server; beside a running bot with a nick of its own.",
)
@click.pass_context
def check(context: click.Context, file: Path | None, config: Path | None, *, connect: bool) -> None:
    """Check a configuration, with what the database holds, and list all errors."""
    from bot.commandline.logs import hear_nothing  # noqa: PLC0415 - see above

    path, loaded = _config_of(context, file, config)
    hear_nothing()
    notes = [*loaded.notes, *loaded.register.remarks_on(loaded.setup)]
    faults: list[str] = []
    works: list[str] = []
    if loaded.data.is_dir():  # the bot ran before
        faults, found = do(context, lambda app: app.check_journal(loaded))
        notes += found
    if connect and not faults:
        faults, found, works = do(context, lambda app: app.check_connections(loaded))
        notes += found
    for start, lines in (("note", notes), ("works", works)):
        for line in lines:
            click.echo(f"{start}: {on_one_line(line)}")
    if faults:
        raise CouldNotError(faults)
    click.echo(f"{path} is fine: {_counts(loaded)}")


def _counts(config: "Config") -> str:
    from bot.core.words.sentences import counted  # noqa: PLC0415 - see above

    counts = (
        counted(len(config.networks), "network"),
        counted(len(config.setup.tracks), "track"),
        counted(len(config.setup.slots), "slot"),
        counted(len(config.plugins), "plugin"),
    )
    return ", ".join(counts)


@commands.command()
@config_option
@click.pass_context
def init(context: click.Context, config: Path | None) -> None:
    """Ask six questions and write a first configuration, with comments."""
    from bot.commandline import first_configuration  # noqa: PLC0415 - see above

    path = config or USUAL
    if path.exists():
        raise click.UsageError(f"{path} is there already; --config OTHER.toml writes another file", context)
    answers = first_configuration.ask()
    try:
        secret = first_configuration.write(path, answers)
    except OSError as error:
        raise CouldNotError(
            [f"can't write {path}: {(error.strerror or 'no reason given').lower()}"]
        ) from error
    click.echo(f"\n{path} is written: {_counts(configured(path))}. What is next:")
    named = "" if path == USUAL else f" {path}"
    if secret is not None:
        click.echo(f"  put the password into {secret}, as its only line")
    click.echo(
        f"  gatherbot check{named} --connect   tries the network"
        + (" and the mail server" if answers.mail_host else "")
    )
    click.echo(f"  gatherbot run{named}")


@commands.command()
@click.option(
    "--speed",
    type=click.FloatRange(min=0, min_open=True),
    default=60.0,
    show_default=True,
    metavar="X",
    help="How many times faster than real time.",
)
@click.option("--web", is_flag=True, help="Show them on pages as well, until Ctrl-C.")
@click.pass_context
def demo(context: click.Context, speed: float, *, web: bool) -> int:
    """Play two recorded sessions and show their recaps."""
    return do(context, lambda app: app.demo(speed, sys.stdout, web=web))


@commands.command()
@click.option("--config", type=FILE, metavar="FILE", help="Use its tracks, rooms and plugins.")
@click.pass_context
def chat(context: click.Context, config: Path | None) -> int:
    """Try the bot in a room in this terminal.

    Type as anybody: "amaru: #topic Welcome".
    """
    loaded = configured(config, connecting=False) if config is not None else None
    return do(context, lambda app: app.chat(loaded))


@commands.command()
@click.argument("files", type=FILE, nargs=-1, required=True, metavar="FILE...")
@config_option
@click.option(
    "--channel", default="", metavar="NAME", help="The channel, if neither the file nor its name says it."
)
@click.option(
    "--date",
    "day",
    callback=day_of,
    metavar="DAY",
    help="The day of the log, if it doesn't say it: 2027-10-19 or 19.10.2027.",
)
@click.option(
    "--zone",
    callback=zone_named,
    metavar="ZONE",
    help="The time zone of the log, like Europe/Berlin; by default UTC.",
)
@form_flags(FORMS | OF_LOGS)
@click.pass_context
def replay(
    context: click.Context,
    files: tuple[Path, ...],
    *,
    config: Path | None,
    channel: str,
    day: date | None,
    zone: "ZoneInfo | None",
    form: str | None,
) -> None:
    """Make the record and the recap from logs of IRC or Matrix; "-" is the standard input.

    Nothing is sent.
    """
    loaded = usual(config)
    show(
        do(
            context,
            lambda app: app.replay(
                list(files),
                config=loaded,
                channel=channel,
                date=day,
                zone=zone,
                form=form or "mail",
                note=_note,
            ),
        )
    )


@commands.command()
@click.argument("track")
@click.option(
    "--part", type=click.IntRange(min=1), metavar="N", help="The number of the part; by default the newest."
)
@config_option
@form_flags(FORMS)
@click.option("--send", is_flag=True, help="Send it as the configuration says.")
@click.pass_context
def recap(
    context: click.Context, track: str, *, part: int | None, config: Path | None, form: str | None, send: bool
) -> None:
    """Show or send the recap of a track.

    It is made from the database; the bot may be running.
    """
    loaded = usual_or_default(config, connecting=send)
    show(do(context, lambda app: app.recap(loaded, track, part, form or "mail", send=send)))


@commands.command()
@config_option
@click.pass_context
def export(context: click.Context, config: Path | None) -> None:
    """Print the whole gathering as JSON.

    It is read from the database; the bot may be running.
    """
    loaded = usual_or_default(config)
    show(do(context, lambda app: app.export(loaded)))
