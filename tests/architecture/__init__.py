"""The shape of the program: what may be where, and what must not be anywhere."""
