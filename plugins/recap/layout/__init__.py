"""The layout of a recap as mail, Markdown and HTML."""
