"""The shell around the core: turns, timers, delivery."""
