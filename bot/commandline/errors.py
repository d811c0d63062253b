"""The errors of commands."""

from collections.abc import Sequence


class CouldNotError(Exception):
    """The command failed: exit status 1; `reasons` are lines for the user."""

    def __init__(self, reasons: Sequence[str]) -> None:
        super().__init__("\n".join(reasons))
        self.reasons = list(reasons)


class WrongConfigError(Exception):
    """The configuration is not usable: exit status 2; `faults` are all its faults, a line each."""

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = list(faults)
