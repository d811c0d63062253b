"""How polls end: what is recorded and said of their results, and what takes a result out again."""
