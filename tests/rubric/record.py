"""Questions to the JSON of a part's sessions."""

from typing import Any

from bot.core.recap.part import Part
from plugins.recap.layout.records import anchor_of
from tests.rubric.content import taken_back
from tests.rubric.seen import squashed


def failed(document: dict[str, Any], part: Part) -> list[str]:
    """What does not hold of a document that has the sessions of a part, in words."""
    told = [record for session in document["sessions"] for record in session["records"]]
    numbers = [record["n"] for record in told]
    anchors = [record["anchor"] for record in told if "anchor" in record]
    words = [squashed(record["text"]) for record in told]
    topics = {topic["n"] for session in document["sessions"] for topic in session["topics"]}
    holds = {
        "every record is there once": sorted(numbers) == sorted(placed.item.n for placed in part.records)
        and len(numbers) == len(set(numbers)),
        "its words are unchanged": {record["n"]: record["text"] for record in told}
        == {placed.item.n: placed.item.text for placed in part.records},
        "nothing taken back is there": not any(
            text in said for said in words for text in taken_back(part) if said != squashed("")
        ),
        "decisions have the names of the recap": sorted(anchors)
        == sorted(anchor_of(part, placed) for placed in part.decisions),
        "topics are those of the session": {record["topic"] for record in told} - {None} <= topics,
    }
    return [name for name, is_so in holds.items() if not is_so]
