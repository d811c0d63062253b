"""The loader of a configuration: parses TOML, validates and checks the tables, and reports all faults at once."""

import os
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path

from bot.config.assembly import build_mail, build_mailman, build_networks, build_setup
from bot.config.checks import check
from bot.config.faults import ConfigError, Findings
from bot.config.files import Surroundings, is_installed
from bot.config.inbox import build_inbox
from bot.config.plugin_choice import Choice, Choose, PluginNames
from bot.config.table_reader import Tables, read_bot, read_tables
from bot.config.values import SENDER, Config, Web
from bot.core.plugin.register import Register
from bot.core.plugin.registration import PluginClashError, register
from bot.core.state.setup import Setup
from bot.core.words.track_commands import words_after_a_prefix


def load(
    path: Path, choose: Choose, environ: Mapping[str, str] | None = None, *, connecting: bool = True
) -> Config:
    """Load the configuration at `path`, with relative paths based on its folder; see `loads`."""
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
    """Load a configuration from TOML text.

    choose:     returns the plugins for the names in [bot]
    environ:    environment variables for `password_env`; by default those of the process
    name:       the name of the configuration in faults
    folder:     the base of relative paths
    connecting: whether to check and read secrets, certificates and the data folder
    installed:  tells whether a package is installed

    Raises ConfigError with all faults.
    """
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError([f"{name} is not valid TOML: {error}"]) from None
    findings = Findings(folder)
    around = Surroundings(folder, os.environ if environ is None else environ, connecting, installed)
    bot = read_bot(raw, findings)
    choice = choose(PluginNames(bot.plugins, bot.plugins_extra, bot.plugins_without))
    for key, fault in choice.faults:
        findings.fault(f"bot.{key}", fault)
    findings.has_left_out = bool(choice.left_out)
    for plugin, why in choice.left_out:
        _leave_out(plugin, why, findings)
    tables = read_tables(raw, bot, choice.plugins, findings)
    check(tables, findings)
    config = _config(tables, choice, around, findings)
    if findings.faults or config is None:
        raise ConfigError(findings.faults)
    return config


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")  # Windows editors write a byte order mark
    except FileNotFoundError:
        raise ConfigError([f"there is no file {path}"]) from None
    except OSError as error:
        raise ConfigError([f"can't read {path}: {(error.strerror or 'no reason given').lower()}"]) from None
    except UnicodeDecodeError:
        raise ConfigError([f"{path} is not UTF-8 text"]) from None


def _config(tables: Tables, choice: Choice, around: Surroundings, findings: Findings) -> Config | None:
    networks = build_networks(tables, around, findings)
    mail = build_mail(tables.mail, around, findings)
    data = around.folder_to_write(tables.bot.data, "bot.data", findings)
    setup = build_setup(tables)
    declared = _register(choice, setup, findings)
    if declared is None:
        return None
    _note_unspeakable(setup, declared, findings)
    return Config(
        setup=setup,
        register=declared,
        networks=networks,
        mail=mail,
        mailman=build_mailman(tables.mail, around, findings),
        inbox=build_inbox(tables.mail, around, findings),
        sender=(tables.mail.sender if tables.mail else "") or SENDER,
        data=data,
        web=Web(*tables.web.listen, public_url=tables.web.public_url) if tables.web else None,
        fetch=frozenset(tables.fetch.allow),
        notes=tuple(findings.notes),
    )


def _register(choice: Choice, setup: Setup, findings: Findings) -> Register | None:
    """Register all plugins; an installed plugin that clashes with others or fails is left out."""
    try:
        return register(choice.plugins, setup)
    except Exception as error:
        if not choice.installed and not isinstance(error, PluginClashError):
            raise
    fitting = [plugin for plugin in choice.plugins if plugin.name not in choice.installed]
    for plugin in choice.plugins:
        if plugin in fitting:
            continue
        try:
            register([*fitting, plugin], setup)
        except PluginClashError as error:
            _leave_out(plugin.name, str(error), findings)
        except Exception as error:  # noqa: BLE001 - third-party declarations may fail in any way
            _leave_out(plugin.name, f"{type(error).__name__}: {error}", findings)
        else:
            fitting.append(plugin)
    try:
        return register(fitting, setup)
    except PluginClashError as error:
        findings.fault("bot.plugins", str(error))
        return None


def _note_unspeakable(setup: Setup, declared: Register, findings: Findings) -> None:
    """Note the tracks whose slug means something else after a prefix: nothing can be said about them on the board."""
    words = words_after_a_prefix(declared.vocabulary) if declared.vocabulary.about_tracks else frozenset()
    for n, track in enumerate(setup.tracks):
        if track.slug in words:
            slug = track.slug
            text = f"#{slug} is a command, so #{slug} now ... sets nothing on the board; choose another slug"
            findings.note(f"track[{n}].slug", text)


def _leave_out(plugin: str, why: str, findings: Findings) -> None:
    findings.note("bot.plugins", f"{plugin} is left out: {why}")
