"""Longer jobs, one thing at a time, that can be left and taken up again."""
