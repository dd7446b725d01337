"""The direct-payment account: money in and out, what is owed, and the bank's word for it. No I/O."""
