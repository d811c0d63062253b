"""What was said in a session and not recorded, for its maintainers: by rules, never by a guess of what somebody meant."""
