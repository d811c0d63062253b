"""What a command of the command line could not do, in one line for the person who typed it."""


class CannotError(Exception):
    """It could not be done (exit status 1); the message says what and what to do."""
