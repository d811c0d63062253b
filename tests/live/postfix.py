"""A Postfix of the tests' own on loopback, which hands mail for an address, with any extension, over by LMTP."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.live.mail_servers import needed
from tests.live.ports import free_ports

PROGRAM = shutil.which("postfix", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin")
STARTING = 30.0  # seconds
MAIN = """
compatibility_level = 3.6
myhostname = hub.test
mydestination =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mynetworks = 127.0.0.0/8
relay_domains = example.org
smtpd_relay_restrictions = permit_mynetworks, reject
queue_directory = {folder}/queue
data_directory = {folder}/data
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
mail_owner = postfix
setgid_group = postdrop
maillog_file = {folder}/log/mail.log
maillog_file_prefixes = {folder}
alias_maps =
alias_database =
minimal_backoff_time = 1s
maximal_backoff_time = 2s
queue_run_delay = 1s
transport_retry_time = 1s
message_size_limit = 20480000
lmtp_destination_concurrency_failed_cohort_limit = 0
recipient_delimiter = +
transport_maps = texthash:{folder}/transport
"""
MASTER = """
{port} inet n - n - - smtpd
cleanup unix n - n - 0 cleanup
qmgr unix n - n 1 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
proxymap unix - - n - - proxymap
lmtp unix - - n - - lmtp
smtp unix - - n - - smtp
error unix - - n - - error
retry unix - - n - - error
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
flush unix n - n 1000? 0 flush
postlog unix-dgram n - n - 1 postlogd
"""


@contextmanager
def running_postfix(folder: Path, address: str, to: str) -> Iterator[int]:
    """A Postfix that hands mail for `address` over to `to` ("inet:127.0.0.1:2424", "unix:/path"); the port where it takes mail.

    folder: where everybody may look, since its processes have users of their own
    """
    needed("postfix", PROGRAM)
    if os.geteuid() != 0:
        pytest.skip("only root starts Postfix")
    port = free_ports(1)
    for name in ("queue", "data", "log", "config"):
        (folder / name).mkdir(parents=True)
    shutil.chown(folder / "data", "postfix")
    (folder / "transport").write_text(f"{address} lmtp:{to}\n")
    (folder / "config" / "main.cf").write_text(MAIN.format(folder=folder))
    (folder / "config" / "master.cf").write_text(MASTER.format(port=f"127.0.0.1:{port}"))
    postfix = [str(PROGRAM), "-c", str(folder / "config")]
    subprocess.run([*postfix, "start"], check=True, capture_output=True, timeout=STARTING)
    try:
        yield port
    finally:
        subprocess.run([*postfix, "stop"], check=False, capture_output=True, timeout=STARTING)
