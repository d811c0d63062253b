"""Conversion of the configuration's tables to the values that core, networks and mail use."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.config.bridges import build_puppets
from bot.config.faults import Findings, joined
from bot.config.files import Surroundings
from bot.config.table_reader import Tables
from bot.config.table_reader import Track as ReadTrack
from bot.config.tables import GatheringTable, IrcTable, MailTable, MatrixTable, NetworkTable
from bot.core.people.identity import casefold
from bot.core.state.limits import Limits
from bot.core.state.setup import BookingHours, Gathering, Maintainer, Setup, Slot, Team, Track
from bot.mail.settings import MailmanSettings, SmtpSettings
from bot.networks.irc.settings import IrcSettings, Relay
from bot.networks.matrix.settings import MatrixSettings

LONGEST = timedelta(days=366)
PORTS = {"starttls": 587, "tls": 465, "none": 25}


def build_setup(tables: Tables) -> Setup:
    """Build the part of the configuration that the core and the plugins use."""
    bot, gathering = tables.bot, tables.gathering
    zone = ZoneInfo(gathering.timezone)
    spelled = _spellings(tables)
    return Setup(
        gathering=Gathering(
            slug=gathering.slug,
            name=gathering.name,
            kind=gathering.kind,
            starts=gathering.starts,
            ends=gathering.ends or gathering.starts,
            zone=zone,
            url=gathering.url,
            rooms=tuple(spelled[room] for venue in gathering.rooms for room in venue),
            etherpads=gathering.etherpads,
            organizers=tuple(dict.fromkeys(gathering.organizers)),
            limits=BookingHours(gathering.limits.day, gathering.limits.week),
        ),
        tracks=tuple(
            _track(track, gathering, spelled, tables.mail.archive if tables.mail else "")
            for track in tables.tracks
        ),
        slots=tuple(
            Slot(
                slot.name,
                slot.track,
                slot.place,
                utc(slot.starts, zone),
                utc(slot.ends, zone),
                tuple(slot.agenda),
                slot.link,
            )
            for _, slot in tables.slots
        ),
        names=tuple(dict.fromkeys((bot.nick, *bot.names))),
        prefixes=tuple(bot.prefixes),
        record_prefixes=tuple(bot.record_prefixes),
        ack=bot.ack,
        start=bot.start,
        voice_moderates=bot.voice_moderates,
        admins=_accounts(bot.admins),
        networks={network.name: network.kind for _, network in tables.networks},
        puppets=build_puppets(tables),
        models=tables.models,
        limits=Limits(**tables.limits.model_dump()),
        public_url=tables.web.public_url.rstrip("/") if tables.web else "",
        inbox_address=tables.mail.inbox_address if tables.mail and tables.mail.inbox else "",
    )


def utc(at: datetime, zone: ZoneInfo) -> datetime:
    """Convert a configured time to UTC; without a zone, it is in the gathering's time zone."""
    aware = at if at.tzinfo is not None else at.replace(tzinfo=zone)
    return aware.astimezone(ZoneInfo("UTC"))


def days_of(gathering: GatheringTable) -> Iterator[date]:
    """Yield every day of the gathering, at most a year (`checks` reports a longer one)."""
    if gathering.starts is None:
        return
    day, last = gathering.starts, gathering.ends or gathering.starts
    for n in range(min(last - day, LONGEST).days + 1):
        yield day + timedelta(days=n)


def _track(read: ReadTrack, gathering: GatheringTable, spelled: Mapping[str, str], archive: str) -> Track:
    """Convert a track; `archive` is the one of all lists."""
    table = read.table
    venues = tuple(tuple(spelled[room] for room in venue) for venue in table.rooms)
    aliases = {alias: first for first, *others in venues for alias in others} if table.bridged else {}
    days = days_of(gathering) if table.days is None else sorted(table.days)
    return Track(
        slug=table.slug,
        name=table.name or table.slug,
        venues=tuple(venue[:1] for venue in venues) if table.bridged else venues,
        days=tuple(days),
        list=table.mailing_list,
        archive=(table.archive or archive) if table.mailing_list else "",
        release_done=table.release_done,
        release_next=table.release_next,
        session_minutes=table.session_minutes,
        public=table.public,
        moderators=_accounts(table.moderators),
        maintainers=tuple(
            Maintainer(maintainer.mail, _accounts(maintainer.accounts), _first_name(maintainer.accounts))
            for maintainer in table.maintainers
        ),
        teams=tuple(Team(team.name, team.about, team.meeting) for team in table.team),
        models=read.models,
        relay=table.relay,
        aliases=aliases,
    )


def _accounts(texts: Iterable[str]) -> frozenset[str]:
    """Convert accounts to the form that is compared later: the network says how letters are folded. Matrix ids need no network."""
    return frozenset(map(_account, texts))


def _account(text: str) -> str:
    account = text.partition("/")[2]
    return account if account.startswith("@") else text


def _first_name(accounts: Sequence[str]) -> str:
    """Return the name in the first account, without its network or server; empty if there is none."""
    account = _account(accounts[0]) if accounts else ""
    return account[1:].partition(":")[0] if account.startswith("@") else account.partition("/")[2]


