"""The inbox: answers to the bot's letters, by LMTP or from a maildir, become events for the desk."""
