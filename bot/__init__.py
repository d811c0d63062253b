"""Gatherbot: facilitates the sessions of a Project Teams Gathering and writes the recap."""

__version__ = "0.6.0"
