"""The results of polls: their records, announcements and redaction."""
