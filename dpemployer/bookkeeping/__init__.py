"""The direct-payment account: money in and out, what is owed, and what the bank says. No I/O."""
