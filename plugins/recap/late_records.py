"""Who added a record after the end of its session, and when, for the JSON."""

from collections.abc import Mapping
from datetime import UTC
from typing import Any

from bot.api import RecordedItem, Session
from bot.api.people import plain_name
from plugins.recap.declaration import plugin


@plugin.recap.record_json
def record_json(session: Session, record: RecordedItem) -> Mapping[str, Any]:
    """Return who added a record after the end, and when; nothing for records of the session itself."""
    by, added = record.taken or (record.by, record.at)
    if session.ended is None or added < session.ended:
        return {}
    at = f"{added.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
    return {"added": {"by": plain_name(by.name), "at": at}}
