"""A problem with typed input, as the answer states it."""


class InputProblem(str):
    """A description of what is wrong with the input. A parser returns it instead of a value."""

    __slots__ = ()
