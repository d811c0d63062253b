"""IRC: our own connection on the irctokens parser."""

from bot.networks.irc.adapter import IrcNetwork
from bot.networks.irc.settings import IrcSettings, Login, Timing

__all__ = ["IrcNetwork", "IrcSettings", "Login", "Timing"]
