"""From one event to a decision: the facts to write and the other orders to carry out."""
