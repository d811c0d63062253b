"""The built-in kinds of record, in the order of the recap."""

from bot.api import Ask, Content, Form, Kind, Role, shortened
from plugins.records import links

COLONS = ":\uff1a"  # the second is from Chinese and Japanese keyboards


def read_use_case(_: Ask, text: str) -> Content | str:
    """Read a use case, with or without a title and a colon before its text, or return why it is refused."""
    text = text.lstrip(f" {COLONS}")
    return Content(text) if text else f"usage: {USE_CASE.usage}"


def read_done(_: Ask, text: str) -> Content | str:
    """Read a description of finished work; a number is refused, because it probably means an action."""
    number = text.removeprefix("#")
    if number.isascii() and number.isdigit():
        return f"usage: {DONE.usage}; #did {shortened(number, 9)} closes an action"
    return Content(text)


def meant_by_note(text: str) -> str:
    """Return the word of the kind that a note is, if it is another one: only an address is a link."""
    return "link" if links.is_address(text) else ""


ABOUT = Kind(
    "about",
    usage="#about text",
    says="describes the team, in a full sentence",
    example="#about The Agent team builds the daemon that runs on every machine.",
    form=Form.PARAGRAPH,
    order=10,
    emoji="👥",
)
DONE = Kind(
    "done",
    usage="#done text",
    says="work finished in the last release",
    example="#done Agent rewritten without a local database",
    heading="Completed in {release_done}:",
    heading_without_release="Completed:",
    order=20,
    emoji="🏁",
    understand=read_done,
)
PLAN = Kind(
    "plan",
    usage="#plan text",
    says="work in progress or planned for the next release",
    example="#plan Quotas per group instead of per person",
    heading="In progress or planned for {release_next}:",
    heading_without_release="In progress or planned:",
    order=30,
    emoji="📅",
)
USE_CASE = Kind(
    "usecase",
    usage="#usecase Title: text",
    says="a use case that somebody brought up",
    example="#usecase Teaching labs: a university reinstalls 40 machines every night",
    heading="New use cases that were brought to the session:",
    heading_by_topic="Use cases:",
    label="Use case",
    order=40,
    emoji="🧩",
    understand=read_use_case,
)
IDEA = Kind(
    "idea",
    usage="#idea text",
    says="an idea",
    example="#idea A page per task instead of a page per component",
    heading="Ideas:",
    order=50,
    emoji="💡",
)
NUMBER = Kind(
    "number",
    usage="#number text",
    says="a figure",
    example="#number 9 of 12 blueprints implemented",
    heading="In numbers:",
    order=70,
    emoji="🔢",
)
PROBLEM = Kind(
    "problem",
    usage="#problem text",
    says="a problem to be solved; in a recap by topic, the first one stands first",
    example="#problem Reviews take nine days, and two reviewers left",
    heading="Problem:",
    form=Form.LABELED,
    order=75,
    leads=True,
    emoji="🧱",
)
INFO = Kind(
    "info",
    usage="#info text",
    says="a note",
    example="#info Reviews take about nine days",
    heading="Notes from the discussion:",
    heading_by_topic="Notes:",
    order=80,
    aliases=("note", "progress"),
    emoji="✏️",
    meant=meant_by_note,
)
AGREED = Kind(
    "agreed",
    usage="#agreed text",
    says="a decision",
    example="#agreed The agent drops Python 3.9",
    heading="AGREED:",
    form=Form.LABELED,
    order=90,
    aliases=("agree", "accept", "accepted"),
    role=Role.CHAIR,
    decision=True,
    emoji="✅",
)
REJECTED = Kind(
    "rejected",
    usage="#rejected text",
    says="a decision against something",
    example="#rejected A second database",
    heading="REJECTED:",
    form=Form.LABELED,
    order=100,
    aliases=("reject", "failed"),
    role=Role.CHAIR,
    decision=True,
    emoji="❌",
)
INCONCLUSIVE = Kind(
    "inconclusive",
    usage="#inconclusive text",
    says="a question on which there was no conclusion",
    example="#inconclusive Whether to move the weekly meeting",
    heading="NO CONCLUSION:",
    label="No conclusion",
    form=Form.LABELED,
    order=110,
    role=Role.CHAIR,
    emoji="🤷",
)
LINK = Kind(
    "link",
    usage=links.USAGE,
    says="a link; a line that starts with an address counts too",
    example="#link https://etherpad.example.org/p/nova Etherpad of the session",
    heading="See also:",
    form=Form.LINKS,
    order=150,
    emoji="🔗",
    understand=links.read_link,
)
KINDS = (
    ABOUT, DONE, PLAN, USE_CASE, IDEA, NUMBER, INFO,
    AGREED, REJECTED, INCONCLUSIVE, LINK,
)  # fmt: skip
LATER = (PROBLEM,)  # a kind of the configuration with such a word takes its place
