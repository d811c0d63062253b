"""What a recap covers and is made of."""
