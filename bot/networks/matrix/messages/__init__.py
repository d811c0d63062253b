"""Events of a timeline as the core's messages."""
