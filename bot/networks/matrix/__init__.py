"""The Matrix network: so far only what it will be told."""
