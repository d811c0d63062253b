"""A gathering with slots, for the tests of the schedule."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.api import Gathering, Setup, Slot, Track
from bot.bundled import bundled_plugins
from bot.core.plugin.registration import register
from bot.core.state.setup import BookingHours
from tests.play import Stage

HALL = "irc/#ptg"
BERLIN = ZoneInfo("Europe/Berlin")


def slot(name: str, track: str, place: str, day: int, hour: float, hours: float = 1, **keys: object) -> Slot:
    """A slot in October 2027, in hours of UTC."""
    starts = datetime(2027, 10, day, tzinfo=UTC) + timedelta(hours=hour)
    return Slot(name, track, place, starts, starts + timedelta(hours=hours), **keys)  # type: ignore[arg-type]


def setup(*slots: Slot, **keys: object) -> Setup:
    """A gathering of 18 to 22 October in Berlin with the tracks nova, cinder, and secret, which is not public."""
    gathering = Gathering(
        "2027-10",
        "October 2027 PTG",
        starts=date(2027, 10, 18),
        ends=date(2027, 10, 22),
        zone=BERLIN,
        rooms=(HALL,),
        limits=BookingHours(day=4, week=6),
    )
    tracks = (
        Track("nova", "Nova", venues=(("irc/#nova",),)),
        Track("cinder", "Cinder", venues=(("irc/#cinder",),)),
        Track("secret", "Hush", venues=(("irc/#hush",),), public=False),
    )
    return Setup(gathering=gathering, tracks=tracks, slots=slots, **keys)  # type: ignore[arg-type]


def stage(made: Setup) -> Stage:
    """A stage with all plugins."""
    return Stage(register(bundled_plugins(), made), made)
