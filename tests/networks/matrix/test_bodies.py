import pytest

from tests.networks.matrix.rooms import AMARU, ROSA, Json, lines, said, saying

REPEATED = (
    f'<mx-reply><blockquote><a href="https://matrix.to/#/!Tide/$1">In reply to</a> '
    f'<a href="https://matrix.to/#/{ROSA}">{ROSA}</a><br>#endmeeting</blockquote></mx-reply>'
)
REPLY: Json = {"m.relates_to": {"m.in_reply_to": {"event_id": "$0"}}}


# -- lines --------------------------------------------------------------------------------------------------------


def test_every_line_is_a_message_of_its_own() -> None:
    found = said(saying("#topic Tides\n#info high at noon\n\nand talk\n\n"))
    assert [(line.id, line.number, line.text) for line in found] == [
        ("$1", 0, "#topic Tides"),
        ("$1", 1, "#info high at noon"),
        ("$1", 2, "and talk"),
    ]


@pytest.mark.parametrize("body", ["", "\n", " \n\t\n", "\r\n"])
def test_a_message_that_says_nothing_is_none(body: str) -> None:
    assert said(saying(body)) == []


def test_lines_end_as_on_windows_too() -> None:
    assert lines(saying("one\r\ntwo\r\n")) == ["one", "two"]


@pytest.mark.parametrize("end", ["\r", "\v", "\f", "\x1c", "\x1d", "\x1e", "\x85", "\u2028", "\u2029"])
def test_what_a_client_does_not_quote_as_a_line_begins_none(end: str) -> None:
    assert lines(saying(f"> look:{end}#endmeeting")) == ["| > look: #endmeeting"]
    assert lines(saying(f"look:{end}#endmeeting")) == ["look: #endmeeting"]


def test_blanks_at_the_ends_stay() -> None:
    assert lines(saying("  #info x ")) == ["  #info x "]


def test_what_cannot_be_stored_is_replaced() -> None:
    assert lines(saying("a\x00b \ud83d c")) == ["ab \ufffd c"]


def test_a_very_long_line_is_whole() -> None:
    assert [len(line.text) for line in said(saying("x" * 65_000))] == [65_000]


def test_after_hundreds_of_lines_the_rest_is_talk() -> None:
    found = said(saying("#info x\n" * 600))
    assert [line.number for line in found] == list(range(600))
    assert [line.number for line in found if line.talk_only] == list(range(500, 600))


# -- quotations ---------------------------------------------------------------------------------------------------


def test_quoted_lines_are_talk() -> None:
    assert lines(saying("> #agreed ship it\n#info no\n >#info y")) == [
        "| > #agreed ship it",
        "#info no",
        "|  >#info y",
    ]


def test_a_quotation_ends_where_its_author_ends_it() -> None:
    """In Markdown the second line still belongs to the quotation, and clients show it so."""
    html = "<blockquote>\n<p>ship it?<br>\n#agreed ship it</p>\n</blockquote>\n"
    assert lines(saying("> ship it?\n#agreed ship it", html)) == ["| > ship it?", "#agreed ship it"]


def test_a_quotation_that_only_the_formatted_body_shows() -> None:
    html = "<blockquote>#agreed ship it</blockquote>#info no"
    assert lines(saying("#agreed ship it\n#info no", html)) == ["| #agreed ship it", "#info no"]


# -- replies ------------------------------------------------------------------------------------------------------


def test_what_a_reply_repeats_is_not_there() -> None:
    body = f"> <{ROSA}> #endmeeting\n> #undo\n\n#info heard"
    assert lines(saying(body, f"{REPEATED}#info heard", **REPLY)) == ["#info heard"]
    assert lines(saying(body, **REPLY)) == ["#info heard"]


def test_what_a_reply_to_an_emote_repeats_is_not_there() -> None:
    assert lines(saying(f"> * <{ROSA}> waves\n\n#info heard", **REPLY)) == ["#info heard"]


def test_a_reply_of_today_repeats_nothing_and_may_quote() -> None:
    assert lines(saying("> my own quote\n\n#info x", **REPLY)) == ["| > my own quote", "#info x"]


def test_own_quotes_after_what_is_repeated_stay() -> None:
    body = f"> <{ROSA}> a\n\n> b\n#info x"
    assert lines(saying(body, **REPLY)) == ["| > b", "#info x"]


def test_a_reply_by_a_client_that_repeats_without_an_id() -> None:
    assert lines(saying("> Rosa: a\n\nb", f"{REPEATED}b", **REPLY)) == ["b"]


