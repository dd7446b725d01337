"""What is asked about one thing, used by a wizard's step and by a dialog alike."""
