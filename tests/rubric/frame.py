"""Questions 1 to 9: the frame."""

import re
from datetime import date

from bot.core.words.sentences import MONTHS, WEEKDAYS, WORDS, day_in_words, month_in_words
from plugins.recap.layout.front import is_etherpad, is_recording
from plugins.recap.layout.records import link_of
from plugins.recap.settings import RecapTrack
from tests.rubric.seen import Question, Seen, squashed

DAY = re.compile(rf"({'|'.join(WEEKDAYS)})\s+(\d+)\s+({'|'.join(MONTHS)})")


def subject_says_whose_which_and_what(seen: Seen) -> bool:
    part, tags = seen.part, seen.part.track.of(RecapTrack).subject_tags
    wanted = [f"[{tag}]" for tag in tags] + [part.track.name]
    if part.plan.n and part.setup.gathering.name:
        wanted.append(part.setup.gathering.name)
    numbered = f", part {part.plan.n} of {part.plan.of}"
    return all(one in seen.subject for one in wanted) and (numbered in seen.subject) == (part.plan.of > 1)


def draft_is_marked(seen: Seen) -> bool:
    first = " ".join(seen.blocks[0].split())
    way_out = "nobody has reviewed it yet. If something is wrong or missing, please"
    return seen.subject.startswith("DRAFT: ") and first.startswith("[DRAFT of ") and way_out in first


def first_sentence_and_days(seen: Seen) -> bool:
    part = seen.part
    intro = " ".join(seen.blocks[2 + bool(part.intro)].split())
    gathering = part.setup.gathering
    wanted = [part.track.name, *(day_in_words(day) for day in part.plan.days)]
    if part.plan.n and gathering.name:
        wanted.append(gathering.kind or gathering.name)
        wanted += [month_in_words(gathering.starts)] if gathering.starts else []
    years = {day.year for day in part.plan.days} | {part.now.year, part.now.year + 1}
    days = DAY.findall(" ".join([*seen.held[0].blocks, *seen.section("How to take part").blocks]))
    return all(" ".join(one.split()) in intro for one in wanted) and all(_agree(day, years) for day in days)


def _agree(found: tuple[str, str, str], years: set[int]) -> bool:
    weekday, day, month = found
    dates = (date(year, MONTHS.index(month) + 1, int(day)) for year in years)
    return any(WEEKDAYS[one.weekday()] == weekday for one in dates)


def topics_are_listed(seen: Seen) -> bool:
    words = squashed(seen.front)
    at = 0
    for topic in seen.part.topics:
        found = words.find(squashed(f"{topic.n}. {topic.title}"), at)
        if found < 0:
            return False
        at = found + 1
    return True


def attendance_is_right(seen: Seen) -> bool:
    there = len(seen.part.roll.present)
    words = " ".join(seen.front.split())
    number = WORDS[there].capitalize() if there < len(WORDS) else str(there)
    people = "person" if there == 1 else "people"
    return (f"{number} {people} took part." in words) if there else "took part" not in words


def notes_and_recording_are_linked(seen: Seen) -> bool:
    links = [*(link_of(placed.item.content) for placed in seen.part.of_kind("link")), *seen.part.links]
    mine = seen.part.track.of(RecapTrack)
    words = " ".join(seen.front.split())
    known = (
        (
            any(map(is_etherpad, links)) or bool(mine.etherpad),
            "[EDITOR: No link to an etherpad was recorded.]",
        ),
        (
            any(map(is_recording, links)) or bool(mine.recordings),
            "[EDITOR: No link to a recording was recorded.]",
        ),
    )
    return all(found != (mark in words) for found, mark in known)


def one_sentence_tells_how_to_object(seen: Seen) -> bool:
    told = re.findall(
        rf"or want to add something, please .+? by {DAY.pattern}\.", " ".join(seen.front.split())
    )
    return len(told) == 1


def close_points_on(seen: Seen) -> bool:
    words = " ".join(" ".join(seen.section("How to take part").blocks).split())
    following = seen.part.numbered.following
    onward = f"Part {following.n} will cover " in words if following else "will cover" not in words
    return "This concludes " in words and onward


def about_is_there_once(seen: Seen) -> bool:
    about = seen.part.track.of(RecapTrack).about
    if not about:
        return True
    section = seen.section(f"About {seen.part.track.name}")
    return section.words.count(squashed(about)) == 1


QUESTIONS: dict[int, Question] = {
    1: subject_says_whose_which_and_what,
    2: draft_is_marked,
    3: first_sentence_and_days,
    4: topics_are_listed,
    5: attendance_is_right,
    6: notes_and_recording_are_linked,
    7: one_sentence_tells_how_to_object,
    8: close_points_on,
    9: about_is_there_once,
}
