"""The reader of tables: validates every key by the model of the engine or of a plugin, or reports it as unknown."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct, field
from pydantic import BaseModel

from bot.config.faults import Findings, joined, known_keys
from bot.config.slot_files import read_slot_file
from bot.config.tables import (
    BotTable,
    FetchTable,
    GatheringTable,
    IrcTable,
    LimitsTable,
    MailTable,
    MatrixTable,
    ScheduleTable,
    SlotTable,
    TrackTable,
    WebTable,
)
from bot.core.plugin.declarations import Plugin

SINGLE = ("bot", "gathering", "limits", "mail", "schedule", "web", "fetch")
SEVERAL = ("network", "track", "slot")
SCHEDULE = "schedule"  # the engine reads its files of slots, a plugin its other keys
KINDS_OF_NETWORK: dict[object, type[IrcTable] | type[MatrixTable]] = {"irc": IrcTable, "matrix": MatrixTable}


class Track(Struct):
    """A [[track]] as read: its path, the engine's keys and the plugins' models."""

    at: str
    table: TrackTable
    models: dict[type, object]


class Tables(Struct):
    """All tables as read, with their paths; those with faults are left out.

    network_names, track_slugs: the names in all tables, even with faults, to avoid follow-up faults
    """

    bot: BotTable = field(default_factory=BotTable)
    gathering: GatheringTable = field(default_factory=GatheringTable)
    networks: list[tuple[str, IrcTable | MatrixTable]] = field(default_factory=list)
    tracks: list[Track] = field(default_factory=list)
    slots: list[tuple[str, SlotTable]] = field(default_factory=list)
    mail: MailTable | None = None
    limits: LimitsTable = field(default_factory=LimitsTable)
    web: WebTable | None = None
    fetch: FetchTable = field(default_factory=FetchTable)
    models: dict[type, object] = field(default_factory=dict)
    network_names: frozenset[str] = frozenset()
    track_slugs: frozenset[str] = frozenset()


def read_bot(raw: Mapping[str, Any], findings: Findings) -> BotTable:
    """Read the [bot] table, which names the plugins that the other tables need."""
    return findings.read(BotTable, raw.get("bot", {}), "bot") or BotTable()


def read_tables(
    raw: Mapping[str, Any],
    bot: BotTable,
    plugins: Sequence[Plugin],
    findings: Findings,
) -> Tables:
    """Read all tables but [bot]."""
    tables = Tables(bot=bot)
    of_plugins = {name: model for plugin in plugins if plugin.table for name, model in [plugin.table]}
    for key in raw:
        if key not in (*SINGLE, *SEVERAL, *of_plugins):
            findings.unclaimed("", key, [*SINGLE, *SEVERAL, *of_plugins])
    for name, model in of_plugins.items():
        if name in raw and name != SCHEDULE:
            _take(model, raw[name], name, tables.models, findings)
    _gathering(raw, plugins, tables, findings)
    tables.networks = _networks(raw, findings)
    tables.tracks = _tracks(raw, plugins, findings)
    tables.network_names = _written(raw, "network", "name")
    tables.track_slugs = _written(raw, "track", "slug")
    tables.slots = list(_slots(raw, of_plugins.get(SCHEDULE), tables, findings))
    if "mail" in raw:
        tables.mail = findings.read(MailTable, raw["mail"], "mail")
    tables.limits = findings.read(LimitsTable, raw.get("limits", {}), "limits") or tables.limits
    if "web" in raw:
        tables.web = findings.read(WebTable, raw["web"], "web")
    tables.fetch = findings.read(FetchTable, raw.get("fetch", {}), "fetch") or tables.fetch
    return tables


def _take(model: type, values: object, path: str, models: dict[type, object], findings: Findings) -> None:
    """Read a plugin's model; keys that it would ignore are faults too."""
    if not issubclass(model, BaseModel):
        raise TypeError(f"the settings of a plugin must be a pydantic model; {model.__name__} is not one")
    if isinstance(values, Mapping) and model.model_config.get("extra") != "forbid":
        known = known_keys(model)
        for key in values:
            if key not in known:
                findings.unknown(path, key, known)
    found = findings.read(model, values, path)
    if found is not None:
        models[model] = found


