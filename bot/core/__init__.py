"""The pure core: no await, no I/O, no clock, no logging; it uses the standard library and msgspec only."""
