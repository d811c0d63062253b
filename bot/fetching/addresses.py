"""Refuses private addresses when pages are fetched: those of this machine and its network.

The check runs when a name is resolved, so a name cannot avoid it by changing its address later.
"""

import ipaddress
import socket
from collections.abc import Callable

from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.resolver import ThreadedResolver

Allowed = Callable[[str], bool]


class PrivateAddressError(OSError):
    """The host has no public address."""


def is_public(address: str) -> bool:
    """Whether an IP address is public; an IPv4 address within an IPv6 address is checked as well."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    inner = _carried(found) if isinstance(found, ipaddress.IPv6Address) else None
    return found.is_global and not found.is_multicast and (inner is None or is_public(str(inner)))


def _carried(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """The IPv4 address within an IPv6 address."""
    if address in ipaddress.IPv6Network("64:ff9b::/96"):  # NAT64, RFC 6052
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or (address.teredo or (None, None))[1]


class GuardedResolver(AbstractResolver):
    """Resolves names as the system does, without private addresses."""

    def __init__(self, allowed: Allowed = is_public, inner: AbstractResolver | None = None) -> None:
        self._allowed = allowed
        self._inner = inner or ThreadedResolver()

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """The public addresses of a host. Raises PrivateAddressError if there are none."""
        found = [
            address
            for address in await self._inner.resolve(host, port, family)
            if self._allowed(address["host"])
        ]
        if not found:
            raise PrivateAddressError(f"{host} has no public address")
        return found

    async def close(self) -> None:
        """Close nothing: nothing stays open."""
        await self._inner.close()
