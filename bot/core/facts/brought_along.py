"""What people had with another bot and bring along; a plugin follows it and makes it its own. In the stream of the gathering."""

from msgspec import Struct


class SubscriptionBroughtAlong(Struct, frozen=True):
    """Somebody had a subscription with another bot: a message in private for each topic that a pattern fits.

    network, nick: whose it is, as that bot knew them
    """

    gathering: str
    network: str
    nick: str
    regex: str


BROUGHT_ALONG: tuple[type, ...] = (SubscriptionBroughtAlong,)