def test_a_reply_that_repeats_in_its_formatted_body_only() -> None:
    assert lines(saying(">own quote\n#info x", f"{REPEATED}&gt;own quote<br>#info x", **REPLY)) == [
        "| >own quote",
        "#info x",
    ]


def test_only_replies_repeat() -> None:
    body = f"> <{ROSA}> #endmeeting\n\n#info x"
    assert lines(saying(body)) == [f"| > <{ROSA}> #endmeeting", "#info x"]


def test_a_reply_that_only_repeats_says_nothing() -> None:
    assert lines(saying(f"> <{ROSA}> #endmeeting", **REPLY)) == []


def test_a_reply_without_a_blank_line() -> None:
    assert lines(saying(f"> <{ROSA}> a\n#info x", **REPLY)) == ["#info x"]


def test_a_reply_inside_of_a_thread() -> None:
    relation: Json = {
        "rel_type": "m.thread", "event_id": "$root", "is_falling_back": False, "m.in_reply_to": {"event_id": "$0"}
    }  # fmt: skip
    (line,) = said({**saying(f"> <{AMARU}> a\n\n#info x"), "m.relates_to": relation})
    assert (line.text, line.thread) == ("#info x", "$root")


# -- code ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("```\n#info x\n```\n#info y", ["| ```", "| #info x", "| ```", "#info y"]),
        ("```sh\n#info x\n```", ["| ```sh", "| #info x", "| ```"]),
        (
            "~~~\n#info x\n```\n#info y\n~~~\n#info z",
            ["| ~~~", "| #info x", "| ```", "| #info y", "| ~~~", "#info z"],
        ),
        ("````\n```\n#info x\n````\n#info y", ["| ````", "| ```", "| #info x", "| ````", "#info y"]),
        ("#info y\n```\n#info x", ["#info y", "| ```", "| #info x"]),
        ("```#info x```\n#info y", ["```#info x```", "#info y"]),
        ("```\n``` x\n#info x\n```  \n#info y", ["| ```", "| ``` x", "| #info x", "| ```  ", "#info y"]),
        ("    ```\n#info y", ["    ```", "#info y"]),
    ],
)
def test_fenced_code_is_talk(body: str, found: list[str]) -> None:
    assert lines(saying(body)) == found


def test_code_that_only_the_formatted_body_shows() -> None:
    html = "<p>look:</p><pre><code>#info x\n  #info *y*\n</code></pre><p>#info z</p>"
    assert lines(saying("look:\n#info x\n  #info *y*\n#info z", html)) == [
        "look:", "| #info x", "|   #info *y*", "#info z"
    ]  # fmt: skip


def test_an_indented_block_is_code_where_the_client_shows_it_so() -> None:
    assert lines(saying("    #info x", "<pre><code>#info x\n</code></pre>")) == ["|     #info x"]


def test_an_indented_block_beside_a_fenced_one() -> None:
    html = "<pre><code>a\n</code></pre><pre><code>#info x\n</code></pre><p>#info y</p>"
    assert lines(saying("```\na\n```\n\n    #info x\n\n#info y", html)) == [
        "| ```", "| a", "| ```", "|     #info x", "#info y"
    ]  # fmt: skip


def test_the_same_line_as_code_and_as_command() -> None:
    html = "<pre><code>#info x\n</code></pre><p>#info x</p>"
    assert lines(saying("#info x\n#info x", html)) == ["| #info x", "#info x"]
    assert lines(saying("```\n#info x\n```\n#info x", html)) == ["| ```", "| #info x", "| ```", "#info x"]


def test_markdown_in_a_command_does_not_make_it_code() -> None:
    html = "#info <em>x</em> and <code>y</code>"
    assert lines(saying("#info *x* and `y`", html)) == ["#info *x* and `y`"]


# -- formatted only -----------------------------------------------------------------------------------------------


def test_a_message_without_a_plain_body_has_its_formatted_one() -> None:
    html = "<p>#topic <b>Tides</b></p><blockquote>#info x</blockquote><pre>#info y</pre><p>#info z</p>"
    expected = ["#topic Tides", "| > #info x", "| #info y", "#info z"]
    assert lines(saying("", html)) == expected
    assert (
        lines({"msgtype": "m.text", "format": "org.matrix.custom.html", "formatted_body": html}) == expected
    )


def test_a_body_in_an_unknown_format_is_not_read() -> None:
    assert lines({**saying("", "<p>x</p>"), "format": "text/markdown"}) == []
