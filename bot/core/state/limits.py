"""The limits that keep one person from using up what all share."""

from msgspec import Struct


class Limits(Struct, frozen=True):
    """What one person may do. Nobody who takes part in a session in earnest meets these limits.

    commands:            commands of a person on a network that are answered at once; 0 for no limit
    commands_per_minute: how many more are answered each minute
    message_commands:    commands in one message
    queue_absent:        people on a queue who are in none of the session's rooms
    agenda_items:        items on an agenda that one person added and that are still to come; chairs and moderators have no limit
    named_people:        people of a session who were only named, by `present+` and the like
    subscriptions:       topics for which one person is pinged
    all_subscriptions:   the same for all people together
    records:             records of a session
    sessions_per_day:    sessions that one person may start on a day
    """

    commands: int = 40
    commands_per_minute: int = 12
    message_commands: int = 100
    queue_absent: int = 40
    agenda_items: int = 20
    named_people: int = 300
    subscriptions: int = 20
    all_subscriptions: int = 2000
    records: int = 5000
    sessions_per_day: int = 20
