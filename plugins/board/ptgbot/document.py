"""The data of ptgbot as a file or a page has it: read without trust, as cleaned values and what of it cannot be read."""

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec
from msgspec import Struct

from bot.api import InputProblem
from bot.api.words import clean
from plugins.board.ptgbot import reasons
from plugins.board.tracks import words_in

LARGEST = 4 << 20  # characters; the data of a gathering with 60 tracks has 20,000
LONGEST_NAME = 60  # of rooms, slots, nicks and titles
LONGEST_DAY = 24 * 60  # minutes
ROOM_KEYS = ("url", "desc", "cap_icon", "cap_desc")
KEYS = (
    "tracks", "slots", "schedule", "now", "next", "etherpads", "urls", "colors", "location", "motd", "links", "eventid",
    "voice", "subscriptions", "last_check_in", "timestamp",
)  # fmt: skip


class Left(Struct, frozen=True):
    """Something that cannot be taken: what it is, and why."""

    what: str
    why: str


class DaySlot(Struct, frozen=True):
    """A slot of ptgbot: a time, the same in all rooms.

    day:      as the file calls it: "Monday"
    desc:     its hours in words: "09:00-10:45"
    realtime: its beginning as ISO 8601 has it; empty if unknown
    minutes:  its length; None if unknown
    """

    day: str
    name: str
    desc: str
    realtime: str
    minutes: int | None


class PtgRoom(Struct, frozen=True):
    """A room of ptgbot; `bookings` are pairs of a slot's name and a track, which is empty in a slot that is free.

    described: it has a description or a badge, which nothing here shows
    """

    name: str
    url: str
    bookings: tuple[tuple[str, str], ...]
    described: bool = False


class Document(Struct, frozen=True):
    """What ptgbot's data says: names and texts are cleaned and not empty, nothing else is checked.

    now, etherpads, urls, colors, location: by track
    notices:       messages of the day: level and text
    links:         title and address
    subscriptions: nick and pattern
    check_ins:     how many people are checked in or were
    """

    eventid: str = ""
    voice: bool = False
    tracks: tuple[str, ...] = ()
    slots: tuple[DaySlot, ...] = ()
    rooms: tuple[PtgRoom, ...] = ()
    now: tuple[tuple[str, str], ...] = ()
    next: tuple[tuple[str, tuple[str, ...]], ...] = ()
    etherpads: tuple[tuple[str, str], ...] = ()
    urls: tuple[tuple[str, str], ...] = ()
    colors: tuple[tuple[str, str], ...] = ()
    location: tuple[tuple[str, str], ...] = ()
    notices: tuple[tuple[str, str], ...] = ()
    links: tuple[tuple[str, str], ...] = ()
    subscriptions: tuple[tuple[str, str], ...] = ()
    check_ins: int = 0
    left: tuple[Left, ...] = ()


def read(text: str) -> Document | InputProblem:
    """What ptgbot's data says, or why a text is none."""
    if len(text) > LARGEST:
        return InputProblem(reasons.TOO_LARGE(most=LARGEST >> 20))
    said = text.removeprefix("\ufeff").strip()
    if not said:
        return InputProblem(reasons.EMPTY)
    try:
        data = msgspec.json.decode(said)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return InputProblem(reasons.CUT if said[0] == "{" and said[-1] != "}" else reasons.NO_JSON)
    if not isinstance(data, dict):
        return InputProblem(reasons.NO_OBJECT)
    if not any(key in data for key in KEYS):
        return InputProblem(reasons.NO_KEYS)
    return _Reader(data).document()


