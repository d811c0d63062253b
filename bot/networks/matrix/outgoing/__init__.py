"""What the bot sends: queued, paced, and delivered once."""
