"""Sessions, folded from their facts."""
