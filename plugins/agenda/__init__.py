"""The agenda: items that people propose and moderators arrange, and the commands that work through them."""

from collections.abc import Callable, Sequence

from bot.api import Ask, Effect, InputProblem, Needs, Reply
from plugins.agenda import commands, forms, handover, imports, panels, phrases, recap
from plugins.agenda.declaration import plugin
from plugins.agenda.display import show
from plugins.agenda.progress import deferrals, next_item, time_plan
from plugins.agenda.targets import Here, here

__all__ = ["deferrals", "handover", "next_item", "panels", "plugin", "recap", "time_plan"]

VERBS: dict[str, Callable[[Ask, Here], Sequence[Effect]]] = {
    "add": commands.add,
    "edit": commands.edit,
    "drop": commands.drop,
    "order": commands.order,
    "clear": commands.clear,
    "load": imports.load,
    "accept": imports.accept,
}


@plugin.command(
    "agenda",
    bare=tuple(forms.FORMS),
    is_talk=forms.is_talk_of_list,
    usage="#agenda [add 15m Title [nick] | edit N text | drop N | order 3,1,5- | clear | load URL | accept]",
    says="shows the agenda; anybody can add items (agenda+ 15m Title [nick]), chairs arrange them or load a list",
    example="#agenda add 15m Cells [jbell]",
    needs=Needs.ROOM,
)
def agenda(ask: Ask) -> Sequence[Effect]:
    """Show or change the agenda."""
    verb, rest = _verb(ask)
    place = here(ask, rest)
    if isinstance(place, InputProblem):
        talk = ask.bare and not ask.setup.tracks_of(ask.room.id)
        return [] if talk else [Reply(place)]
    if verb:
        return VERBS[verb](ask, place)
    return [Reply(ask.usage)] if place.rest else show(ask, place)


@plugin.edits.line_edited("agenda")
def edit_agenda(ask: Ask) -> Sequence[Effect]:
    """Apply an edited `#agenda` message: an added item is updated; other changes need a new message."""
    verb, rest = _verb(ask)
    if verb not in {"", "add"}:
        return [Reply(phrases.EDIT_RUNS_NOTHING(verb=verb))]
    place = here(ask, rest)
    return agenda(ask) if not verb or isinstance(place, InputProblem) else commands.edit_message(ask, place)


@plugin.edits.line_removed("agenda")
def remove_agenda_line(ask: Ask) -> Sequence[Effect]:
    """Apply an edit that removed an `#agenda` line."""
    place = here(ask, "")
    return [] if isinstance(place, InputProblem) else commands.drop_added(place, ask.edits)


def _verb(ask: Ask) -> tuple[str, str]:
    """Return the verb, empty for showing the agenda, and the rest of the line."""
    formed = forms.verb_of(ask)
    if formed is not None:
        return formed
    head, _, rest = ask.rest.partition(" ")
    return (head.lower(), rest.strip()) if head.lower() in VERBS else ("", ask.rest)
