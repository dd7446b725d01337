"""Pieces every screen is made of. None can be made without the words that name it."""
