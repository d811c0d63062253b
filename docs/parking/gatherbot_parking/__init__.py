"""Parking: topics that come up and belong elsewhere are parked, and read out at the end."""

from collections.abc import Iterable, Sequence

from pydantic import BaseModel, ConfigDict

from bot.api import Ask, Effect, Kind, Missing, Plugin, Reply, Session, StateView, counted


class ParkingSettings(BaseModel):
    """The table [parking]."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    most: int = 5


PARKED = Kind(
    "park",
    usage="#park text",
    says="parks something that does not belong here",
    example="#park The name of the next release",
    heading="Parked for another day:",
    order=90,
)

plugin = Plugin("parking", table=("parking", ParkingSettings), kinds=[PARKED])


def parked(session: Session) -> list[str]:
    """The texts that were parked in a session."""
    return [record.text for record in session.records if record.kind == PARKED.word]


@plugin.command("parked", usage="#parked", says="lists what is parked", example="#parked")
def list_parked(ask: Ask) -> Sequence[Effect]:
    """Read out what is parked."""
    texts = parked(ask.running)
    return [Reply("parked: " + "; ".join(texts) if texts else "nothing is parked")]


@plugin.session.end_check
def too_much(state: StateView, session: Session) -> Iterable[Missing]:
    """Remind people at the end if too much is parked."""
    number = len(parked(session))
    if number > state.setup.of(ParkingSettings).most:
        yield Missing(f"a home for {counted(number, 'parked topic')}")
