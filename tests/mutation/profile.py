"""How properties are tried while mutating: few examples, and the same ones each time."""

from hypothesis import settings

settings.register_profile("mutation", max_examples=20, derandomize=True, deadline=None)
settings.load_profile("mutation")
