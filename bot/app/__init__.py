"""Puts the parts together: the only package that knows every other; the command line calls it.

A command only loads what it needs: `gatherbot run` does not load what shows a recap in a terminal.
"""

import importlib
from typing import Any

WHERE = {
    "CannotError": "errors",
    "backup": "backups",
    "chat": "terminal_room",
    "check_connections": "connection_check",
    "check_journal": "journal_check",
    "demo": "demonstration",
    "export": "views",
    "import_ptgbot": "ptgbot_import",
    "recap": "views",
    "replay": "log_replay",
    "restore": "backups",
    "run_bot": "service",
}


def __getattr__(name: str) -> Any:
    """Load what is asked for (https://peps.python.org/pep-0562/)."""
    if name not in WHERE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{WHERE[name]}"), name)
