"""`python -m bot.commandline` is `gatherbot`."""

from bot.commandline import main

main()
