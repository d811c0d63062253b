"""The pure core: no await, no I/O, no clock, no logging; standard library and msgspec only."""
