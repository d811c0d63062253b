"""The lifecycle of a recap: made, approved, held, sent and corrected."""
