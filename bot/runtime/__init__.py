"""The shell around the core: turns, timers and delivery."""
