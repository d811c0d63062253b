from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.actions.due import read_due

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
        ("okoye to write it by 18 October", date(2028, 10, 18)),
        ("okoye to write it by 29 February", date(2028, 2, 29)),
        ("okoye to write it by Friday", date(2027, 10, 22)),
        ("okoye to write it by friday.", date(2027, 10, 22)),
        ("okoye to write it by Tuesday", date(2027, 10, 26)),
        ("okoye to write it by Friday 29 October", date(2027, 10, 29)),
        ("okoye to write it by Friday, 29 October", date(2027, 10, 29)),
        ("okoye to write it by today", TUESDAY),
        ("okoye to write it by tomorrow", date(2027, 10, 20)),
        ("by 1 November the draft, by 2 November the text", date(2027, 11, 2)),
        ("by 30 June the draft by okoye", date(2028, 6, 30)),
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
def test_a_day_of_a_month_lies_ahead_within_a_year(today: date, month: int, day: int) -> None:
    due = read_due(f"okoye to write it by {date(2000, month, day):%d %B}", today)
    assert due is not None
    assert (due.month, due.day) == (month, day)
    assert 0 <= (due - today).days <= 366
