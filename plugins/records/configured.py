"""Kinds of record that organizers add in the configuration."""

from bot.api import Form, Kind, Role, Setup
from plugins.records.declaration import plugin
from plugins.records.kinds import LATER
from plugins.records.settings import KindSettings, RecordsSettings

ROLES = {"anyone": Role.ANYONE, "chair": Role.CHAIR, "moderator": Role.MODERATOR}


@plugin.configured_kinds
def configured(setup: Setup) -> list[Kind]:
    """Return the kinds that the configuration adds, and the built-in ones whose word it may have used before them."""
    own = [_kind(settings) for settings in setup.of(RecordsSettings).kinds]
    words = {word for kind in own for word in (kind.word, *kind.aliases)}
    return [*own, *(kind for kind in LATER if kind.word not in words)]


def _kind(settings: KindSettings) -> Kind:
    return Kind(
        settings.word,
        usage=settings.usage or f"#{settings.word} text",
        says=f'goes under "{settings.heading.rstrip(":")}" in the recap',
        example=f"#{settings.word} Something worth keeping",
        heading=settings.heading,
        form=Form(settings.form),
        order=settings.order,
        aliases=settings.aliases,
        role=ROLES[settings.role],
        decision=settings.decision,
    )
