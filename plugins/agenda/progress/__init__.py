"""The course of a session through its agenda: topics, items that are put aside, days, and the plan of the time."""
