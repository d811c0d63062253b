"""The shell commands, which read their arguments and call the application.

Slow imports are inside the commands that need them.
"""

import sys
from collections.abc import Callable, Coroutine
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

import click

import bot
from bot.commandline.application import Application
from bot.commandline.collection_pause import loading
from bot.commandline.configuration import configured, usual, usual_or_default
from bot.commandline.errors import CouldNotError, WrongConfigError
from bot.core.words.text import on_one_line

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

T = TypeVar("T")
F = TypeVar("F", bound=Callable[..., Any])

FILE = click.Path(path_type=Path)
DAY_FORMS = ("%Y-%m-%d", "%d.%m.%Y")
FORMS = {
    "mail": "the recap as a mail: To, Subject and text (the default)",
    "markdown": "the recap in Markdown",
    "html": "the recap as an HTML page",
    "json": "the record, for other programs",
}
DIALOGUE = {"dialogue": "the log with the bot's answers under each line"}


def _zone(_: click.Context, __: click.Parameter, name: str | None) -> "ZoneInfo | None":
    from zoneinfo import ZoneInfo  # noqa: PLC0415 - see above

    try:
        return ZoneInfo(name) if name is not None else None
    except (KeyError, OSError, ValueError):  # an unknown zone, a folder of zones, a path outside of them
        from zoneinfo import available_timezones  # noqa: PLC0415 - see above

        known = next(
            (zone for zone in available_timezones() if zone.casefold() == str(name).casefold()), None
        )
    if known is None:
        raise click.BadParameter(f"{name} is not a time zone; use a name like UTC or Europe/Berlin")
    return ZoneInfo(known)


def _day(_: click.Context, __: click.Parameter, text: str | None) -> date | None:
    for form in DAY_FORMS:
        try:
            return datetime.strptime(text, form).date() if text is not None else None  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    raise click.BadParameter(f"{text} is not a day; write it as 2027-10-19 or 19.10.2027")


def _application(context: click.Context) -> Application:
    if context.obj is not None:
        given: Application = context.obj
        return given
    import bot.app as loaded  # noqa: PLC0415 - see above; a test compares its functions with `Application`

    return cast(Application, loaded)


def _do(context: click.Context, work: Callable[[Application], Coroutine[Any, Any, T]]) -> T:
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


def _show(text: str) -> None:
    click.echo(text, nl=not text.endswith("\n"))


def _forms(forms: dict[str, str]) -> Callable[[F], F]:
    def add(command: F) -> F:
        for form, says in reversed(forms.items()):
            command = click.option(
                f"--{form}", "form", flag_value=form, help=says[:1].upper() + says[1:] + "."
            )(command)
        return command

    return add


config_option = click.option(
    "--config",
    type=FILE,
    metavar="FILE",
    help="The configuration file; by default config.toml, if it exists.",
)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(bot.__version__, prog_name="gatherbot", message="%(prog)s %(version)s")
def commands() -> None:
    """Gatherbot runs the sessions of a Project Teams Gathering and writes the recaps."""


@commands.command("run")
@click.argument("config", type=FILE)
@click.pass_context
def run_bot(context: click.Context, config: Path) -> int:
    """Run the bot with a configuration."""
    loaded = configured(config)
    if not loaded.networks:
        raise WrongConfigError(["the configuration has no network to connect to; add a [[network]]"])
    from bot.commandline.logs import log_to  # noqa: PLC0415 - see above

    log_to()
    return _do(context, lambda app: app.run_bot(loaded))


@commands.command()
@click.argument("config", type=FILE)
@click.option("--connect", is_flag=True, help="Also connect to the networks and the mail server.")
@click.pass_context
def check(context: click.Context, config: Path, *, connect: bool) -> None:
    """Check a configuration, with what the database holds, and list all errors."""
    from bot.commandline.logs import hear_nothing  # noqa: PLC0415 - see above
    from bot.core.words.sentences import counted  # noqa: PLC0415 - see above

    loaded = configured(config)
    hear_nothing()
    notes = [*loaded.notes]
    faults: list[str] = []
    if loaded.data.is_dir():  # the bot ran before
        faults, found = _do(context, lambda app: app.check_journal(loaded))
        notes += found
    if connect and not faults:
        faults, found = _do(context, lambda app: app.check_connections(loaded))
        notes += found
    if faults:
        raise CouldNotError(faults)
    for note in notes:
        click.echo(f"note: {on_one_line(note)}")
    counts = (
        counted(len(loaded.networks), "network"),
        counted(len(loaded.setup.tracks), "track"),
        counted(len(loaded.setup.slots), "slot"),
        counted(len(loaded.plugins), "plugin"),
    )
    click.echo(f"{config} is fine: {', '.join(counts)}")


@commands.command()
@click.option(
    "--speed",
    type=click.FloatRange(min=0, min_open=True),
    default=60.0,
    show_default=True,
    metavar="X",
    help="How many times faster than real time.",
)
@click.pass_context
def demo(context: click.Context, speed: float) -> int:
    """Play two recorded sessions and show their recaps."""
    return _do(context, lambda app: app.demo(speed, sys.stdout))


@commands.command()
@click.option("--config", type=FILE, metavar="FILE", help="Use its tracks, rooms and plugins.")
@click.pass_context
def chat(context: click.Context, config: Path | None) -> int:
    """Try the bot in a room in this terminal.

    Type as anybody: "amaru: #topic Welcome".
    """
    loaded = configured(config, connecting=False) if config is not None else None
    return _do(context, lambda app: app.chat(loaded))


@commands.command()
@click.argument("files", type=FILE, nargs=-1, required=True, metavar="FILE...")
@config_option
@click.option(
    "--channel", default="", metavar="NAME", help="The channel, if neither the file nor its name says it."
)
@click.option(
    "--date",
    "day",
    callback=_day,
    metavar="DAY",
    help="The day of the log, if it doesn't say it: 2027-10-19 or 19.10.2027.",
)
@click.option(
    "--zone",
    callback=_zone,
    metavar="ZONE",
    help="The time zone of the log, like Europe/Berlin; by default UTC.",
)
@_forms(FORMS | DIALOGUE)
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
    _show(
        _do(
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
@_forms(FORMS)
@click.option("--send", is_flag=True, help="Send it as the configuration says.")
@click.pass_context
def recap(
    context: click.Context, track: str, *, part: int | None, config: Path | None, form: str | None, send: bool
) -> None:
    """Show or send the recap of a track.

    It is made from the database; the bot may be running.
    """
    loaded = usual_or_default(config, connecting=send)
    _show(_do(context, lambda app: app.recap(loaded, track, part, form or "mail", send=send)))


@commands.command()
@config_option
@click.pass_context
def export(context: click.Context, config: Path | None) -> None:
    """Print the whole gathering as JSON.

    It is read from the database; the bot may be running.
    """
    loaded = usual_or_default(config)
    _show(_do(context, lambda app: app.export(loaded)))
