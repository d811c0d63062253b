"""The declarations of plugins, and the arguments of their handlers."""
