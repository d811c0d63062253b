"""What is kept: journal, log lines, outbox, wakes, cursors."""
