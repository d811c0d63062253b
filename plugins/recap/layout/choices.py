"""What of the plugins' blocks a recap leaves out or shortens, as the configuration has it."""

from collections.abc import Iterable

from bot.api.recap import AnyBlock, Groups, Paragraph, Part, Thanks
from plugins.recap.layout import words
from plugins.recap.settings import RecapSettings

MANY = 8  # from so many action items on, a list by owner helps to find one's own


def chosen(part: Part, given: Iterable[AnyBlock]) -> list[AnyBlock]:
    """Return the blocks that the configuration wants: lists that only repeat, and thanks by name, are a choice."""
    settings = part.setup.of(RecapSettings)
    found: list[AnyBlock] = []
    for block in given:
        if isinstance(block, Thanks):
            said = words.thanks(block, settings.thanks)
            found += [Paragraph(slot=block.slot, order=block.order, text=said)] if said else []
        elif not (isinstance(block, Groups) and block.repeats and _is_spared(block, settings)):
            found.append(block)
    return found


def _is_spared(block: Groups, settings: RecapSettings) -> bool:
    few = sum(len(items) for _, items in block.groups) < MANY
    return settings.by_owner == "never" or (settings.by_owner == "long" and few)
