"""Due dates as people type them, said on Tuesday 19 October 2027: a day, a question, or nothing."""

from datetime import date

import pytest

from plugins.actions.calendar_days import Trouble
from plugins.actions.due_dates import Unclear, When, read_when, read_wish, with_when

TUESDAY = date(2027, 10, 19)
MILESTONES = {"M-2": date(2027, 12, 2), "feature freeze": date(2028, 1, 6), "2028.1": date(2028, 3, 31)}

DAYS = [
    ("by Wed 27th", "2027-10-27"),
    ("by Wed 27", "2027-10-27"),
    ("by Wed, Oct 27th", "2027-10-27"),
    ("by Friday the 29th", "2027-10-29"),
    ("by Friday, the 29th of October", "2027-10-29"),
    ("by Friday next week", "2027-10-29"),
    ("by Friday of next week", "2027-10-29"),
    ("by next week Friday", "2027-10-29"),
    ("by Friday this week", "2027-10-22"),
    ("by coming Friday", "2027-10-22"),
    ("due 29 Oct", "2027-10-29"),
    ("due: 29 Oct", "2027-10-29"),
    ("due on Friday", "2027-10-22"),
    ("due by Friday", "2027-10-22"),
    ("(due 2027-11-01)", "2027-11-01"),
    ("[due date: 2027-11-01]", "2027-11-01"),
    ("deadline: 29 Oct", "2027-10-29"),
    ("deadline is Friday", "2027-10-22"),
    ("no later than Friday", "2027-10-22"),
    ("before Friday", "2027-10-21"),
    ("before the 29th", "2027-10-28"),
    ("before 1 November", "2027-10-31"),
    ("before the end of October", "2027-10-31"),
    ("before EOW", "2027-10-22"),
    ("before M-2", "2027-12-01"),
    ("within two weeks", "2027-11-02"),
    ("within 2 weeks", "2027-11-02"),
    ("within the next two weeks", "2027-11-02"),
    ("within a month", "2027-11-19"),
    ("within 48 hours", "2027-10-21"),
    ("within a fortnight", "2027-11-02"),
    ("in two weeks", "2027-11-02"),
    ("in 3 days.", "2027-10-22"),
    ("in 2 weeks' time", "2027-11-02"),
    ("tomorrow", "2027-10-20"),
    ("tomorrow morning", "2027-10-20"),
    ("tomorrow and to tell us", "2027-10-20"),
    ("by tonight", "2027-10-19"),
    ("by tomorrow EOD", "2027-10-20"),
    ("by EOD", "2027-10-19"),
    ("by end of day", "2027-10-19"),
    ("by the end of the business day", "2027-10-19"),
    ("by COB Friday", "2027-10-22"),
    ("by EOD Friday", "2027-10-22"),
    ("by Friday EOD", "2027-10-22"),
    ("by end of day on Friday", "2027-10-22"),
    ("by the end of Friday", "2027-10-22"),
    ("by noon on Friday", "2027-10-22"),
    ("by 5pm Friday", "2027-10-22"),
    ("by 14:00 UTC on Friday", "2027-10-22"),
    ("by Friday 14:00", "2027-10-22"),
    ("by Friday 5 patches", "2027-10-22"),
    ("by EOW", "2027-10-22"),
    ("by the end of the week", "2027-10-22"),
    ("by end of this week", "2027-10-22"),
    ("by EOM", "2027-10-31"),
    ("by EOQ", "2027-12-31"),
    ("by the end of the quarter", "2027-12-31"),
    ("by EOY", "2027-12-31"),
    ("by the 29th", "2027-10-29"),
    ("by the 15th", "2027-11-15"),
    ("by the 31st", "2027-10-31"),
    ("by 29th October", "2027-10-29"),
    ("by 29. October", "2027-10-29"),
    ("by Oct the 29th", "2027-10-29"),
    ("by 29.10.", "2027-10-29"),
    ("by 29.10.2027", "2027-10-29"),
    ("by 29 Oct 14:00 UTC", "2027-10-29"),
    ("by Sept. 30", "2027-09-30?"),
    ("by M-2", "2027-12-02"),
    ("by m-2", "2027-12-02"),
    ("by the M-2 release", "2027-12-02"),
    ("by feature freeze", "2028-01-06"),
    ("by the Feature Freeze.", "2028-01-06"),
    ("by 2028.1", "2028-03-31"),
    ("due M-2", "2027-12-02"),
    ("by Monday, or by M-2 if that fails", "2027-12-02"),
]
QUESTIONS = [
    ("by Monday 2nd of November", "Monday 2nd of November", Trouble.WEEKDAY),
    ("by Friday 30", "Friday 30", Trouble.WEEKDAY),
    ("by Wed 28th", "Wed 28th", Trouble.WEEKDAY),
    ("by Sunday, 29 Oct", "Sunday, 29 Oct", Trouble.WEEKDAY),
    ("by Oct 18", "Oct 18", Trouble.PAST),
    ("by Monday 18 October", "Monday 18 October", Trouble.PAST),
    ("due 1 October", "1 October", Trouble.PAST),
    ("by the end of September", "the end of September", Trouble.PAST),
    ("before today", "before today", Trouble.PAST),
    ("by 30 February", "30 February", Trouble.NO_DAY),
    ("by 31 November", "31 November", Trouble.NO_DAY),
    ("by 2027-13-01", "2027-13-01", Trouble.NO_DAY),
    ("by 06/30", "06/30", Trouble.VAGUE),
    ("by 10/11/2027", "10/11/2027", Trouble.VAGUE),
    ("by next week", "next week", Trouble.VAGUE),
    ("before next month", "next month", Trouble.VAGUE),
    ("by mid November", "mid November", Trouble.VAGUE),
    ("by early November", "early November", Trouble.VAGUE),
    ("by November", "November", Trouble.VAGUE),
]
NOTHING = [
    "by hand",
    "by the PTG",
    "by 5",
    "by 5pm",
    "by May",
    "by Mon-Fri",
    "by okoye",
    "due to the freeze",
    "that is due",
    "before we ship it",
    "within reason",
    "in two weeks of work",
    "in Friday's session",
    "tomorrow's agenda",
    "from today to tomorrow",
    "as discussed today",
    "in a week or two",
    "stand-by Friday",
    "on Friday",
    "the Friday meeting",
    "since Monday",
    "by the way",
]


