"""The recap: parts of a gathering, their plan, the blocks that plugins add."""

from bot.core.plugin.agenda_item import AgendaItem
from bot.core.recap.blocks import (
    AnyBlock,
    Bullets,
    EditorMark,
    Groups,
    Labeled,
    Link,
    Paragraph,
    Section,
    SeeAlso,
    Thanks,
    TopicPosition,
    Upcoming,
)
from bot.core.recap.decision_names import name_of_decision
from bot.core.recap.part import Part, Placed, part_of
from bot.core.recap.part_plan import (
    Numbered,
    Planned,
    complete_at,
    day_of,
    days_of,
    following,
    planned_of,
    slots_in,
)
from bot.core.recap.sources import Sources
from bot.core.session.fold import fold, without
from bot.core.session.session import Gap

__all__ = [
    "AgendaItem", "AnyBlock", "Bullets", "EditorMark", "Gap", "Groups", "Labeled", "Link",
    "Numbered", "Paragraph", "Part", "Placed", "Planned", "Section", "SeeAlso", "Sources", "Thanks", "TopicPosition", "Upcoming",
    "complete_at", "day_of", "days_of", "fold", "following", "name_of_decision", "part_of", "planned_of", "slots_in",
    "without",
]  # fmt: skip
