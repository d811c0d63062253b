"""Remembers the room of each private conversation; the homeserver is asked once, until somebody leaves the room."""

from bot.networks.matrix.server.homeserver import SendApi


class PrivateRooms:
    """The rooms of private conversations, by user id."""

    def __init__(self) -> None:
        self._rooms: dict[str, str] = {}

    def learn(self, user: str, room: str) -> None:
        """The conversation with somebody is in this room."""
        self._rooms[user] = room

    def forget(self, user: str) -> None:
        """The conversation with somebody has no room anymore: they or the bot left it."""
        self._rooms.pop(user, None)

    def knows(self, user: str) -> bool:
        """Whether there is a room for the conversation with somebody."""
        return user in self._rooms

    async def room_of(self, api: SendApi, user: str) -> str:
        """The room of the conversation with somebody; they are invited if they are not in it.

        Raises RefusedError, UnreachableError.
        """
        room = self._rooms.get(user)
        if room is None:
            room = self._rooms[user] = await api.private_room(user)
        return room
