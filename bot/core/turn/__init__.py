"""From one event to a decision: what is written, and what is ordered."""
