"""The book: kept whole, kept secret, and refusing what must not be."""
