import socket

import pytest
from aiohttp.abc import AbstractResolver, ResolveResult

from bot.fetching.addresses import GuardedResolver, PrivateAddressError, is_public


@pytest.mark.parametrize(
    "address", ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c", "64:ff9b::5db8:d70e"]
)
def test_public_addresses(address: str) -> None:
    assert is_public(address) is True


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "255.255.255.255",
        "::1",
        "::",
        "fe80::1",
        "fe80::1%eth0",
        "fc00::1",
        "ff02::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
        "example.org",
        "",
    ],
)
def test_addresses_that_are_nobody_elses_to_ask(address: str) -> None:
    assert is_public(address) is False


class Names(AbstractResolver):
    def __init__(self, *addresses: str) -> None:
        self._addresses = addresses

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        return [
            ResolveResult(hostname=host, host=address, port=port, family=family, proto=0, flags=0)
            for address in self._addresses
        ]

    async def close(self) -> None:
        pass


async def test_only_public_addresses_of_a_name_are_asked() -> None:
    resolver = GuardedResolver(inner=Names("127.0.0.1", "93.184.215.14", "10.0.0.1"))
    assert [one["host"] for one in await resolver.resolve("pads.example.org", 443)] == ["93.184.215.14"]


async def test_a_name_with_private_addresses_only_is_refused() -> None:
    with pytest.raises(PrivateAddressError):
        await GuardedResolver(inner=Names("127.0.0.1", "::1")).resolve("pads.example.org", 443)
