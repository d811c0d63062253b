"""Fetches pages: only from public hosts on the allow-list, with limits of size and time."""
