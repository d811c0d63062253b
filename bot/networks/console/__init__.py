"""The terminal as a network with one room."""
