"""Every string that the bot says stands in at least one golden file: checked by calls, and by the words themselves."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from string import Formatter

from msgspec import Struct

from tests.house.sources import ROOT, Source, sources
from tests.transcripts.golden import FILES, played

PHRASES = [one for one in sources("bot", "plugins") if one.path.name == "phrases.py"]

# What no golden file can hold, with the tests that show it instead.
ELSEWHERE = {
    "plugins/recap/review/phrases.py: THE_INTRO": "said on the review page; tests/plugins/recap/test_review_page.py",
    "plugins/recap/review/phrases.py: THE_SUMMARY": "said on the review page; tests/plugins/recap/test_review_page.py",
    "plugins/recap/review/phrases.py: CHANGED_MEANWHILE": "said on the review page; tests/plugins/recap/test_review_meanwhile.py",
    "plugins/recap/review/phrases.py: TAKEN_OUT": "said on the review page; tests/plugins/recap/test_review_meanwhile.py",
    "plugins/recap/review/phrases.py: STAYS_IN": "said on the review page; tests/plugins/recap/test_review_meanwhile.py",
    "plugins/recap/review/phrases.py: EMPTIED": "said on the review page; tests/plugins/recap/test_review_fields.py",
    "plugins/recap/review/phrases.py: NO_ADDRESS": "said on the review page; tests/plugins/recap/test_review_fields.py",
    "plugins/recap/review/phrases.py: NOT_SENT": "said on the review page; tests/plugins/recap/test_review_page.py",
    "plugins/recap/review/phrases.py: CHANGED_SINCE": "said on the review page; tests/plugins/recap/test_review_meanwhile.py",
    "plugins/recap/review/phrases.py: OLDER_DRAFT": "said on the review page; tests/plugins/recap/test_review_meanwhile.py",
    "plugins/recap/review/phrases.py: OTHER_LABELS": "said on the review page; tests/plugins/recap/test_review_meanwhile.py",
    "plugins/recap/review/phrases.py: ANOTHER_TEXT": "said on the review page; tests/plugins/recap/mending/test_review.py",
    "plugins/recap/review/phrases.py: NOTHING_CHANGED": "said on the review page; tests/plugins/recap/test_review_page.py",
    "bot/core/phrases.py: AWAY": "no log tells when its bot was away; tests/core/test_absences.py",
    "bot/core/phrases.py: STARTED_AGAIN": "no log tells when its bot was started; tests/core/test_absences.py",
    "bot/core/phrases.py: AT_TOPIC": "no log tells when its bot was away; tests/core/test_absences.py",
    "bot/core/phrases.py: AT_NO_TOPIC": "no log tells when its bot was away; tests/core/test_absences.py",
    "plugins/sessions/phrases.py: MORE_RUN": "31 sessions at once; tests/plugins/sessions/test_in_private.py",
    "plugins/help/phrases.py: GROUPS: admins": "no bundled command is for admins alone; tests/plugins/help/test_help.py",
    "bot/core/phrases.py: FAULT": "its number is another one every time; tests/runtime/test_desk.py",
    "bot/core/phrases.py: WORK_FAILED": "its number is another one every time; tests/runtime/test_jobs.py",
    "bot/core/phrases.py: FAULT_BY_ITSELF": "its number is another one every time; tests/runtime/test_failing_turns.py",
    "bot/core/phrases.py: BUDGET_SPENT": "a replay answers everything; tests/runtime/test_budgets.py",
    "bot/core/phrases.py: PROOF_LOST": "no log waits for a WHOIS; tests/networks/irc/test_account_lookups.py",
    "bot/core/phrases.py: UNREADABLE_SESSION": "a damaged journal; tests/runtime/test_unreadable.py",
    "bot/core/phrases.py: UNREADABLE_TRACK": "a damaged journal; tests/runtime/test_unreadable.py",
    "bot/core/phrases.py: UNREADABLE_GATHERING": "a damaged journal; tests/runtime/test_unreadable.py",
    "bot/core/phrases.py: UNREADABLE_RECORD": "a damaged journal; tests/runtime/test_unreadable.py",
    "bot/core/phrases.py: UNREADABLE_STREAMS": "a damaged journal; tests/runtime/test_unreadable.py",
    "plugins/identity/phrases.py: ACCOUNT_GONE": "only services tell it; tests/plugins/identity/test_identity.py",
    "plugins/votes/phrases.py: UNPROVEN": "no golden configuration allows them; tests/plugins/votes/test_relayed.py",
    "plugins/sessions/phrases.py: STRANDED": "another configuration after a restart; tests/app/test_journal_check.py",
    "bot/core/phrases.py: NOT_RECORDED": "a full disk; tests/runtime/test_desk.py",
    "bot/core/phrases.py: RECORDING_AGAIN": "a full disk; tests/runtime/test_desk.py",
    "bot/core/phrases.py: WAITS": "a full disk; tests/runtime/test_reading_on.py",
    "bot/core/phrases.py: CATCHING_UP": "a full disk; tests/runtime/test_reading_on.py",
    "plugins/recap/mending/phrases.py: NO_RIGHT_ANY_MORE": "a page of a replay comes at once; tests/plugins/recap/mending/test_pads.py",
    "plugins/recap/mending/phrases.py: THE_MAIL": "no mail comes in a replay; tests/plugins/recap/mending/test_mails.py",
    "plugins/recap/mending/phrases.py: IN_LETTER": "no mail comes in a replay; tests/plugins/recap/mending/test_mails.py",
    "plugins/recap/mending/phrases.py: WHY: it ends the mail": "no mail comes in a replay; tests/plugins/recap/mending/test_replies.py",
    "plugins/recap/mending/phrases.py: WHY: it is quoted from somebody else": "no mail comes in a replay; tests/plugins/recap/mending/test_replies.py",
    "plugins/recap/mending/phrases.py: OF_NEW": "two sessions with two chairs; tests/plugins/recap/mending/test_pads.py",
    "plugins/recap/mending/phrases.py: NOT_YOURS": "two sessions with two chairs; tests/plugins/recap/mending/test_pads.py",
    "plugins/recap/mending/phrases.py: GONE": "a topic that is gone; tests/plugins/recap/mending/test_pads.py",
    "plugins/recap/mending/phrases.py: ONLY_BY_MODERATORS": "a kind for moderators; tests/plugins/recap/mending/test_pads.py",
    "plugins/recap/mending/phrases.py: FULL": "a limit of records; tests/plugins/recap/mending/test_pads.py",
    "plugins/recap/mending/phrases.py: TROUBLES: I may not read pages of that host; the organizers' configuration names those that I may ([fetch] allow)": "a replay's pages have no such trouble; tests/plugins/recap/mending/test_pads.py",
    "plugins/recap/mending/phrases.py: TROUBLES: that name leads to a private address, which I don't fetch from": "a replay's pages have no such trouble; tests/plugins/recap/mending/test_pads.py",
    "plugins/recap/mending/phrases.py: TROUBLES: the text is too large; I read at most 256 KiB": "a replay's pages have no such trouble; tests/plugins/recap/mending/test_pads.py",
    "plugins/recap/mending/phrases.py: TROUBLES: that is not plain text; the address of a pad ends with /export/txt": "a replay's pages have no such trouble; tests/plugins/recap/mending/test_pads.py",
    "plugins/recap/mending/phrases.py: TROUBLES: that took more than ten seconds; please try again": "a replay's pages have no such trouble; tests/plugins/recap/mending/test_pads.py",
    "plugins/recap/mending/phrases.py: TROUBLES: the server has no such page, or doesn't show it to everybody": "a replay's pages have no such trouble; tests/plugins/recap/mending/test_pads.py",
    "plugins/board/phrases.py: LINKS": "they come with an import; tests/plugins/board/test_removals.py",
    "plugins/board/phrases.py: BOOKINGS": "the golden files of the board book nothing; tests/plugins/board/test_removals.py",
    "plugins/board/phrases.py: ADDED_SLOTS": "they come with an import; tests/plugins/board/test_removals.py",
    "plugins/board/phrases.py: TOO_MANY_TRACKS": "500 tracks; tests/plugins/board/test_limits.py",
    "bot/core/phrases.py: ONLY_ADMINS": "no command is for admins only; tests/core",
    "bot/core/phrases.py: ONLY_CHAIRS_NO_SESSION": "all commands for chairs need a session; tests/core",
    "plugins/agenda/phrases.py: TROUBLES: I may not read pages of that host; the organizers' configuration names those that I may ([fetch] allow)": "a replay fetches nothing; tests/plugins/agenda/test_loading.py",
    "plugins/agenda/phrases.py: TROUBLES: that name leads to a private address, which I don't fetch from": "a replay fetches nothing; tests/plugins/agenda/test_loading.py",
    "plugins/agenda/phrases.py: TROUBLES: the page is too large; I read at most 256 KiB": "a replay fetches nothing; tests/plugins/agenda/test_loading.py",
    "plugins/agenda/phrases.py: TROUBLES: that is not plain text; for an etherpad use its address with /export/txt": "a replay fetches nothing; tests/plugins/agenda/test_loading.py",
    "plugins/agenda/phrases.py: TROUBLES: the page took more than ten seconds; please try again": "a replay fetches nothing; tests/plugins/agenda/test_loading.py",
    "plugins/agenda/phrases.py: TROUBLES: the server has no such page, or doesn't show it to everybody": "a replay fetches nothing; tests/plugins/agenda/test_loading.py",
    "plugins/agenda/phrases.py: NO_RIGHT_ANY_MORE": "a replay fetches nothing; tests/plugins/agenda/test_loading.py",
    "plugins/board/ptgbot/phrases.py: TROUBLES: I may not fetch from that host; the organizers' configuration names those that I may ([fetch] allow)": "a replay fetches nothing; tests/plugins/board/test_ptgbot_pages.py",
    "plugins/board/ptgbot/phrases.py: TROUBLES: that name leads to a private address, which I don't fetch from": "a replay fetches nothing; tests/plugins/board/test_ptgbot_pages.py",
    "plugins/board/ptgbot/phrases.py: TROUBLES: it is larger than 256 KiB; gatherbot import ptgbot FILE takes larger ones in a shell, with the bot stopped": "a replay fetches nothing; tests/plugins/board/test_ptgbot_pages.py",
    "plugins/board/ptgbot/phrases.py: TROUBLES: that is neither JSON nor plain text": "a replay fetches nothing; tests/plugins/board/test_ptgbot_pages.py",
    "plugins/board/ptgbot/phrases.py: TROUBLES: that took more than ten seconds; please try again": "a replay fetches nothing; tests/plugins/board/test_ptgbot_pages.py",
    "plugins/board/ptgbot/phrases.py: TROUBLES: the server has no such page, or doesn't show it to everybody": "a replay fetches nothing; tests/plugins/board/test_ptgbot_pages.py",
    "plugins/board/ptgbot/phrases.py: NO_RIGHT_ANY_MORE": "a replay fetches nothing; tests/plugins/board/test_ptgbot_pages.py",
    "plugins/board/ptgbot/phrases.py: CHANGED": "no page of a replay changes; tests/plugins/board/test_ptgbot_pages.py",
    "plugins/timekeeping/phrases.py: TOO_MANY": "twenty of them; tests/plugins/timekeeping/test_words.py",
    "plugins/timekeeping/phrases.py: REMINDER: (it was due at": "a replay is never late; tests/plugins/timekeeping/test_words.py",
    "plugins/agenda/phrases.py: TOO_MANY": "two hundred items; tests/plugins/agenda/test_loading.py",
    "plugins/agenda/phrases.py: DEFERRED": "no golden file lists such an item; tests/plugins/agenda/test_course.py",
    "plugins/agenda/phrases.py: MARKUP": "a replay fetches nothing; tests/plugins/agenda/test_loading.py",
    "plugins/help/phrases.py: WHO: (admins)": "no command is for admins only",
    "plugins/recap/archive/phrases.py: LAST_HELD": "the pages of a replay stay as they are; tests/plugins/recap/test_archive.py",
    "plugins/recap/archive/phrases.py: WHYS: the list held it, and its archive did not show it within a day, so its moderators may have rejected it": "the pages of a replay stay as they are; tests/plugins/recap/test_archive.py",
    "plugins/recap/gathering_index/phrases.py: NO_ORGANIZERS": "the golden files with organizers have some; tests/plugins/recap/test_gathering_index.py",
    "plugins/recap/gathering_index/phrases.py: REFUSED": "no mail server answers a replay; tests/plugins/recap/test_gathering_index.py",
    "plugins/recap/lifecycle/phrases.py: NOT_HEARD": "a replay hears everything; tests/plugins/recap/test_afterwards.py",
    "plugins/recap/lifecycle/phrases.py: ON_ITS_WAY": "the mail server takes all of a replay; tests/plugins/recap/test_taken_letters.py",
    "plugins/recap/lifecycle/phrases.py: FILED": "a replay writes no files; tests/plugins/recap/test_taken_letters.py",
    "plugins/recap/lifecycle/phrases.py: STANDING_FILED": "a replay writes no files; tests/plugins/recap/test_taken_letters.py",
    "plugins/recap/lifecycle/phrases.py: REFUSED": "no mail server answers a replay; tests/plugins/recap",
    "plugins/recap/lifecycle/phrases.py: COPY_REFUSED": "no mail server answers a replay; tests/plugins/recap",
    "plugins/recap/lifecycle/phrases.py: CORRECTION_REFUSED": "no mail server answers a replay; tests/plugins/recap",
}


class Said(Struct, frozen=True):
    """A function or constant of a file of phrases.

    pieces: the text in it
    calls:  what `golden.Played.called` holds once it was used: each template by itself; nothing for plain text
    """

    path: Path
    name: str
    pieces: tuple[str, ...]
    calls: tuple[tuple[str, str], ...]

    def __str__(self) -> str:
        return f"{self.path}: {self.name}"


def phrases_of(source: Source) -> Iterator[Said]:
    for node in source.tree.body:
        match node:
            case ast.FunctionDef(name=name):
                calls: tuple[tuple[str, str], ...] = ((str(ROOT / source.path), name),)
            case ast.Assign(targets=[ast.Name(id=name)]):
                calls = tuple(("", template) for template in templates_of(node))
            case _:
                continue
        yield Said(source.path, name, tuple(pieces_of(node)), calls)


def templates_of(node: ast.AST) -> Iterator[str]:
    for child in ast.walk(node):
        match child:
            case ast.Call(func=ast.Name(id="Phrase"), args=[ast.Constant(value=str(template))]):
                yield template


def pieces_of(node: ast.AST) -> Iterator[str]:
    """The text in a piece of code that may come to be said: no docstring, key, pattern, format or word compared with."""
    match node:
        case ast.Call(func=ast.Name(id="Phrase"), args=[ast.Constant(value=str(template))]):
            yield from filter(has_letters, pieces_of_template(template))
        case ast.Constant(value=str(text)) if has_letters(text):
            yield text.strip()
        case (
            ast.Expr()
            | ast.Compare()
            | ast.match_case()
            | ast.FormattedValue()
            | ast.Dict()
            | ast.Subscript()
        ):
            yield from pieces_of_some(node)
        case _:
            for child in ast.iter_child_nodes(node):
                yield from pieces_of(child)


def pieces_of_template(template: str) -> Iterator[str]:
    """The text between the gaps and brackets of a template, and the forms of words in its gaps."""
    for part in re.split(r"[\[\]]", template):
        for text, _, form, _ in Formatter().parse(part):
            yield text.strip()
            if form and ("|" in form or form.startswith("# ")):
                yield from form.removeprefix("# ").split("|")


def has_letters(text: str) -> bool:
    return any(letter.isalpha() for letter in text)


def pieces_of_some(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.match_case(body=body):
            children: list[ast.AST] = list(body)
        case ast.FormattedValue(value=value):
            children = [value]
        case ast.Dict(values=values):
            children = list(values)
        case _:  # a docstring, a comparison, an index
            children = []
    for child in children:
        yield from pieces_of(child)


@cache
def said() -> str:
    """All that the bot says in the golden files, in rooms and in mails."""
    lines = [line for path in FILES for line in played(path).text.splitlines() if line.startswith(">")]
    return "\n".join([*lines, *(mail for path in FILES for mail in played(path).mails)])


ALL = [phrase for source in PHRASES for phrase in phrases_of(source)]


@cache
def called() -> frozenset[tuple[str, str]]:
    return frozenset(call for path in FILES for call in played(path).called)


def test_every_phrase_is_used_in_a_golden_file() -> None:
    unused = [str(phrase) for phrase in ALL if not called().issuperset(phrase.calls)]
    assert sorted(set(unused) - set(ELSEWHERE)) == []


def test_every_piece_of_a_phrase_stands_in_a_golden_file() -> None:
    pieces = {
        f"{phrase}: {piece}": piece
        for phrase in ALL
        if str(phrase) not in ELSEWHERE
        for piece in phrase.pieces
    }
    unsaid = sorted(name for name, piece in pieces.items() if piece not in said())
    assert [name for name in unsaid if name not in ELSEWHERE] == []


def test_what_is_said_elsewhere_is_in_no_golden_file() -> None:
    phrases = {str(phrase): phrase for phrase in ALL}
    pieces = {f"{phrase}: {piece}": piece for phrase in ALL for piece in phrase.pieces}
    assert set(ELSEWHERE) <= {*phrases, *pieces}
    assert [
        name for name in ELSEWHERE if name in phrases and called().intersection(phrases[name].calls)
    ] == []
    assert [name for name in ELSEWHERE if name in pieces and pieces[name] in said()] == []
