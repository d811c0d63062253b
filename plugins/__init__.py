"""The bundled plugins, a folder each; they import only `bot.api` from the engine."""
