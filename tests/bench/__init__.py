"""What `./dpe bench` measures: ours and something to compare it with, side by side in one run.

Nothing here is a test. A measurement prints what it found; it never fails because a machine was
busy. Each says what was done, how many times, and keeps the first time (cold) apart from the
rest (warm).
"""
