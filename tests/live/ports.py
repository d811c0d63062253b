"""Ports on loopback that nobody listens on."""

import os
import random
import socket
from contextlib import suppress

FIRST = 20000
EACH = 2000  # a worker of a test run takes its ports from a range of its own
RANGES = 6  # all below those that the kernel gives to clients


def free_ports(count: int) -> int:
    """The first of so many neighboring ports that nobody listens on."""
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    start = FIRST + EACH * (worker % RANGES)
    while True:
        first = random.randrange(start, start + EACH - count)
        with suppress(OSError):
            for port in range(first, first + count):
                with socket.socket() as probe:
                    probe.bind(("127.0.0.1", port))
            return first
