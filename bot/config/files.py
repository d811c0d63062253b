"""Files, folders and secrets named in a configuration."""

import os
import stat
from collections.abc import Callable, Mapping
from importlib.util import find_spec
from pathlib import Path

from msgspec import Struct

from bot.config.faults import Findings, joined

READABLE_BY_ALL = stat.S_IROTH
PLACEHOLDER = "put-the-password-here"  # in the file of a secret that nobody has filled in yet


def is_installed(package: str) -> bool:
    """Whether a package is installed, without importing it."""
    return find_spec(package) is not None


class Surroundings(Struct, frozen=True):
    """The environment of a configuration.

    folder:    the base of relative paths
    environ:   environment variables, which may contain secrets
    looked_at: whether files and secrets are checked; replaying a log needs none of them
    installed: tells whether a package is installed, by its name
    """

    folder: Path
    environ: Mapping[str, str]
    looked_at: bool = True
    installed: Callable[[str], bool] = is_installed

    def path(self, text: str) -> Path:
        """Resolve a path from the configuration."""
        return self.folder / Path(text).expanduser()

    def file(self, text: str, path: str, findings: Findings) -> Path | None:
        """Return a configured file after checking that it is readable; None without one or after a fault."""
        if not text:
            return None
        found = self.path(text)
        if not self.looked_at:
            return found
        if not found.is_file():
            findings.fault(path, f"there is no file {found}")
        elif not os.access(found, os.R_OK):
            findings.fault(path, f"can't read the file {found}")
        else:
            return found
        return None

    def secret(self, name: str, file: str, variable: str, path: str, findings: Findings) -> str | None:
        """Read the secret from `NAME_file` or `NAME_env`; None without one or after a fault."""
        if file and variable:
            findings.fault(joined(path, f"{name}_env"), f"{name}_file is given too; set only one of them")
            return None
        if not self.looked_at:
            return None
        if variable:
            value = self.environ.get(variable, "")
            if not value:
                findings.fault(joined(path, f"{name}_env"), f"the environment variable {variable} is not set")
            return value or None
        return self._secret_of(file, joined(path, f"{name}_file"), findings)

    def _secret_of(self, text: str, path: str, findings: Findings) -> str | None:
        file = self.file(text, path, findings)
        if file is None:
            return None
        if file.stat().st_mode & READABLE_BY_ALL:
            findings.note(path, f"everybody on this machine can read {file}; chmod o-r fixes that")
        try:
            value = file.read_text(encoding="utf-8-sig").strip()
        except UnicodeDecodeError:
            findings.fault(path, f"the file {file} is not text")
            return None
        if not value or len(value.splitlines()) > 1:
            findings.fault(path, f"the file {file} must hold the secret as its only line")
            return None
        if value == PLACEHOLDER:
            findings.note(path, f"put the password into {file}, as its only line")
        return value

    def folder_to_write(self, text: str, path: str, findings: Findings) -> Path:
        """Return a folder after checking that it is writable or can be created."""
        wanted = self.path(text)
        if not self.looked_at:
            return wanted
        there = next(folder for folder in (wanted, *wanted.parents) if folder.exists())
        if not there.is_dir():
            findings.fault(path, f"{there} is not a folder")
        elif not os.access(there, os.W_OK | os.X_OK):
            findings.fault(path, f"can't write to the folder {there}")
        return wanted
