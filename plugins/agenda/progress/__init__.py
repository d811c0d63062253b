"""Progress of a session through its agenda: topics, skipped and deferred items, and the time plan."""
