"""Reads chat logs as if they happened now."""
