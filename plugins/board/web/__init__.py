"""The board on the web: functions that make its pages from what is known, without waiting and without a clock."""

from plugins.board.web import documents, lists, pages

__all__ = ["documents", "lists", "pages"]
