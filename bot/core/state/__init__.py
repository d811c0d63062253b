"""The live state and the configuration of the core."""
