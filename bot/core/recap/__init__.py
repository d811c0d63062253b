"""The parts that recaps cover, and the blocks that they consist of."""
