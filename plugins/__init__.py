"""The features, one folder each; they import bot.api and nothing else of the engine."""
