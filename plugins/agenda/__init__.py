"""The agenda: items that people propose and moderators arrange, and the commands that work through them."""

from collections.abc import Callable, Sequence

from bot.api import Ask, Effect, InputProblem, Needs, Plugin, Reply, Role
from bot.api.facts import SessionClosed, SessionOpened, SessionReopened, Voided
from plugins.agenda import commands, forms, handover, imports, phrases, recap, redactions
from plugins.agenda.display import show
from plugins.agenda.facts import FACTS
from plugins.agenda.lookup import agenda_items, waiting_items
from plugins.agenda.progress import deferrals, time_plan, title_edits, topic_commands
from plugins.agenda.targets import Here, here

VERBS: dict[str, Callable[[Ask, Here], Sequence[Effect]]] = {
    "add": commands.add,
    "edit": commands.edit,
    "drop": commands.drop,
    "order": commands.order,
    "clear": commands.clear,
    "load": imports.load,
    "accept": imports.accept,
}

plugin = Plugin("agenda", facts=FACTS)
plugin.agendas.append(agenda_items)
plugin.waiting.append(waiting_items)
plugin.outlooks.append(time_plan.outlook)
plugin.statuses.append(time_plan.statuses)
plugin.blocks.append(recap.blocks)
plugin.farewells.append(recap.farewells)
plugin.due(time_plan.due)
plugin.at_moment(time_plan.WARNING)(time_plan.warn)
plugin.fetched(imports.FETCH)(imports.take_page)
plugin.upon(SessionOpened)(handover.take_along)
plugin.upon(SessionClosed)(handover.leave_behind)
plugin.upon(SessionReopened)(handover.take_back)
plugin.upon(Voided)(handover.keep_together)
redactions.declare(plugin)


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


def edit_agenda(ask: Ask) -> Sequence[Effect]:
    """Apply an edited `#agenda` message: an added item is updated; other changes need a new message."""
    verb, rest = _verb(ask)
    if verb not in {"", "add"}:
        return [Reply(phrases.EDIT_RUNS_NOTHING(verb=verb))]
    place = here(ask, rest)
    return agenda(ask) if not verb or isinstance(place, InputProblem) else commands.edit_message(ask, place)


def unsay_agenda(ask: Ask) -> Sequence[Effect]:
    """Apply an edit that removed an `#agenda` line."""
    place = here(ask, "")
    return [] if isinstance(place, InputProblem) else commands.unsay(place, ask.edits)


def _verb(ask: Ask) -> tuple[str, str]:
    """Return the verb, empty for showing the agenda, and the rest of the line."""
    formed = forms.verb_of(ask)
    if formed is not None:
        return formed
    head, _, rest = ask.rest.partition(" ")
    return (head.lower(), rest.strip()) if head.lower() in VERBS else ("", ask.rest)


plugin.command(
    "agenda",
    bare=tuple(forms.FORMS),
    is_talk=forms.is_talk_of_list,
    usage="#agenda [add 15m Title [nick] | edit N text | drop N | order 3,1,5- | clear | load URL | accept]",
    says="shows the agenda; anybody can add items (agenda+ 15m Title [nick]), chairs arrange them or load a list",
    example="#agenda add 15m Cells [jbell]",
    needs=Needs.ROOM,
    on_line_edited=edit_agenda,
    on_line_removed=unsay_agenda,
)(agenda)
plugin.command(
    "topic",
    aliases=("t",),
    bare=forms.TAKING_UP,
    is_talk=forms.is_talk_of_item,
    usage="#topic N, or #topic title",
    says="takes up item N or the one item that matches, or opens a new topic; an earlier topic is taken up again",
    example="#topic Team updates",
    role=Role.CHAIR,
    silent_if_unavailable=True,
    on_line_edited=title_edits.edit_topic,
)(topic_commands.open_topic)
plugin.command(
    "next",
    bare=forms.NEXT,
    is_talk=forms.is_talk_of_next,
    usage="#next",
    says="takes up the next open item; #next! does so even when the topic just changed or people are waiting to speak",
    example="#next",
    before=("#agenda add 15m Cells",),
    role=Role.CHAIR,
    silent_if_unavailable=True,
)(topic_commands.go_on)
plugin.command(
    "back",
    usage="#back",
    says="ends the subtopic, or returns to the previous topic",
    example="#back",
    before=("#topic Cells", "#topic Cinder"),
    role=Role.CHAIR,
)(topic_commands.go_back)
plugin.command(
    "skip",
    bare=forms.SKIPPING,
    is_talk=forms.is_talk_of_this,
    usage="#skip [N]",
    says="puts the current item aside and takes up the next one, or puts item N aside",
    example="#skip 1",
    before=("#agenda add 15m Cells",),
    role=Role.CHAIR,
    silent_if_unavailable=True,
)(deferrals.skip)
plugin.command(
    "defer",
    usage="#defer N [to DAY, or to next session]",
    says="puts an item off to a session on that day or to the next session, or into the parking lot",
    example="#defer 1",
    before=("#agenda add 15m Cells",),
    role=Role.CHAIR,
)(deferrals.defer)
plugin.command(
    "close",
    bare=forms.CLOSING,
    is_talk=forms.is_talk_of_this,
    usage="#close",
    says="closes the open motion, or else the topic; #next goes on",
    example="#close",
    before=("#topic Cells",),
    role=Role.CHAIR,
    silent_if_unavailable=True,
)(deferrals.close)
