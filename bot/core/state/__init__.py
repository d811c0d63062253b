"""The state of all that is live, and what is configured."""