def _gathering(raw: Mapping[str, Any], plugins: Sequence[Plugin], tables: Tables, findings: Findings) -> None:
    values = raw.get("gathering", {})
    if not isinstance(values, Mapping):
        findings.fault("gathering", "must be a table")
        return
    models = [plugin.gathering_table for plugin in plugins if plugin.gathering_table]
    own = _shared_out(values, GatheringTable, models, "gathering", tables.models, findings)
    tables.gathering = findings.read(GatheringTable, own, "gathering") or tables.gathering


def _tracks(raw: Mapping[str, Any], plugins: Sequence[Plugin], findings: Findings) -> list[Track]:
    models = [plugin.track_table for plugin in plugins if plugin.track_table]
    tracks = []
    for at, values in _several(raw, "track", findings):
        of_plugins: dict[type, object] = {}
        own = _shared_out(values, TrackTable, models, at, of_plugins, findings)
        table = findings.read(TrackTable, own, at)
        if table is not None:
            tracks.append(Track(at, table, of_plugins))
    return tracks


def _slots(
    raw: Mapping[str, Any], model: type | None, tables: Tables, findings: Findings
) -> Iterator[tuple[str, SlotTable]]:
    """Read the slots of the configuration and of the files that [schedule] names."""
    read: list[tuple[str, Mapping[str, Any]]] = _several(raw, "slot", findings)
    values = raw.get(SCHEDULE, {})
    if isinstance(values, Mapping):
        models = [model] if model is not None else []
        own = _shared_out(values, ScheduleTable, models, SCHEDULE, tables.models, findings)
        files = (findings.read(ScheduleTable, own, SCHEDULE) or ScheduleTable()).files
        called = {
            name.casefold(): t.table.slug for t in tables.tracks for name in (t.table.name, t.table.slug)
        }
        for n, file in enumerate(files):
            read += read_slot_file(file, joined(SCHEDULE, "files", n), called, findings)
    else:
        findings.fault(SCHEDULE, "must be a table")
    for at, keys in read:
        if (slot := findings.read(SlotTable, keys, at)) is not None:
            yield at, slot


def _shared_out(
    values: Mapping[str, Any],
    engine: type[BaseModel],
    models: Sequence[type],
    path: str,
    found: dict[type, object],
    findings: Findings,
) -> dict[str, Any]:
    """Read each plugin's keys and return the engine's; unknown keys are faults."""
    engine_keys = known_keys(engine)
    known = {*engine_keys, *(key for model in models for key in known_keys(model))}
    for model in models:
        keys = known_keys(model)
        theirs = {key: value for key, value in values.items() if key in keys}
        if theirs:
            _take(model, theirs, path, found, findings)
    for key in values:
        if key not in known:
            findings.unclaimed(path, key, known)
    return {key: value for key, value in values.items() if key in engine_keys}


def _networks(raw: Mapping[str, Any], findings: Findings) -> list[tuple[str, IrcTable | MatrixTable]]:
    networks: list[tuple[str, IrcTable | MatrixTable]] = []
    for at, values in _several(raw, "network", findings):
        kind = values.get("kind")
        model = KINDS_OF_NETWORK.get(kind) if isinstance(kind, str) else None
        if model is None:
            findings.fault(joined(at, "kind"), 'must be "irc" or "matrix"')
            continue
        network = findings.read(model, values, at)
        if network is not None:
            networks.append((at, network))
    return networks


def _several(raw: Mapping[str, Any], name: str, findings: Findings) -> list[tuple[str, Mapping[str, Any]]]:
    """Return the tables of [[name]] with their paths."""
    values = raw.get(name, [])
    if not isinstance(values, list) or not all(isinstance(table, Mapping) for table in values):
        findings.fault(name, f"must be a list of tables; each starts with [[{name}]]")
        return []
    return [(joined(name, n), table) for n, table in enumerate(values)]


def _written(raw: Mapping[str, Any], name: str, key: str) -> frozenset[str]:
    values = raw.get(name)
    tables = values if isinstance(values, list) else []
    return frozenset(str(table[key]) for table in tables if isinstance(table, Mapping) and key in table)
