from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.actions.calendar_days import Trouble
from plugins.actions.due_dates import Unclear, When, read_due, read_when, read_wish, with_when

TUESDAY = date(2027, 10, 19)


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("okoye to write it by 2027-12-01", date(2027, 12, 1)),
        ("okoye to write it by 2020-12-01", date(2020, 12, 1)),
        ("okoye to write it by 30 October", date(2027, 10, 30)),
        ("okoye to write it by 30 October 2028", date(2028, 10, 30)),
        ("okoye to write it by 30 June", date(2028, 6, 30)),
        ("okoye to write it by June 30", date(2028, 6, 30)),
        ("okoye to write it by June 30th, 2029", date(2029, 6, 30)),
        ("okoye to write it by the 30th of June", date(2028, 6, 30)),
        ("okoye to write it by 30 jun", date(2028, 6, 30)),
        ("okoye to write it by Jun. 30", date(2028, 6, 30)),
        ("okoye to write it by Sept 3", date(2028, 9, 3)),
        ("BY 30 JUNE okoye writes it", date(2028, 6, 30)),
        ("okoye to write it by 19 October", TUESDAY),
        ("okoye to write it by 18 October", None),
        ("okoye to write it by 29 February", date(2028, 2, 29)),
        ("okoye to write it by Friday", date(2027, 10, 22)),
        ("okoye to write it by friday.", date(2027, 10, 22)),
        ("okoye to write it by Tuesday", date(2027, 10, 26)),
        ("okoye to write it by Fri", date(2027, 10, 22)),
        ("okoye to write it by Thurs.", date(2027, 10, 21)),
        ("okoye to write it by next tues, or so", date(2027, 10, 26)),
        ("okoye to write it by Fri 29 Oct", date(2027, 10, 29)),
        ("okoye to write it by friendly people", None),
        ("okoye to write it by Mon-Fri", None),
        ("okoye to write it by Friday 29 October", date(2027, 10, 29)),
        ("okoye to write it by Friday, 29 October", date(2027, 10, 29)),
        ("okoye to write it by today", TUESDAY),
        ("okoye to write it by tomorrow", date(2027, 10, 20)),
        ("by 1 November the draft, by 2 November the text", date(2027, 11, 2)),
        ("by 30 June the draft by okoye", date(2028, 6, 30)),
        ("okoye to write it by next Friday", date(2027, 10, 29)),
        ("okoye to write it by this Friday", date(2027, 10, 22)),
        ("okoye to write it by end of June", date(2028, 6, 30)),
        ("okoye to write it by the end of October", date(2027, 10, 31)),
        ("okoye to write it by the end of February 2028", date(2028, 2, 29)),
        ("okoye to write it by end of week", date(2027, 10, 22)),
        ("okoye to write it by the end of next week", date(2027, 10, 29)),
        ("okoye to write it by the end of the month", date(2027, 10, 31)),
        ("okoye to write it by the end of next month", date(2027, 11, 30)),
        ("okoye to write it by the end of the year", date(2027, 12, 31)),
        ("okoye to write it by Epoxy-2", None),
        ("okoye to write it by 30 February", None),
        ("okoye to write it by 31 June", None),
        ("okoye to write it by 0 June", None),
        ("okoye to write it by 2027-13-01", None),
        ("okoye to write it by May", None),
        ("okoye to write it by 5", None),
        ("okoye to write it by 06/30", None),
        ("okoye to write it by next week", None),
        ("okoye to write it by 30 Juniper", None),
        ("stand by Friday-like", None),
        ("bye 30 June", None),
        ("write 'by 30 June' on the wall", None),
        ("see https://example.org/by 30", None),
        ("okoye to write it", None),
    ],
)
def test_the_date_after_by(text: str, due: date | None) -> None:
    assert read_due(text, TUESDAY) == due


@given(st.text())
def test_any_text_is_read(text: str) -> None:
    assert read_due(f"by {text}", TUESDAY) is None or "by" in f"by {text}"


@given(st.dates(), st.dates())
def test_an_iso_date_is_that_date(today: date, due: date) -> None:
    assert read_due(f"okoye to write it by {due.isoformat()}", today) == due


