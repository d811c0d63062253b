"""How a recap is laid out and written down, in each of its forms."""
