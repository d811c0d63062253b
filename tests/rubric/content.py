"""Questions 10 to 23: the content."""

import itertools
import re
from pathlib import Path

from bot.core.facts import Recorded, Revised
from bot.core.plugin.kind import Form
from bot.core.recap.part import Part, Placed
from bot.core.words.text import clean
from plugins.recap.layout.records import anchor_of, heading_of, link_of, style_of
from plugins.recap.layout.words import title_of
from plugins.recap.settings import RecapTrack
from tests.rubric.seen import Question, Seen, squashed

ROOT = Path(__file__).parents[2]
PHRASES = (
    *(ROOT / "plugins" / "recap" / "templates").glob("*.j2"),
    *ROOT.glob("plugins/*/recap.py"),
    ROOT / "plugins" / "recap" / "layout" / "words.py",
    ROOT / "plugins" / "recap" / "layout" / "front.py",
    ROOT / "plugins" / "recap" / "layout" / "address_titles.py",
    ROOT / "plugins" / "records" / "kinds.py",
    ROOT / "bot" / "core" / "words" / "sentences.py",
)
WORD = re.compile(r"\w[\w'-]*")
TELLING = 12  # letters; a shorter text may well be part of another one


def every_record_is_there(seen: Seen) -> bool:
    words = squashed(seen.body)
    return all(squashed(text) in words for placed in seen.part.records for text in _texts(placed))


def _texts(placed: Placed) -> list[str]:
    content = placed.item.content
    if placed.item.kind == "link" and not content.is_sentence:
        return [content.title or "", link_of(content).url]
    return [placed.item.text]


def nothing_taken_back_is_there(seen: Seen) -> bool:
    words = squashed(seen.body)
    return not any(text in words for text in taken_back(seen.part))


def taken_back(part: Part) -> list[str]:
    """The texts that were recorded once and that no record has now, without blanks."""
    facts = [entry.fact for session in part.sessions for entry in session.entries]
    said = {squashed(fact.content.text) for fact in facts if isinstance(fact, Recorded | Revised)}
    allowed = squashed(" ".join(_known(part)))
    return [text for text in said if len(text) >= TELLING and text not in allowed]


def nothing_is_invented(seen: Seen) -> bool:
    part = seen.part
    known = squashed(" ".join(_known(part))).casefold()
    phrases = " ".join(path.read_text("utf-8") for path in PHRASES).casefold()
    figures = {str(n) for n in range(len(part.records) + len(part.topics) + len(part.roll.present) + 40)}
    ours = {*WORD.findall(phrases), *figures}
    words = WORD.findall(clean(" ".join(f"{seen.subject} {seen.body}".split())).casefold())
    return all(word in ours or word in known for word in words)


def _known(part: Part) -> list[str]:
    """Everything that was recorded or configured, as one may find it in the text."""
    mine, gathering = part.track.of(RecapTrack), part.setup.gathering
    return [
        *(record.item.text for record in part.records),
        *(kept.content.text for kept in part.earlier),
        *(f"{kept.answer.text} {kept.answer.by.name}" for kept in part.earlier if kept.answer),
        *(f"{kept.gathering} {kept.gathering_name} {kept.n}" for kept in part.earlier),
        *(text for record in part.records for text in _texts(record)),
        *(anchor_of(part, placed) for placed in part.decisions),
        *(text for topic in part.topics for text in (topic.title,)),
        *(text for record in part.records for text in (record.place.team, record.place.subtopic) if text),
        *(f"{link.title} {link.url}" for link in part.links),
        *(text for text in vars(mine).values() if isinstance(text, str)),
        *mine.subject_tags,
        *(f"{team.name} {team.about} {team.meeting}" for team in part.track.teams),
        *(person.name for person in part.roll.present),
        *part.roll.names.values(),
        *part.roll.look_alikes.values(),
        *(name for session in part.sessions for name in (session.name, *session.rooms, *session.regrets)),
        *(part.numbered.following.agenda if part.numbered.following else ()),
        *(f"{session.ended or part.now:%Y-%m-%d %H:%M}" for session in part.sessions),
        *(f"{gap.room} {gap.since:%H:%M} {gap.until:%H:%M}" for gap in part.gaps),
        f"{gathering.name} {gathering.kind} {gathering.starts} {part.setup.gathering.zone.key} UTC",
        f"{part.track.name} {part.track.list} {part.track.release_done} {part.track.release_next} {part.intro}",
        " ".join(str(day) for day in part.plan.days),
        " ".join(str(day.day) for day in part.numbered.following.days) if part.numbered.following else "",
    ]


def no_record_twice_in_its_section(seen: Seen) -> bool:
    by_section: dict[int, list[str]] = {}
    links: dict[
        int, list[str]
    ] = {}  # a link may stand more than once, and its title may say what a record says
    sections = {id(held): held for held in seen.held}
    for placed in seen.in_sections():
        if placed.item.kind == "link":
            links.setdefault(id(seen.under(placed)), []).append(squashed(placed.item.text))
        elif len(squashed(placed.item.text)) >= TELLING:
            by_section.setdefault(id(seen.under(placed)), []).append(squashed(placed.item.text))
    return all(
        sections[section].words.count(text)
        <= sum(other.count(text) for other in (*texts, *links.get(section, ())))
        for section, texts in by_section.items()
        if section in sections
        for text in texts
    )


