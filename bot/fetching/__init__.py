"""Fetches pages from public hosts on the allow-list, with limits of size and time."""