def _spellings(tables: Tables) -> dict[str, str]:
    """Map every written room to its first spelling, because #Nova and #nova are the same IRC channel."""
    matrix = {network.name for _, network in tables.networks if isinstance(network, MatrixTable)}
    first: dict[str, str] = {}
    spelled: dict[str, str] = {}
    for venue in (
        *tables.gathering.rooms,
        *(venue for track in tables.tracks for venue in track.table.rooms),
    ):
        for room in venue:
            key = room if room.partition("/")[0] in matrix else casefold(room)
            spelled[room] = first.setdefault(key, room)
    return spelled


def _rooms(tables: Tables, network: str) -> tuple[str, ...]:
    """Return the rooms that the bot joins on a network, without its name, in the order of the file."""
    prefix, spelled = f"{network}/", _spellings(tables)
    elsewhere = {
        spelled[room]
        for track in tables.tracks
        if track.table.bridged
        for venue in track.table.rooms
        for room in venue[1:]
    }
    rooms = (room for room in spelled.values() if room.startswith(prefix) and room not in elsewhere)
    return tuple(dict.fromkeys(room.removeprefix(prefix) for room in rooms))


def build_networks(
    tables: Tables, around: Surroundings, findings: Findings
) -> tuple[IrcSettings | MatrixSettings, ...]:
    """Build the settings of the networks, with their rooms and secrets; adds faults to `findings`."""
    return tuple(
        _irc(at, network, tables, around, findings)
        if isinstance(network, IrcTable)
        else _matrix(at, network, tables, around, findings)
        for at, network in tables.networks
    )


def _password(at: str, table: NetworkTable, around: Surroundings, findings: Findings) -> str | None:
    return around.secret("password", table.password_file, table.password_env, at, findings)


def _irc(at: str, table: IrcTable, tables: Tables, around: Surroundings, findings: Findings) -> IrcSettings:
    return IrcSettings(
        name=table.name,
        host=table.host,
        port=table.port,
        tls=table.tls,
        tls_ca=around.file(table.tls_ca, joined(at, "tls_ca"), findings),
        nick=table.nick or tables.bot.nick,
        throttle=table.throttle,
        login=table.login,
        account=table.account,
        password=_password(at, table, around, findings),
        certificate=around.file(table.certificate, joined(at, "certificate"), findings),
        rooms=_rooms(tables, table.name),
        relays=tuple(Relay(relay.nick, relay.account, relay.host) for relay in table.relays),
        ignore=tuple(table.ignore),
        not_bots=tuple(table.not_bots),
        puppets=next((puppets for puppets in build_puppets(tables) if puppets.network == table.name), None),
    )


def _matrix(
    at: str, table: MatrixTable, tables: Tables, around: Surroundings, findings: Findings
) -> MatrixSettings:
    return MatrixSettings(
        name=table.name,
        homeserver=table.homeserver,
        user=table.user,
        password=_password(at, table, around, findings),
        token=around.secret("token", table.token_file, "", at, findings),
        device=table.device,
        encryption=_encryption(at, table, around, findings),
        unverified=table.unverified,
        rooms=_rooms(tables, table.name),
        relays=tuple(relay.account for relay in table.relays),
        ignore=tuple(table.ignore),
        not_bots=tuple(table.not_bots),
        inviters=_inviters(tables),
        data=around.path(tables.bot.data),
    )


def _encryption(at: str, table: MatrixTable, around: Surroundings, findings: Findings) -> bool:
    """Whether encryption is enabled; a fault if the extra for it is not installed."""
    if table.encryption and around.looked_at and not around.installed("vodozemac"):
        findings.fault(
            joined(at, "encryption"),
            "needs the extra e2ee, which is not installed; run uv sync --locked --extra e2ee",
        )
    return table.encryption


def _inviters(tables: Tables) -> frozenset[str]:
    """Return the Matrix ids of admins, moderators and maintainers, whose invitations the bot accepts."""
    accounts = [*tables.bot.admins]
    for track in tables.tracks:
        accounts += track.table.moderators
        accounts += [account for maintainer in track.table.maintainers for account in maintainer.accounts]
    return frozenset(account for account in _accounts(accounts) if account.startswith("@"))


def build_mail(table: MailTable | None, around: Surroundings, findings: Findings) -> SmtpSettings | None:
    """Build the settings of the mail server; None if letters are written to files, or after a fault."""
    if table is None:
        return None
    password = around.secret("password", table.password_file, table.password_env, "mail", findings)
    tls_ca = around.file(table.tls_ca, "mail.tls_ca", findings)
    if not table.host or not table.sender:
        return None
    try:
        return SmtpSettings(
            host=table.host,
            sender=table.sender,
            port=table.port or PORTS[table.security],
            security=table.security,
            tls_ca=str(tls_ca) if tls_ca else "",
            username=table.username,
            password=password or "",
        )
    except ValueError as error:
        findings.fault("mail", str(error))
        return None


def build_mailman(
    table: MailTable | None, around: Surroundings, findings: Findings
) -> MailmanSettings | None:
    """Build the settings of Mailman's REST API; None if it is not configured, or after a fault."""
    if table is None or not table.mailman:
        return None
    file, variable = table.mailman_password_file, table.mailman_password_env
    password = around.secret("mailman_password", file, variable, "mail", findings)
    if not table.mailman_user or not (file or variable):
        findings.fault(
            "mail.mailman", "needs mailman_user, and mailman_password_file or mailman_password_env"
        )
        return None
    try:
        return MailmanSettings(table.mailman, table.mailman_user, password or "")
    except ValueError as error:
        findings.fault("mail.mailman", str(error))
        return None
