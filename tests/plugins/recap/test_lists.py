"""The list under a record: nested bullets in every form of the recap, and in JSON."""

import json

import pytest

from tests.transcripts.golden import PLUGINS, played

GOLDEN = played(PLUGINS / "records" / "transcripts" / "records-with-lists.txt")
EXPECTED = {
    "mail": """\
* Options we have now:
  - keep the old mirror
  - a fourth one
* That was a list
* One sentence
  - and a list

AGREED: The order is (nova-d2):
        1. measure
        2. decide

ACTION: jbell to check by 30 October:
        - the docs, bob to review them
        - the tests
""",
    "markdown": """\
* Options we have now:
  - keep the old mirror
  - a fourth one
* That was a list
* One sentence
  - and a list

<a id="nova-d2"></a>**AGREED:** The order is (nova-d2):
1. measure
2. decide

**ACTION:** jbell to check by 30 October:
- the docs, bob to review them
- the tests
""",
    "html": """\
<li dir="auto">Options we have now:
<ul>
<li dir="auto">keep the old mirror</li>
<li dir="auto">a fourth one</li>
</ul>
</li>
<li dir="auto">That was a list</li>
<li dir="auto">One sentence
<ul>
<li dir="auto">and a list</li>
</ul>
</li>
</ul>
<p id="nova-d2" dir="auto"><strong>AGREED:</strong> The order is (nova-d2):</p>
<ol>
<li value="1" dir="auto">measure</li>
<li value="2" dir="auto">decide</li>
</ol>
<p dir="auto"><strong>ACTION:</strong> jbell to check by 30 October:</p>
<ul>
<li dir="auto">the docs, bob to review them</li>
<li dir="auto">the tests</li>
</ul>
""",
}


@pytest.mark.parametrize("form", EXPECTED)
def test_a_list_is_nested_under_its_record(form: str) -> None:
    assert EXPECTED[form] in GOLDEN.recaps[form]


def test_a_list_is_in_json_with_its_text_and_as_items() -> None:
    (session,) = json.loads(GOLDEN.record)["sessions"]
    records = {record["n"]: record for record in session["records"]}
    assert records[1]["text"] == "Options we have now:\n- keep the old mirror\n- a fourth one"
    assert records[1]["items"] == ["keep the old mirror", "a fourth one"]
    assert records[2]["items"] == ["measure", "decide"]
    assert "items" not in records[4]


def test_remarks_stand_beside_the_sentence() -> None:
    assert (
        "* Which one? Answer by amaru: The first, for - its speed\n  - the first\n" in GOLDEN.recaps["mail"]
    )
