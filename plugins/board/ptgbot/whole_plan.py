"""The plan of an import: what of ptgbot's data is taken into the gathering as it is now, and what cannot be."""

from bot.api import Declared, StateView
from plugins.board.ptgbot.document import Document
from plugins.board.ptgbot.plan import DraftPlan, Plan
from plugins.board.ptgbot.programme import take_slots, take_tracks
from plugins.board.ptgbot.settings import take_settings, take_topics
from plugins.board.ptgbot.shared import take_links, take_notices, take_subscriptions, take_voice


def plan_of(document: Document, state: StateView, register: Declared, cause: str, network: str = "") -> Plan:
    """What an import does. What is there already is not taken again, so a second import does nothing.

    cause:   unique; begins the ids of what is taken
    network: the IRC network of the nicks; not needed if there is only one
    """
    draft = DraftPlan(state, register, network)
    tracks = take_tracks(draft, document)
    take_slots(draft, document, tracks)
    take_settings(draft, document, tracks)
    take_topics(draft, document, tracks)
    take_notices(draft, document, cause)
    take_links(draft, document)
    take_voice(draft, document)
    take_subscriptions(draft, document)  # last: nobody is pinged about what is only brought along
    plan = draft.plan()
    return Plan(plan.taken, plan.there, (*document.left, *plan.left), plan.notes)
