"""When a recap is made, approved, held and sent."""
