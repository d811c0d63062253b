"""Chat networks: what they tell the desk, and what the desk has said on them."""
