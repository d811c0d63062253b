"""People: identities as networks prove them, and the persons behind them."""
