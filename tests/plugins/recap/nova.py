"""Nova, a track whose recaps are rehearsed."""

from datetime import date

from bot.core.state.setup import Gathering, Maintainer, Setup, Slot, Track
from plugins.recap.settings import RecapSettings, RecapTrack
from tests.plugins.recap.scene import Rehearsal

LIST = "nova-discuss@lists.example.org"
DAYS = (date(2027, 10, 19), date(2027, 10, 20))
NOVA = Track(
    slug="nova",
    name="Nova",
    venues=(("irc/#nova",),),
    days=DAYS,
    list=LIST,
    models={RecapTrack: RecapTrack(subject_tags=["nova"])},
)
PTG = Gathering("2027-10", "October 2027 PTG", "PTG", date(2027, 10, 18), date(2027, 10, 22))
TWO = (Maintainer("okoye@example.org", frozenset({"irc/okoye"})), Maintainer("lin@example.org"))


def rehearsal(
    track: Track = NOVA,
    *,
    slots: tuple[Slot, ...] = (),
    public_url: str = "",
    inbox_address: str = "",
    **settings: object,
) -> Rehearsal:
    setup = Setup(
        gathering=PTG,
        tracks=(track,),
        slots=slots,
        models={RecapSettings: RecapSettings.model_validate(settings)},
        public_url=public_url,
        inbox_address=inbox_address,
    )
    return Rehearsal(setup)


def session(stage: Rehearsal, *said: str, name: str = "Day") -> list[str]:
    """A session of one minute a line; what the bot says at its end."""
    for line in (f"#startmeeting {name}", *said):
        stage.say("amaru", line)
        stage.later(minutes=1)
    return stage.say("amaru", "#endmeeting")
