"""Reads news: one sync response after the other, and the history that they left out."""