def teams_have_their_sections(seen: Seen) -> bool:
    wanted: dict[str, dict[str, None]] = {}  # by heading, in order
    for placed in seen.in_sections():
        if placed.place.team is not None:
            wanted.setdefault(squashed(seen.heading_of(placed)), {})[squashed(placed.place.team)] = None
    found: dict[str, list[str]] = {}
    heading = ""
    for held in seen.held:
        if held.level == 1:
            heading = squashed(held.title)
        elif held.level == 2:
            found.setdefault(heading, []).append(squashed(held.title))
    return found == {heading: list(teams) for heading, teams in wanted.items()}


def description_comes_first(seen: Seen) -> bool:
    firsts = {
        (placed.place, id(seen.under(placed))): placed for placed in reversed(seen.part.of_kind("about"))
    }
    return all(seen.under(placed).words.startswith(squashed(placed.item.text)) for placed in firsts.values())


def done_and_planned_are_apart(seen: Seen) -> bool:
    return all(
        _stands_under_its_heading(seen, placed)
        for kind in ("done", "plan")
        for placed in seen.part.of_kind(kind)
    )


def use_cases_stand_in_a_list(seen: Seen) -> bool:
    return all(_stands_under_its_heading(seen, placed) for placed in seen.part.of_kind("usecase"))


def _stands_under_its_heading(seen: Seen, placed: Placed) -> bool:
    heading = heading_of(seen.part.kinds[placed.item.kind], seen.part.track, style_of(seen.part)) + ":"
    blocks = seen.under(placed).blocks
    lists = [after for before, after in itertools.pairwise(blocks) if squashed(before) == squashed(heading)]
    items = [squashed(item) for bullets in lists for item in re.split(r"^\* ", bullets, flags=re.MULTILINE)]
    return squashed(placed.item.text) in items


def topics_without_team_hold_no_teams_item(seen: Seen) -> bool:
    return all(
        squashed(p.item.text) in seen.under(p).words for p in seen.in_sections() if p.item.kind != "link"
    )


def labeled_ones_are_marked(seen: Seen, words: set[str]) -> bool:
    for placed in seen.in_sections():
        kind = seen.part.kinds.get(placed.item.kind)
        if kind is not None and kind.form is Form.LABELED and kind.word in words:
            label = heading_of(kind, seen.part.track)
            label += " (no owner yet):" if kind.word == "action" and not placed.item.content.owners else ":"
            if squashed(label + placed.item.text) not in seen.under(placed).words:
                return False
    return True


def decisions_are_marked(seen: Seen) -> bool:
    words = {kind.word for kind in seen.part.kinds.values() if kind.decision}
    return labeled_ones_are_marked(seen, words | {"inconclusive", "problem"})


def actions_show_their_owners(seen: Seen) -> bool:
    return labeled_ones_are_marked(seen, {"action"})


def actions_are_found_by_owner(seen: Seen) -> bool:
    actions = seen.part.of_kind("action")
    owners = {
        seen.part.roll.name_of_owner(owner) for placed in actions for owner in placed.item.content.owners
    }
    wanted = sorted(owners, key=lambda name: (name.casefold(), name))
    wanted += ["No owner yet"] if any(not placed.item.content.owners for placed in actions) else []
    found = [block.split("\n  * ")[0] for block in seen.section("Action items by owner").blocks]
    return [squashed(name) for name in found] == [squashed(name) for name in wanted]


def calls_are_marked_and_reachable(seen: Seen) -> bool:
    close = seen.section("How to take part").words
    for placed in seen.part.of_kind("cta"):
        name = placed.place.team or title_of(seen.part, placed.place)
        if squashed(name) not in close:
            return False
    return labeled_ones_are_marked(seen, {"cta"})


def links_are_numbered_in_order(seen: Seen) -> bool:
    numbers = {url: n for n, url in seen.notes}
    given = [n for n, _ in seen.notes]
    if given != sorted(set(given)) or len(numbers) != len(given):
        return False
    words = squashed(seen.body)
    firsts = [words.find(f"[{n}]") for n, _ in seen.notes]
    links = [placed.item.content for placed in seen.part.of_kind("link")]
    titled = {squashed(link.url): squashed(link.title) for link in links if link.url and link.title}
    return firsts == sorted(firsts) and all(
        any(f"{end}[{numbers.get(url)}]" in words for end in (title, f"{title}/")) or f"{title}/" in words
        for url, title in titled.items()
    )


QUESTIONS: dict[int, Question] = {
    10: every_record_is_there,
    11: nothing_taken_back_is_there,
    12: nothing_is_invented,
    13: no_record_twice_in_its_section,
    14: teams_have_their_sections,
    15: description_comes_first,
    16: done_and_planned_are_apart,
    17: use_cases_stand_in_a_list,
    18: topics_without_team_hold_no_teams_item,
    19: decisions_are_marked,
    20: actions_show_their_owners,
    21: actions_are_found_by_owner,
    22: calls_are_marked_and_reachable,
    23: links_are_numbered_in_order,
}
