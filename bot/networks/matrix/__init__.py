"""The Matrix network, on matrix-nio."""
