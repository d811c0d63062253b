"""Matrix rooms: their state, their members' powers, and getting into them."""
