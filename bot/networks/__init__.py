"""How chat networks reach the desk, and the desk reaches them."""
