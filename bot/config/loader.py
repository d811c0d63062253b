"""Loading a configuration: TOML, tables, cross checks, plain values; all faults come at once."""

import os
import tomllib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from bot.config.assembly import build_mail, build_networks, build_setup
from bot.config.checks import check
from bot.config.faults import ConfigError, Findings
from bot.config.files import Surroundings, is_installed
from bot.config.table_reader import Tables, read_bot, read_tables
from bot.config.values import SENDER, Config, Limits, Web
from bot.core.plugin.declarations import Plugin
from bot.core.plugin.register import PluginClashError, Register, register
from bot.core.state.setup import Setup

Choose = Callable[[Sequence[str] | None], tuple[Sequence[Plugin], Sequence[str]]]


def load(
    path: Path, choose: Choose, environ: Mapping[str, str] | None = None, *, connecting: bool = True
) -> Config:
    """Load the configuration at `path`; relative paths in it begin at its folder. The rest as in `loads`."""
    return loads(
        _text(path), choose, environ, name=str(path), folder=path.resolve().parent, connecting=connecting
    )


def loads(
    text: str,
    choose: Choose,
    environ: Mapping[str, str] | None = None,
    *,
    name: str = "the configuration",
    folder: Path = Path(),
    connecting: bool = True,
    installed: Callable[[str], bool] = is_installed,
) -> Config:
    """The configuration that `text` is.

    choose:  gives the plugins of these names (None: all bundled) and what is wrong with the names
    environ: where `password_env` is looked up; default: the process's environment
    name:    what faults call it
    folder:  where relative paths begin
    connecting: whether secrets, certificates and the data folder are needed, and so looked at
    installed: whether a package is there

    Raises ConfigError with every fault that there is.
    """
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError([f"{name} is not TOML: {error}"]) from None
    findings = Findings(folder)
    around = Surroundings(folder, os.environ if environ is None else environ, connecting, installed)
    bot = read_bot(raw, findings)
    plugins, unknown = choose(bot.plugins)
    for fault in unknown:
        findings.fault("bot.plugins", fault)
    tables = read_tables(raw, bot, plugins, findings)
    check(tables, findings)
    config = _config(tables, plugins, around, findings)
    if findings.faults or config is None:
        raise ConfigError(findings.faults)
    return config


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")  # Windows' editors begin a file with a byte order mark
    except FileNotFoundError:
        raise ConfigError([f"there is no file {path}"]) from None
    except OSError as error:
        raise ConfigError(
            [f"{path} cannot be read: {(error.strerror or 'no reason given').lower()}"]
        ) from None
    except UnicodeDecodeError:
        raise ConfigError([f"{path} is not UTF-8 text"]) from None


def _config(
    tables: Tables, plugins: Sequence[Plugin], around: Surroundings, findings: Findings
) -> Config | None:
    networks = build_networks(tables, around, findings)
    mail = build_mail(tables.mail, around, findings)
    data = around.folder_to_write(tables.bot.data, "bot.data", findings)
    setup = build_setup(tables)
    declared = _register(plugins, setup, findings)
    if declared is None:
        return None
    limits = tables.gathering.limits
    return Config(
        setup=setup,
        register=declared,
        networks=networks,
        mail=mail,
        sender=(tables.mail.sender if tables.mail else "") or SENDER,
        data=data,
        web=Web(*tables.web.listen, public_url=tables.web.public_url),
        fetch=frozenset(tables.fetch.allow),
        etherpads=tables.gathering.etherpads,
        limits=Limits(limits.day, limits.week),
        notes=tuple(findings.notes),
    )


def _register(plugins: Sequence[Plugin], setup: Setup, findings: Findings) -> Register | None:
    try:
        return register(plugins, setup)
    except PluginClashError as error:
        findings.fault("bot.plugins", str(error))
        return None