@given(st.dates(date(1970, 1, 1), date(9000, 1, 1)), st.integers(1, 12), st.integers(1, 28))
def test_a_day_of_a_month_lies_ahead_within_a_year_unless_it_has_just_passed(
    today: date, month: int, day: int
) -> None:
    when = read_when(f"okoye to write it by {date(2000, month, day):%d %B}", today)
    assert when is not None
    assert when.day is not None
    assert (when.day.month, when.day.day) == (month, day)
    if isinstance(when, When):
        assert 0 <= (when.day - today).days < 366 - 31
    else:
        assert when.trouble is Trouble.PAST
        assert 0 < (today - when.day).days <= 31


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("okoye to write it by Epoxy-2", "Epoxy-2"),
        ("okoye to write it by the M-3 release.", "M-3 release"),
        ("okoye to write it by RC1, and to test it", "RC1"),
        ("okoye to write it by Epoxy-2, reviewed by hand", "Epoxy-2"),
        ("okoye to write it by hand", None),
        ("okoye to write it by May", None),
        ("okoye to write it by 5", None),
        ("okoye to write it by 06/30", None),
        ("okoye to write it by v1/v2", None),
        ("write 'by Epoxy-2' on the wall", None),
    ],
)
def test_a_milestone_stays_words(text: str, words: str | None) -> None:
    when = read_when(text, TUESDAY)
    assert (when.words if isinstance(when, When) else None) == words
    assert when is None or when.day is None


@pytest.mark.parametrize(
    ("typed", "wish"),
    [
        ("30 June", When(date(2028, 6, 30))),
        ("by 30 June", When(date(2028, 6, 30))),
        ("on Friday", When(date(2027, 10, 22))),
        ("next Friday.", When(date(2027, 10, 29))),
        ("the end of June", When(date(2028, 6, 30))),
        ("tomorrow", When(date(2027, 10, 20))),
        ("in 2 weeks", When(date(2027, 11, 2))),
        ("within two weeks", When(date(2027, 11, 2))),
        ("in a day", When(date(2027, 10, 20))),
        ("in a month", When(date(2027, 11, 19))),
        ("in 4 months", When(date(2028, 2, 19))),
        ("next week", When(date(2027, 10, 29))),
        ("next month", When(date(2027, 11, 30))),
        ("Epoxy-2", When(None, "Epoxy-2")),
        ("by the summit", When(None, "the summit")),
        ("2027-10-18", Trouble.PAST),
        ("1 June 2020", Trouble.PAST),
        ("yesterday", Trouble.PAST),
        ("30 February", Trouble.NO_DAY),
        ("2027-13-01", Trouble.NO_DAY),
        ("x" * 41, Trouble.LONG),
    ],
)
def test_what_stands_after_due(typed: str, wish: When | Trouble) -> None:
    read = read_wish(typed, TUESDAY)
    assert (read.trouble if isinstance(read, Unclear) else read) == wish


def test_a_month_ahead_of_a_long_one_ends_with_its_last_day() -> None:
    assert read_wish("in a month", date(2028, 1, 31)) == When(date(2028, 2, 29))


@given(st.text(), st.dates())
def test_any_wish_is_read(typed: str, today: date) -> None:
    assert isinstance(read_wish(typed, today), When | Unclear)


@pytest.mark.parametrize(
    ("text", "said", "becomes", "without"),
    [
        ("write it", "by 30 June", "write it by 30 June", "write it"),
        ("write it.", "by 30 June", "write it by 30 June.", "write it."),
        ("write it by Friday", "by 30 June", "write it by 30 June", "write it"),
        ("write it by Friday.", "by 30 June", "write it by 30 June.", "write it."),
        (
            "write it by the end of June and test it",
            "by Epoxy-2",
            "write it by Epoxy-2 and test it",
            "write it and test it",
        ),
        ("by Friday: write it", "by 30 June", "by 30 June: write it", ": write it"),
    ],
)
def test_the_text_says_the_new_date(text: str, said: str, becomes: str, without: str) -> None:
    standing = read_when(text, TUESDAY)
    assert with_when(text, standing, said.removeprefix("by ")) == becomes
    assert with_when(text, standing, "") == without


@given(st.text("abc ., by", max_size=30), st.dates(date(2027, 10, 19), date(2028, 6, 1)))
def test_a_date_that_was_put_into_a_text_is_read_out_of_it(text: str, day: date) -> None:
    mended = with_when(text, read_when(text, TUESDAY), f"{day:%d %B %Y}")
    assert read_due(mended, TUESDAY) == day
