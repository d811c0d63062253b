"""Turns timeline events into the core's events."""