class _Reader:
    """Reads the keys, and notes what it cannot read."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self._data = data
        self._left: list[Left] = []

    def document(self) -> Document:
        """All keys; those that ptgbot does not have are left."""
        found = Document(
            eventid=self._text("eventid"),
            voice=self._data.get("voice") in (1, True),
            tracks=tuple(self._names("tracks")),
            slots=tuple(self._slots()),
            rooms=tuple(self._rooms()),
            now=tuple(self._texts("now")),
            next=tuple(self._next()),
            etherpads=tuple(self._texts("etherpads")),
            urls=tuple(self._texts("urls")),
            colors=tuple(self._texts("colors")),
            location=tuple(self._texts("location")),
            notices=tuple(self._notices()),
            links=tuple(self._texts("links")),
            subscriptions=tuple(self._texts("subscriptions", may_be_null=True)),
            check_ins=len(self._mapping("last_check_in")),
        )
        for key in self._data:
            if key not in KEYS:
                self._leave(f"key {key}", reasons.UNKNOWN_KEY)
        return msgspec.structs.replace(found, left=tuple(self._left))

    def _leave(self, what: str, why: str) -> None:
        self._left.append(Left(shown(what), why))

    def _mapping(self, key: str) -> Mapping[str, Any]:
        value = self._data.get(key)
        if isinstance(value, dict):
            return value
        if value is not None:
            self._leave(key, reasons.NOT_A(kind="mapping"))
        return {}

    def _list(self, key: str) -> list[Any]:
        value = self._data.get(key)
        if isinstance(value, list):
            return value
        if value is not None:
            self._leave(key, reasons.NOT_A(kind="list"))
        return []

    def _text(self, key: str) -> str:
        value = self._data.get(key)
        if value is None or isinstance(value, str):
            return _said(value or "")[:LONGEST_NAME]
        self._leave(key, reasons.NOT_A(kind="text"))
        return ""

    def _name(self, value: object, what: str) -> str:
        """A name; empty, and noted, if it is none."""
        name = _said(value) if isinstance(value, str) else ""
        if not name:
            self._leave(what, reasons.NO_NAME)
        elif len(name) > LONGEST_NAME:
            self._leave(f"{what} {name}", reasons.LONG_NAME(most=LONGEST_NAME))
            return ""
        return name

    def _names(self, key: str) -> Iterator[str]:
        for value in self._list(key):
            name = self._name(value, f"in {key}")
            if name:
                yield name

    def _texts(self, key: str, *, may_be_null: bool = False) -> Iterator[tuple[str, str]]:
        for name, value in self._mapping(key).items():
            known = self._name(name, f"in {key}")
            if not known or (may_be_null and value is None):
                continue
            text = _said(value) if isinstance(value, str) else ""
            if text:
                yield known, text
            elif value not in (None, ""):
                self._leave(f"{key} of {known}", reasons.NOT_A(kind="text"))

    def _next(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        for name, value in self._mapping("next").items():
            known = self._name(name, "in next")
            texts = [value] if isinstance(value, str) else value
            if known and isinstance(texts, list) and all(isinstance(text, str) for text in texts):
                yield known, tuple(filter(None, map(_said, texts)))
            elif known:
                self._leave(f"next of {known}", reasons.NOT_A(kind="list of texts"))

    def _slots(self) -> Iterator[DaySlot]:
        for day, slots in self._mapping("slots").items():
            if not isinstance(slots, list):
                self._leave(f"slots of {day}", reasons.NOT_A(kind="list"))
                continue
            for slot in slots:
                if not isinstance(slot, dict):
                    self._leave(f"a slot of {day}", reasons.NOT_A(kind="mapping"))
                elif name := self._name(slot.get("name"), f"a slot of {day}"):
                    yield self._slot(day, name, slot)

    def _slot(self, day: str, name: str, slot: Mapping[str, Any]) -> DaySlot:
        minutes = slot.get("duration")
        if minutes is not None and not (type(minutes) is int and 0 < minutes <= LONGEST_DAY):
            self._leave(f"duration of slot {name}", reasons.NO_DURATION)
            minutes = None
        desc, realtime = (
            value if isinstance(value, str) else "" for value in map(slot.get, ("desc", "realtime"))
        )
        return DaySlot(_said(day), name, _said(desc), _said(realtime), minutes)

    def _rooms(self) -> Iterator[PtgRoom]:
        for room, bookings in self._mapping("schedule").items():
            name = self._name(room, "in schedule")
            if name and not isinstance(bookings, dict):
                self._leave(f"room {name}", reasons.NOT_A(kind="mapping"))
            elif name:
                url = bookings.get("url")
                pairs = tuple(self._bookings(name, bookings))
                described = any(bookings.get(key) for key in ROOM_KEYS[1:])
                yield PtgRoom(name, _said(url) if isinstance(url, str) else "", pairs, described)

    def _bookings(self, room: str, bookings: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        for slot, track in bookings.items():
            if slot in ROOM_KEYS:
                continue
            if track is not None and not isinstance(track, str):
                self._leave(f"{room}-{slot}", reasons.NOT_A(kind="text"))
            elif _said(slot):
                yield _said(slot), _said(track or "")

    def _notices(self) -> Iterator[tuple[str, str]]:
        value = self._data.get("motd")
        notices = [value] if isinstance(value, dict) else self._list("motd")
        for n, notice in enumerate(notices, 1):
            level, text = (
                (notice.get("level"), notice.get("message")) if isinstance(notice, dict) else (None, None)
            )
            if isinstance(text, str) and _said(text):
                yield (_said(level).lower() if isinstance(level, str) else "info"), _said(text)
            elif text not in (None, "") or not isinstance(notice, dict):
                self._leave(f"message {n} of the day", reasons.NOT_A(kind="text"))


def _said(text: str) -> str:
    """A text in one line, without control codes; empty if nothing of it can be seen."""
    return words_in(clean(text))


def shown(text: str) -> str:
    """What is left, short enough for a line."""
    said = _said(text)
    return said if len(said) <= LONGEST_NAME + 20 else f"{said[: LONGEST_NAME + 20]}…"
