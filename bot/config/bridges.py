"""The configuration of bridge puppets: the network of their people, and checks against unsafe patterns."""

from bot.config.faults import Findings, joined, nearest
from bot.config.table_reader import Tables
from bot.config.tables import IrcTable, MatrixTable, PuppetsTable
from bot.core.people.puppets import Puppets
from bot.core.words.sentences import listed

Network = IrcTable | MatrixTable


def build_puppets(tables: Tables) -> tuple[Puppets, ...]:
    """Build the rules that recognize puppets on each network, with defaults from the other networks."""
    return tuple(
        _puppets(network, tables)
        for _, network in tables.networks
        if network.puppets.model_fields_set  # none configured
    )


def _puppets(network: Network, tables: Tables) -> Puppets:
    table = network.puppets
    of = table.of or _only_other(network, tables)
    bridged = next((other for _, other in tables.networks if other.name == of), None)
    if isinstance(network, MatrixTable):
        return Puppets(network.name, of, host=table.host or _server(network), prefix=table.prefix)
    server = table.server or (_server(bridged) if isinstance(bridged, MatrixTable) else "")
    return Puppets(network.name, of, suffix=table.suffix, host=table.host, server=server)


def _server(network: MatrixTable) -> str:
    return network.user.partition(":")[2]


def _only_other(network: Network, tables: Tables) -> str:
    """Return the name of the only network of the other kind; empty if there is none or several."""
    others = [other.name for _, other in tables.networks if other.kind != network.kind]
    return others[0] if len(others) == 1 else ""


def check_puppets(tables: Tables, findings: Findings) -> None:
    """Find puppets without a network, and masks that match everybody."""
    for at, network in tables.networks:
        table, path = network.puppets, joined(at, "puppets")
        if not table.model_fields_set:
            continue
        if isinstance(network, IrcTable):
            _on_irc(table, path, findings)
        else:
            _on_matrix(network, path, tables, findings)
        if table.of:
            _of(network, joined(path, "of"), tables, findings)


def _on_irc(table: PuppetsTable, path: str, findings: Findings) -> None:
    if table.prefix:
        findings.fault(
            joined(path, "prefix"), "is for Matrix; on IRC, puppets are recognized by suffix and host"
        )
    if not table.suffix and not table.host:
        findings.fault(path, "needs suffix, and host if puppets should have the rights of their people")
    if table.host and not any(sign.isalnum() for sign in table.host.rpartition("@")[2]):
        findings.fault(
            joined(path, "host"), "matches everybody; give the host of the bridge, like *@bridge.example.org"
        )


def _on_matrix(network: MatrixTable, path: str, tables: Tables, findings: Findings) -> None:
    table = network.puppets
    for key in ("suffix", "server"):
        if getattr(table, key):
            findings.fault(joined(path, key), "is for IRC; on Matrix, puppets are recognized by prefix")
    if not table.prefix:
        findings.fault(joined(path, "prefix"), 'is missing; it is the beginning of puppet ids, like "_oftc_"')
    if any(sign in "*?@" for sign in table.host):
        findings.fault(joined(path, "host"), "must be a homeserver, like example.org")
    if not table.of and not _only_other(network, tables):
        findings.fault(joined(path, "of"), "is missing; it is the IRC network that the people are on")


def _of(network: Network, path: str, tables: Tables, findings: Findings) -> None:
    names = tables.network_names
    of = network.puppets.of
    if of not in names:
        near = nearest(of, sorted(names))
        there = f"there {'is' if len(names) == 1 else 'are'} {listed(sorted(names))}"
        hint = f"did you mean {near}?" if near else there
        findings.fault(path, f"no network is called {of}; {hint}")
    elif any(other.name == of and other.kind == network.kind for _, other in tables.networks):
        findings.fault(path, f"{of} is of the same kind; a bridge connects IRC with Matrix")
