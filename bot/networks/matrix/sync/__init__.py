"""Reading what is new: one sync response after the other, and the history it left out."""
