"""Plays golden files: lines come in, what the bot does stands under them, and the whole is compared.

The golden files of a plugin are in tests/plugins/PLUGIN/transcripts, all others in the folders beside this module;
`bot.testing.GoldenTranscript` says how they are played.
"""

import asyncio
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from types import FrameType
from typing import get_args

from msgspec import Struct, msgpack

from bot.app.log_player import Player, player
from bot.app.views import TextForm, document, recap_text
from bot.core.words.phrase import Phrase
from bot.networks.transcript.dialogue import Dialogue
from bot.testing import GoldenTranscript

ENGINE = Path(__file__).parent
PLUGINS = ENGINE.parent / "plugins"
EXAMPLES = ENGINE / "examples"
FILES = tuple(
    path  # a second dot marks something else: a log alone, or an expected recap
    for path in sorted([*ENGINE.glob("*/*.txt"), *PLUGINS.glob("*/transcripts/*.txt")])
    if path.name.count(".") == 1
)
FORMS = get_args(TextForm)
PHRASES = "phrases.py"
SHARED = "GATHERBOT_SHARED_GOLDENS"  # names the folder that the workers of a run share


class Played(Struct, frozen=True):
    """What came of a golden file.

    unread: lines that were passed over, because nobody understood them
    mails:  bodies of the letters, in order
    record: the gathering as JSON
    recaps: the recap in every form; none where there was no session
    called: which functions of which files of phrases were called, as (path, name), and which templates, as ("", template)
    """

    text: str
    unread: tuple[str, ...]
    mails: tuple[str, ...]
    record: str
    recaps: dict[str, str]
    called: frozenset[tuple[str, str]]


@cache
def played(path: Path) -> Played:
    """A golden file as it happens now; the workers of one run play it once."""
    folder = os.environ.get(SHARED)
    shared = Path(folder, f"{path.stem}.msgpack") if folder else None
    if shared is not None and shared.exists():
        return msgpack.decode(shared.read_bytes(), type=Played)
    found = asyncio.run(_played(GoldenTranscript(path)))
    if shared is not None:
        unfinished = shared.with_suffix(f".{os.getpid()}")
        unfinished.write_bytes(msgpack.encode(found))
        unfinished.replace(shared)
    return found


async def _played(golden: GoldenTranscript) -> Played:
    dialogue, transcript = Dialogue(), golden.log()
    async with player(golden.config, pages=golden.pages) as stage:
        with phrases_called() as called:
            await stage.play(transcript, dialogue)
        mails = tuple(f"{letter.subject}\n{letter.body}" for letter in stage.letters)
        record = await document(stage.engine)
        recaps = {form: text for form in FORMS if (text := await recap_of(stage, form))}
    unread = tuple(f"{Path(one.file).name}:{one.line}: {one.text}" for one in transcript.unread)
    return Played(dialogue.text(), unread, mails, record, recaps, frozenset(called))


async def recap_of(stage: Player, form: str) -> str:
    """The recaps of all tracks that had a session."""
    tracks = stage.engine.state.setup.tracks
    written = [await recap_text(stage.engine, track.slug, None, form) for track in tracks]
    return "\n\n".join(text for text in written if text is not None)


@contextmanager
def phrases_called() -> Iterator[set[tuple[str, str]]]:
    """Note which functions of the files of phrases and which templates are called meanwhile."""
    called: set[tuple[str, str]] = set()

    def note(frame: FrameType, event: str, _: object) -> None:
        if event != "call":
            return
        if frame.f_code is Phrase.__call__.__code__:
            called.add(("", frame.f_locals["self"].template))
        elif frame.f_code.co_filename.endswith(PHRASES):
            called.add((frame.f_code.co_filename, frame.f_code.co_name))

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        yield called
    finally:
        sys.setprofile(before)
