"""Identity links between accounts on several networks, confirmed from both sides."""

from plugins.identity import links, registrations
from plugins.identity.declaration import plugin

__all__ = ["links", "plugin", "registrations"]