@pytest.mark.parametrize(("typed", "day"), DAYS)
def test_a_day_is_meant(typed: str, day: str) -> None:
    when = read_when(f"okoye to write it {typed}", TUESDAY, MILESTONES)
    assert when is not None
    assert when.day is not None
    assert f"{when.day}{'' if isinstance(when, When) else '?'}" == day


@pytest.mark.parametrize(("typed", "asked", "trouble"), QUESTIONS)
def test_what_is_not_sure_is_asked(typed: str, asked: str, trouble: Trouble) -> None:
    when = read_when(f"okoye to write it {typed}", TUESDAY, MILESTONES)
    assert isinstance(when, Unclear)
    assert (when.typed, when.trouble) == (asked, trouble)


@pytest.mark.parametrize("typed", NOTHING)
def test_no_date_is_read_into_other_words(typed: str) -> None:
    assert read_when(f"okoye to write it {typed}", TUESDAY, MILESTONES) is None


def test_a_milestone_without_a_day_stays_words() -> None:
    when = read_when("okoye to write it by M-3", TUESDAY, MILESTONES)
    assert isinstance(when, When)
    assert (when.day, when.words) == (None, "M-3")


@pytest.mark.parametrize("typed", ["M-2", "m-2", "the feature freeze", "by M-2"])
def test_a_milestone_is_a_day_for_due_too(typed: str) -> None:
    read = read_wish(typed, TUESDAY, MILESTONES)
    assert isinstance(read, When)
    assert read.day in MILESTONES.values()


@pytest.mark.parametrize(
    "text", ["write it (due 2027-11-01)", "write it within two weeks", "write it by Oct 18"]
)
def test_any_wording_gives_way_to_a_new_date(text: str) -> None:
    when = read_when(text, TUESDAY)
    assert with_when(text, when, "30 June").replace("(by 30 June)", "by 30 June") == "write it by 30 June"
    assert with_when(text, when, "") == "write it"
