"""What every golden file comes to: its record as JSON, and its recap in every form."""

import json
import re
from pathlib import Path

import pytest

from bot.app.errors import CannotError
from bot.app.log_replay import replay
from bot.testing import GoldenTranscript
from tests.transcripts.golden import FILES, FORMS, played
from tests.transcripts.record_contract import DOCUMENT, faults, letters


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_record_of_a_golden_file_keeps_its_contract(path: Path) -> None:
    document = json.loads(played(path).record)
    assert faults(document, DOCUMENT) == []
    for session in document["sessions"]:
        assert [topic["n"] for topic in session["topics"]] == list(range(1, len(session["topics"]) + 1))
        assert {record["topic"] for record in session["records"]} <= {
            None,
            *(t["n"] for t in session["topics"]),
        }
    numbers = [
        (session["track"], record["n"]) for session in document["sessions"] for record in session["records"]
    ]
    assert len(numbers) == len(set(numbers))


LINK = re.compile(r"</?a\b[^>]*>")


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_recap_of_a_golden_file_has_a_text_in_every_form(path: Path, form: str) -> None:
    sessions = json.loads(played(path).record)["sessions"]
    recap = (
        played(path).recaps.get(form, "").replace(' dir="auto"', "")
    )  # between a list's number and its words
    assert bool(recap) == bool(sessions)
    text = f"{letters(recap)} {letters(LINK.sub('', recap))}"  # an address in a sentence is a link in HTML
    for session in sessions:
        for record in session["records"]:
            what = record["title"] or record["url"] if record["kind"] == "link" else record["text"]
            said = what.split("\n")  # a list under the text is one of bullets
            assert record["kind"] == "action" or all(letters(line) in text for line in said), record


@pytest.mark.parametrize("form", FORMS)
async def test_a_log_without_a_session_has_no_recap(form: str) -> None:
    path = next(path for path in FILES if not played(path).recaps)
    config = GoldenTranscript(path).config
    with pytest.raises(CannotError, match="this log has no session; a session starts with #startmeeting"):
        await replay([path], config=config, channel="", date=None, zone=None, form=form)
