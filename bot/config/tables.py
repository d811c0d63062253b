"""The models of the configuration's tables, with the engine's keys; plugins have models for theirs."""

from datetime import date, datetime
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from bot.config.words import (
    A_MATRIX_RELAY,
    A_RELAY,
    Account,
    Address,
    Archive,
    Host,
    HostMask,
    Inbox,
    Line,
    Listen,
    Mxid,
    NetworkName,
    Nick,
    PerhapsAddress,
    Prefix,
    Sender,
    Server,
    Slug,
    Text,
    Url,
    Venue,
    Zone,
)
from bot.core.state.limits import Limits

DEFAULTS = Limits()
Port = Annotated[int, Field(ge=1, le=65535)]
Hours = Annotated[float, Field(gt=0, le=168, strict=False)]


class Table(BaseModel):
    """A table of the configuration, without type conversions and unknown keys."""

    model_config = ConfigDict(
        strict=True, extra="forbid", frozen=True, hide_input_in_errors=True, defer_build=True
    )


class BotTable(Table):
    """[bot]."""

    nick: Nick = "gatherbot"
    names: list[Text] = []
    prefixes: list[Prefix] = ["#", "!"]
    record_prefixes: list[Prefix] = ["^"]
    data: Line = "gatherbot-data"
    plugins: list[Text] | None = None
    plugins_extra: list[Text] = []
    plugins_without: list[Text] = []
    ack: Literal["short", "quiet"] = "short"
    start: Literal["anyone", "moderators"] = "anyone"
    voice_moderates: bool = False
    admins: list[Account] = []


class BookingTable(Table):
    """gathering.limits: hours that one team may book."""

    day: Hours | None = None
    week: Hours | None = None


class GatheringTable(Table):
    """[gathering]."""

    slug: Slug = "gathering"
    name: Line = ""
    kind: Line = ""
    starts: date | None = None
    ends: date | None = None
    timezone: Zone = "UTC"
    url: Url = ""
    rooms: list[Venue] = []
    etherpads: Url = ""
    organizers: list[Address] = []
    limits: BookingTable = BookingTable()


class PuppetsTable(Table):
    """network.puppets: how to recognize the puppets of a bridge."""

    suffix: Line = ""
    host: Line = ""
    prefix: Line = ""
    of: Line = ""
    server: Line = ""


class RelayTable(Table):
    """An entry of network.relays on IRC: a bot that speaks for others."""

    nick: Line = ""
    account: Line = ""
    host: HostMask = ""

    @model_validator(mode="after")
    def _has_a_mark(self) -> Self:
        if not (self.nick or self.account or self.host):
            raise ValueError("needs nick, account or host, to recognize the relay by")
        return self


class MatrixRelayTable(Table):
    """An entry of network.relays on Matrix."""

    account: Text


class NetworkTable(Table):
    """The common keys of every [[network]]."""

    name: NetworkName
    ignore: list[Text] = []
    not_bots: list[Text] = []
    puppets: PuppetsTable = PuppetsTable()
    password_file: Line = ""
    password_env: Line = ""


class IrcTable(NetworkTable):
    """A [[network]] with kind = "irc"."""

    kind: Literal["irc"]
    relays: list[Annotated[RelayTable, A_RELAY]] = []
    host: Server
    port: Port = 6697
    tls: bool = True
    tls_ca: Line = ""
    nick: Nick | None = None
    throttle: bool = True
    login: Literal["sasl", "certfp", "nickserv", "none"] = "none"
    account: Line = ""
    certificate: Line = ""


class MatrixTable(NetworkTable):
    """A [[network]] with kind = "matrix"."""

    kind: Literal["matrix"]
    relays: list[Annotated[MatrixRelayTable, A_MATRIX_RELAY]] = []
    homeserver: Url
    user: Mxid
    token_file: Line = ""
    device: Line = "gatherbot"
    encryption: bool = False
    unverified: Literal["trust", "refuse"] = "trust"


class TeamTable(Table):
    """[[track.team]]."""

    name: Text
    about: Line = ""
    meeting: Line = ""


class MaintainerTable(Table):
    """An entry of track.maintainers."""

    mail: Address
    accounts: list[Account] = []


class TrackTable(Table):
    """[[track]]; plugins add further keys."""

    slug: Slug
    name: Line = ""
    days: list[date] | None = None
    release_done: Line = ""
    release_next: Line = ""
    mailing_list: PerhapsAddress = Field(default="", alias="list")
    archive: Archive = ""
    session_minutes: Annotated[int, Field(ge=1, le=24 * 60)] = 60
    public: bool = True
    rooms: list[Venue] = []
    relay: bool = False
    bridged: bool = False
    moderators: list[Account] = []
    maintainers: list[MaintainerTable] = []
    team: list[TeamTable] = []


class SlotTable(Table):
    """[[slot]]; times without a zone are in the gathering's time zone."""

    name: Text
    track: Line = ""
    place: Line = ""
    starts: datetime
    ends: datetime
    agenda: list[Line] = Field(default=[], max_length=200)
    link: Url = ""


class ScheduleTable(Table):
    """[schedule]; plugins add further keys."""

    files: list[Text] = []


class MailTable(Table):
    """[mail]; without a host, letters are written to files."""

    host: Server = ""
    port: Port | None = None
    security: Literal["starttls", "tls", "none"] = "starttls"
    tls_ca: Line = ""
    username: Line = ""
    password_file: Line = ""
    password_env: Line = ""
    sender: Sender = Field(default="", alias="from")
    archive: Archive = ""
    mailman: Line = ""
    mailman_user: Line = ""
    mailman_password_file: Line = ""
    mailman_password_env: Line = ""
    inbox: Inbox = ""
    inbox_address: PerhapsAddress = ""


class WebTable(Table):
    """[web]."""

    listen: Listen = ("127.0.0.1", 8080)
    public_url: Url = ""


class LimitsTable(Table):
    """[limits]; see `bot.core.state.limits.Limits`."""

    commands: Annotated[int, Field(ge=0, le=10_000)] = DEFAULTS.commands
    commands_per_minute: Annotated[int, Field(ge=1, le=10_000)] = DEFAULTS.commands_per_minute
    message_commands: Annotated[int, Field(ge=1, le=500)] = DEFAULTS.message_commands
    queue_absent: Annotated[int, Field(ge=0, le=100)] = DEFAULTS.queue_absent
    agenda_items: Annotated[int, Field(ge=0, le=200)] = DEFAULTS.agenda_items
    named_people: Annotated[int, Field(ge=0, le=10_000)] = DEFAULTS.named_people
    subscriptions: Annotated[int, Field(ge=1, le=1000)] = DEFAULTS.subscriptions
    all_subscriptions: Annotated[int, Field(ge=1, le=8000)] = DEFAULTS.all_subscriptions
    records: Annotated[int, Field(ge=1, le=100_000)] = DEFAULTS.records
    sessions_per_day: Annotated[int, Field(ge=1, le=1000)] = DEFAULTS.sessions_per_day


class FetchTable(Table):
    """[fetch]."""

    allow: list[Host] = []
