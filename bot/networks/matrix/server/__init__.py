"""The homeserver: what is asked of it, and the login."""
