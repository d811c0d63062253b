"""The arguments and options that several commands share."""

from collections.abc import Callable
from datetime import date, datetime
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

import click

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

F = TypeVar("F", bound=Callable[..., Any])

FILE = click.Path(path_type=Path)
DAY_FORMS = ("%Y-%m-%d", "%d.%m.%Y")
FORMS = {
    "mail": "the recap as a mail: To, Subject and text (the default)",
    "markdown": "the recap in Markdown",
    "html": "the recap as an HTML page",
    "json": "the record, for other programs",
}
OF_LOGS = {
    "minutes": "the recap as a mail, and what was said and not recorded; also of a log without any command",
    "dialogue": "the log with the bot's answers under each line",
}


config_option = click.option(
    "--config",
    type=FILE,
    metavar="FILE",
    help="The configuration file; by default config.toml, if it exists.",
)
config_argument = click.argument("file", type=FILE, required=False, metavar="[FILE]")


def zone_named(_: click.Context, __: click.Parameter, name: str | None) -> "ZoneInfo | None":
    """The time zone of this name, in whatever case; raises click.BadParameter."""
    from zoneinfo import ZoneInfo  # noqa: PLC0415 - few commands need it

    try:
        return ZoneInfo(name) if name is not None else None
    except (KeyError, OSError, ValueError):  # an unknown zone, a folder of zones, a path outside of them
        from zoneinfo import available_timezones  # noqa: PLC0415 - few commands need it

        known = next(
            (zone for zone in available_timezones() if zone.casefold() == str(name).casefold()), None
        )
    if known is None:
        raise click.BadParameter(f"{name} is not a time zone; use a name like UTC or Europe/Berlin")
    return ZoneInfo(known)


def day_of(_: click.Context, __: click.Parameter, text: str | None) -> date | None:
    """The day that somebody typed; raises click.BadParameter."""
    for form in DAY_FORMS:
        try:
            return datetime.strptime(text, form).date() if text is not None else None  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    raise click.BadParameter(f"{text} is not a day; write it as 2027-10-19 or 19.10.2027")


def form_flags(forms: dict[str, str]) -> Callable[[F], F]:
    """Add a flag for each form; the command gets the one that was given as `form`."""

    def add(command: F) -> F:
        @wraps(command)
        def with_form(*given: Any, **options: Any) -> Any:
            chosen = [form for form in forms if options.pop(form)]
            if len(chosen) > 1:
                flags = " and ".join(f"--{form}" for form in chosen)
                raise click.UsageError(
                    f"{flags} exclude each other; run it once for each", click.get_current_context()
                )
            return command(*given, form=chosen[0] if chosen else None, **options)

        added: Any = with_form
        for form, says in reversed(forms.items()):
            added = click.option(f"--{form}", is_flag=True, help=says[:1].upper() + says[1:] + ".")(added)
        return cast(F, added)

    return add
