"""Stylesheet, script and pictures of our own: read once, and served under addresses that change with them."""

from collections.abc import Mapping
from hashlib import blake2s
from pathlib import Path

from msgspec import Struct

FOLDER = Path(__file__).with_name("static")
TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".ico": "image/x-icon",
}


class Asset(Struct, frozen=True):
    """A file of ours; its address has its digest as the query."""

    path: str
    type: str
    body: bytes
    digest: str

    @property
    def address(self) -> str:
        """The address that stands for this content alone, so that readers may keep it."""
        return f"{self.path}?{self.digest}"


def assets(folder: Path = FOLDER) -> Mapping[str, Asset]:
    """The files of a folder, by path."""
    found = (file for file in sorted(folder.iterdir()) if file.suffix in TYPES)
    return {asset.path: asset for asset in map(_asset, found)}


def _asset(file: Path) -> Asset:
    body = file.read_bytes()
    return Asset(f"/{file.name}", TYPES[file.suffix], body, blake2s(body, digest_size=6).hexdigest())
