"""The client of a homeserver, and the login."""
