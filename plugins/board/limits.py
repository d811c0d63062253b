"""How much people may put on the board."""

TEXT = 250  # characters of what is on or next, and of a message of the day
PLACE = 100  # characters
NEXT = 10  # entries of a track
MESSAGES = 20  # of the day
TRACKS = 500
