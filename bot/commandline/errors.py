"""How a command ends that did not do what it should."""

from collections.abc import Sequence


class CouldNotError(Exception):
    """It could not be done: exit status 1. `reasons` are for the person, each one line."""

    def __init__(self, reasons: Sequence[str]) -> None:
        super().__init__("\n".join(reasons))
        self.reasons = list(reasons)


class WrongConfigError(Exception):
    """The configuration cannot be used: exit status 2. `faults` are all that there are, each one line."""

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = list(faults)
