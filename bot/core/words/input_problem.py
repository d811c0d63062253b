"""A problem with what somebody typed, as the answer states it."""


class InputProblem(str):
    """What is wrong with the input, in words. A parser returns it instead of what it read."""

    __slots__ = ()
