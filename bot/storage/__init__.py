"""Storage of the journal, log lines, outbox, handled events and cursors."""
