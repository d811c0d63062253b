"""Direct chats with the bot that people begin: who may, and how many."""

from collections import Counter

from bot.networks.matrix.json_values import mapping, user_id
from bot.networks.matrix.rooms.room_directory import RoomDirectory
from bot.networks.matrix.server.homeserver import Content

MOST_DIRECT = 5  # that one person can begin until the next start


class DirectChats:
    """The invitations to direct chats that were accepted."""

    def __init__(self, directory: RoomDirectory) -> None:
        self._directory = directory
        self._begun: Counter[str] = Counter()

    def may_begin(self, invitation: Content) -> bool:
        """Whether an invitation is to a direct chat, from somebody in a configured room who has none with the bot."""
        inviter = user_id(invitation.get("sender"))
        theirs = [state for state in self._directory.rooms.values() if inviter in state.joined]
        shares = any(self._directory.configured(state.room_id) is not None for state in theirs)
        has_one = any(state.private for state in theirs)
        content = mapping(invitation.get("content"))
        direct = content.get("membership") == "invite" and content.get("is_direct") is True
        if not direct or not shares or has_one:
            return False
        self._begun[inviter] += 1
        return self._begun[inviter] <= MOST_DIRECT
