"""A draft that maintainers have, and the recap's own text in pieces, to compare mended texts with."""

from msgspec.structs import replace

from bot.core.state.setup import Maintainer
from plugins.recap.job import traced_draft
from plugins.recap.lifecycle.courses import known_courses
from plugins.recap.mending.known_text import PROBE, KnownText, known_text
from tests.plugins.recap.nova import NOVA, rehearsal, session
from tests.plugins.recap.scene import EXAMPLES, Rehearsal, example_setup, play

MAINTAINED = replace(NOVA, maintainers=(Maintainer("okoye@example.org", frozenset({"irc/okoye"})),))


def example() -> Rehearsal:
    """The example's day, with its draft."""
    setup = example_setup()
    track = replace(setup.tracks[0], maintainers=MAINTAINED.maintainers)
    stage = Rehearsal(replace(setup, tracks=(track,)))
    play(stage, (EXAMPLES / "tidepool-2027-10-day1.irc.txt").read_text(encoding="utf-8"))
    stage.passes(hours=8)
    return stage


def nova(*said: str, style: str = "by-team", public_url: str = "") -> Rehearsal:
    """A session of Nova, with its draft."""
    stage = rehearsal(MAINTAINED, public_url=public_url, style=style)
    session(stage, *said)
    stage.passes(minutes=10)
    return stage


def known_of(stage: Rehearsal) -> KnownText:
    """The newest part of the only track, in pieces."""
    (track,) = stage.state.setup.tracks
    course = known_courses(stage.state, track)[-1]
    sources = stage.sources(track.slug, [stage.archive[one] for one in course.session_ids])
    return known_text(*traced_draft(sources, course.plan, PROBE))


def draft_of(stage: Rehearsal) -> str:
    """The newest draft that the maintainers got."""
    return stage.letters[-1].body


def quoted(text: str, mark: str = "> ") -> str:
    """A text as a mail program quotes it."""
    return "".join(f"{mark}{line}".rstrip() + "\n" for line in text.splitlines())
