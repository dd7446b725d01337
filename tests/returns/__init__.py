"""Returns: every template, every sample, every figure."""
